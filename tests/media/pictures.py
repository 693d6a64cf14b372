"""Pictures made for tests, with something in them that must not come out again."""

import io
import struct
import zlib

import pillow_heif
from PIL import ExifTags, Image, PngImagePlugin, TiffImagePlugin
from pillow_jxl import JpegXLImagePlugin

assert JpegXLImagePlugin  # it has registered itself
pillow_heif.register_heif_opener()

SENTINEL = "SENTINEL-7431"
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF", "TIFF", "JXL")


def gradient(size=(400, 300), mode="RGB"):
    bands = [
        Image.linear_gradient("L"),
        Image.radial_gradient("L"),
        Image.linear_gradient("L").rotate(90),
    ]
    return Image.merge("RGB", bands).resize(size).convert(mode)


def encoded(picture, kind, **options):
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def exif(orientation=1):
    tags = Image.Exif()
    tags[ExifTags.Base.Orientation] = orientation
    tags[ExifTags.Base.Make] = f"{SENTINEL} make"
    tags[ExifTags.Base.Model] = f"{SENTINEL} model"
    tags[ExifTags.Base.Artist] = f"{SENTINEL} artist"
    tags[ExifTags.Base.DateTime] = "2026:01:02 03:04:05"
    shot = tags.get_ifd(ExifTags.IFD.Exif)
    shot[ExifTags.Base.BodySerialNumber] = f"{SENTINEL} serial"
    shot[ExifTags.Base.UserComment] = SENTINEL.encode("utf-16-le")
    position = tags.get_ifd(ExifTags.IFD.GPSInfo)
    position[ExifTags.GPS.GPSLatitudeRef] = "N"
    position[ExifTags.GPS.GPSLatitude] = (52.0, 30.0, 15.0)
    position[ExifTags.GPS.GPSAreaInformation] = SENTINEL.encode()
    return tags


def xmp():
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="{SENTINEL}"/>'
        "</rdf:RDF></x:xmpmeta>"
    ).encode()


def telling(kind):
    """A picture whose file says as much as its format can hold."""
    picture = gradient()
    if kind == "TIFF":
        tags = TiffImagePlugin.ImageFileDirectory_v2()
        tags[ExifTags.Base.Software] = SENTINEL
        tags[ExifTags.Base.XMLPacket] = xmp()
        plain = encoded(picture, kind, exif=exif(), tiffinfo=tags)
    elif kind == "JXL":
        plain = encoded(picture, kind, exif=exif().tobytes(), xmp=xmp())
    elif kind == "GIF":
        plain = encoded(picture.convert("P"), kind, comment=SENTINEL.encode())
    elif kind == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Author", SENTINEL)
        texts.add_itxt("XML:com.adobe.xmp", xmp().decode())
        plain = encoded(picture, kind, pnginfo=texts, exif=exif())
    else:
        more = {"comment": SENTINEL} if kind == "JPEG" else {}
        plain = encoded(picture, kind, exif=exif(), xmp=xmp(), **more)
    if kind == "JPEG":
        plain = plain[:2] + iptc() + preview() + plain[2:]
    return plain + SENTINEL.encode()


def iptc():
    record = b"\x1c\x02\x50" + struct.pack(">H", len(SENTINEL)) + SENTINEL.encode()
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record
    return _segment(0xED, b"Photoshop 3.0\0" + resource + b"\0" * (len(record) % 2))


def preview():
    """A JFXX segment with a whole small JPEG in it."""
    inner = encoded(gradient((16, 12)), "JPEG", comment=SENTINEL)
    return _segment(0xE0, b"JFXX\0\x10" + inner)


def _segment(marker, content):
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def chunk(name, content):
    return (
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
    )


def png(width, height, *, bits=8, colour=2, rows=b"", more=b""):
    """A PNG by hand, for what no honest encoder writes."""
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + more
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


def coded(picture, kind, primaries, curve):
    """A file that says its colours by the code numbers of H.273 and has no profile."""
    if kind == "HEIF":
        file = io.BytesIO()
        pillow_heif.from_pillow(picture).save(
            file,
            quality=95,
            chroma=444,
            color_primaries=primaries,
            transfer_characteristics=curve,
            matrix_coefficients=6,
            full_range_flag=1,
        )
        return file.getvalue()
    content = encoded(picture, kind, **({"quality": 95} if kind == "AVIF" else {}))
    if kind == "PNG":
        codes = chunk(b"cICP", bytes((primaries, curve, 0, 1)))
        return content[:33] + codes + content[33:]
    place = content.index(b"colrnclx") + 8
    return content[:place] + struct.pack(">HH", primaries, curve) + content[place + 4 :]


def by_a_camera_in_adobe_rgb(picture):
    """With the two words of EXIF that cameras say it by, and no profile."""
    tags = Image.Exif()
    tags.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.ColorSpace] = 65_535
    tags.get_ifd(ExifTags.IFD.Exif)[ExifTags.IFD.Interop] = {1: "R03"}
    return encoded(picture, "JPEG", quality=95, exif=tags)


def display_p3():
    """A minimal ICC profile: Display P3's primaries under D50, gamma 2.2."""
    return _profile(
        b"P3",
        (0.51512, 0.2412, -0.00105),
        (0.29198, 0.69225, 0.04189),
        (0.1571, 0.06657, 0.78407),
        round(2.2 * 256),
    )


def adobe_rgb():
    """The same with the primaries and the gamma of Adobe RGB (1998)."""
    return _profile(
        b"A98",
        (0.60974, 0.31111, 0.01947),
        (0.20528, 0.62567, 0.06087),
        (0.14919, 0.06322, 0.74457),
        563,
    )


def _profile(name, red, green, blue, gamma):
    """``gamma`` in 256ths."""
    told = struct.pack(">I", len(name) + 1) + name + b"\0"
    tags = {
        b"desc": b"desc\0\0\0\0" + told + b"\0" * 78,
        b"cprt": b"text\0\0\0\0none\0",
        b"wtpt": _xyz(0.9642, 1.0, 0.8249),
        b"rXYZ": _xyz(*red),
        b"gXYZ": _xyz(*green),
        b"bXYZ": _xyz(*blue),
    }
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, gamma)
    tags |= {b"rTRC": curve, b"gTRC": curve, b"bTRC": curve}
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for tag, content in tags.items():
        table += tag + struct.pack(">II", start + len(body), len(content))
        body += content + b"\0" * (-len(content) % 4)
    white = struct.pack(">iii", 63190, 65536, 54061)
    header = struct.pack(
        ">I4sI4s4s4s", start + len(body), b"", 0x2100000, b"mntr", b"RGB ", b"XYZ "
    )
    header += b"\0" * 12 + b"acsp" + b"\0" * 28 + white
    return header.ljust(128, b"\0") + table + body


def _xyz(*values):
    return b"XYZ \0\0\0\0" + b"".join(
        struct.pack(">i", round(value * 65536)) for value in values
    )
