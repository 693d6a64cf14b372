"""What the numbers of a picture's pixels mean, and the same colours in sRGB.

Most files say it with an ICC profile. Telephones and browsers' formats also say it with
the code numbers of ITU-T H.273 (`nclx` in HEIC and AVIF, `cICP` in PNG), and cameras
with two words in EXIF; unread, wide colours come out pale and bright pictures grey.
"""

import io
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PIL import ExifTags, Image, ImageCms

from commonwire.media import brightness

_SRGB: Final = ImageCms.createProfile("sRGB")
Column = tuple[float, float, float]
# Red, green and blue in CIE XYZ under D50, by code number.
_PRIMARIES: Final[dict[int, tuple[Column, Column, Column]]] = {
    # BT.2020
    9: (
        (0.67346, 0.27903, -0.00193),
        (0.16566, 0.67534, 0.02998),
        (0.1251, 0.04563, 0.79716),
    ),
    # Display P3
    12: (
        (0.5151, 0.24118, -0.00105),
        (0.29197, 0.69224, 0.04188),
        (0.15715, 0.06658, 0.78438),
    ),
}
_BT709: Final = (
    (0.43607, 0.22249, 0.01392),
    (0.38515, 0.71687, 0.09708),
    (0.14307, 0.06061, 0.7141),
)
_ADOBE: Final = (
    (0.60974, 0.31111, 0.01947),
    (0.20528, 0.62567, 0.06087),
    (0.14919, 0.06322, 0.74457),
)
# Entries of a curve that no formula of ICC profiles can say.
_STEPS: Final = 4096
_D50: Final = (0.9642, 1.0, 0.8249)
# Plain powers by code number; every other curve for ordinary screens looks like sRGB's
# and is shown as such by browsers.
_POWERS: Final = {4: 2.2, 5: 2.8, 8: 1.0}
_ADOBE_POWER: Final = 563 / 256
_SRGB_CURVE: Final = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
# Of EXIF: the file is Adobe RGB by DCF, and its colours are not sRGB.
_ADOBE_INDEX: Final = "R03"
_COLOURS_ARE_SRGB: Final = 1
# How much of a file is read for its colours.
_HEAD: Final = 1024 * 1024
_PNG_HEAD: Final = 8
_CICP: Final = 4
_MOST_BOXES: Final = 1000
# Of a box's own length and name, and of its codes.
_BOX: Final = 8
_NCLX: Final = 8


@dataclass(frozen=True)
class Codes:
    """Code numbers of H.273: of the primaries, and of the transfer curve."""

    primaries: int
    curve: int


def profile_of(picture: Image.Image, upload: Path) -> bytes | None:
    """An ICC profile, the file's own or one that says what the file says otherwise;
    None for sRGB."""
    profile: bytes | None = picture.info.get("icc_profile")
    codes = _codes(picture, upload)
    # A PNG's codes go before its profile, by its standard; else the profile does.
    if codes and (picture.format == "PNG" or not profile):
        return _profile_by(codes)
    if not profile and _is_adobe(picture):
        return _written(_ADOBE, _power(_ADOBE_POWER))
    return profile


def in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if not profile:
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(source):
            return picture
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        turned = ImageCms.profileToProfile(picture, source, _SRGB, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        # A profile that is broken or for another kind of picture says nothing.
        return picture
    return turned or picture


def _is_adobe(picture: Image.Image) -> bool:
    try:
        exif = picture.getexif()
        index = exif.get_ifd(ExifTags.IFD.Interop).get(1, "")
        space = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.ColorSpace)
    except Exception:  # noqa: BLE001 - strangers' tags break parsers anyhow
        return False
    return str(index).startswith(_ADOBE_INDEX) and space != _COLOURS_ARE_SRGB


def _codes(picture: Image.Image, upload: Path) -> Codes | None:
    if picture.format == "HEIF":
        told: dict[str, Any] = picture.info.get("nclx_profile") or {}
        names = ("color_primaries", "transfer_characteristics")
        primaries, curve = (int(told.get(name) or 0) for name in names)
        return Codes(primaries, curve) if told else None
    if picture.format not in {"AVIF", "PNG"}:
        return None
    with upload.open("rb") as file:
        head = file.read(_HEAD)
    return _in_png(head) if picture.format == "PNG" else _in_avif(head)


def _in_png(head: bytes) -> Codes | None:
    place = _PNG_HEAD
    while place + 12 <= len(head):
        length, name = struct.unpack_from(">I4s", head, place)
        if name == b"IDAT":
            return None
        if name == b"cICP" and length == _CICP:
            return Codes(head[place + 8], head[place + 9])
        place += 12 + length
    return None


def _in_avif(head: bytes) -> Codes | None:
    """Those of the first picture described, which is the one that is shown."""
    # Behind the version and flags of the box.
    described = dict(_boxes(head)).get(b"meta", b"")[4:]
    properties = dict(_boxes(dict(_boxes(described)).get(b"iprp", b"")))
    for name, told in _boxes(properties.get(b"ipco", b"")):
        if name == b"colr" and told[:4] == b"nclx" and len(told) >= _NCLX:
            return Codes(*struct.unpack_from(">HH", told, 4))
    return None


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    for _ in range(_MOST_BOXES):
        if place + _BOX > len(content):
            return
        length, name = struct.unpack_from(">I4s", content, place)
        yield name, content[place + _BOX : place + length]
        if length < _BOX:
            # To the end, or of a size that no head has.
            return
        place += length


def _profile_by(codes: Codes) -> bytes | None:
    shown, power = brightness.shown(codes.curve), _POWERS.get(codes.curve)
    if shown:
        curve = _table(shown)
    elif power:
        curve = _power(power)
    elif codes.primaries in _PRIMARIES:
        curve = _power(*_SRGB_CURVE)
    else:
        return None
    return _written(_PRIMARIES.get(codes.primaries, _BT709), curve)


def _power(*numbers: float) -> bytes:
    kind = 0 if len(numbers) == 1 else 3
    return struct.pack(
        f">4s4xHH{len(numbers)}i", b"para", kind, 0, *map(_fixed, numbers)
    )


def _table(shown: Callable[[float], float]) -> bytes:
    levels = [round(65_535 * shown(step / (_STEPS - 1))) for step in range(_STEPS)]
    return struct.pack(f">4s4xI{_STEPS}H", b"curv", _STEPS, *levels)


def _written(primaries: tuple[Column, Column, Column], curve: bytes) -> bytes:
    columns = [_xyz(*column) for column in (_D50, *primaries)]
    names = (b"wtpt", b"rXYZ", b"gXYZ", b"bXYZ")
    tags = dict(zip(names, columns, strict=True))
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    tags[b"desc"] = b"desc\0\0\0\0\0\0\0\5wide\0".ljust(92, b"\0")
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        table += struct.pack(">4sII", name, start + len(body), len(content))
        body += content
    header = struct.pack(
        ">I4xI4s4s4s12x4s28x",
        start + len(body),
        0x2400000,
        b"mntr",
        b"RGB ",
        b"XYZ ",
        b"acsp",
    )
    white = struct.pack(">3i", *(_fixed(part) for part in _D50))
    return (header + white).ljust(128, b"\0") + table + body


def _xyz(*values: float) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(_fixed(value) for value in values))


def _fixed(value: float) -> int:
    return round(value * 65_536)
