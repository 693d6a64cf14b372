"""The picture of a document's page as it stands in the PDF made of it.

Photographs as JPEG; pages that are mostly one blank colour without loss, which keeps the
edges of letters and takes a third to a tenth of the bytes.
"""

import io
from dataclasses import dataclass
from typing import Final

import pikepdf
from pikepdf import Dictionary, Name, Pdf, Stream
from PIL import Image, ImageChops

JPEG: Final = {"quality": 75}
# As a part of the page, so much of one grey is blank paper.
_BLANK: Final = 0.5
_SIGNATURE: Final = 8
# Any of PNG's filters, line by line.
_AS_IN_PNG: Final = 15


@dataclass(frozen=True)
class PagePicture:
    width: int
    height: int
    data: bytes
    # As many as there are bytes a pixel.
    colours: int
    lossless: bool

    def stream(self, pdf: Pdf) -> pikepdf.Object:
        described = {
            "Type": Name.XObject,
            "Subtype": Name.Image,
            "Width": self.width,
            "Height": self.height,
            "ColorSpace": Name.DeviceGray if self.colours == 1 else Name.DeviceRGB,
            "BitsPerComponent": 8,
            "Filter": Name.FlateDecode if self.lossless else Name.DCTDecode,
        }
        if self.lossless:
            described["DecodeParms"] = Dictionary(
                Predictor=_AS_IN_PNG, Columns=self.width, Colors=self.colours
            )
        return pdf.make_indirect(Stream(pdf, self.data, **described))


def encode(picture: Image.Image) -> PagePicture:
    """``picture`` in RGB."""
    grey = picture.convert("L")
    shown = grey if _is_grey(picture, grey) else picture
    jpeg = io.BytesIO()
    shown.save(jpeg, "JPEG", **JPEG)
    best, lossless = jpeg.getvalue(), False
    if max(grey.histogram()) > _BLANK * grey.width * grey.height:
        png = io.BytesIO()
        shown.save(png, "PNG")
        pixels = _pixels_of(png.getvalue())
        if len(pixels) < len(best):
            best, lossless = pixels, True
    return PagePicture(*picture.size, best, len(shown.getbands()), lossless)


def _is_grey(picture: Image.Image, grey: Image.Image) -> bool:
    difference = ImageChops.difference(picture, grey.convert("RGB"))
    return difference.getbbox() is None


def _pixels_of(png: bytes) -> bytes:
    """What a PDF takes of a PNG as it is: the filtered and packed lines."""
    place, parts = _SIGNATURE, []
    while place < len(png):
        length, name = (
            int.from_bytes(png[place : place + 4]),
            png[place + 4 : place + 8],
        )
        if name == b"IDAT":
            parts.append(png[place + 8 : place + 8 + length])
        place += 12 + length
    return b"".join(parts)
