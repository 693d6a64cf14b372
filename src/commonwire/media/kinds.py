"""Which kind of file this is, by its first bytes; names and types told are ignored.

This only picks the decoder, or the sentence for what is not taken. Whether a file is
the picture it begins like is decided by decoding all of it.
"""

import codecs
import re
from typing import Final

from commonwire.media import mpeg_frames

HEAD: Final = 4096
# What is read of a file: sound may begin behind something else.
READ: Final = HEAD + mpeg_frames.JUNK

# Pillow's names of the formats taken.
TAKEN: Final = ("JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF", "TIFF", "JXL")

# Mail and scanners put lines before it; readers look for it this far.
_PDF: Final = b"%PDF-"
_PDF_WITHIN: Final = 1024
_BEGINNINGS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (_PDF, "pdf"),
    (b"{\\rtf", "document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "document"),
    (b"%!PS", "document"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"FLV\x01", "video"),
    # MXF, of cameras for television.
    (b"\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02\x01\x01\x02", "video"),
    (b"\x00\x00\x01\xba", "video"),
    (b"\x00\x00\x01\xb3", "video"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video"),
    (b"ID3", "sound"),
    (b"fLaC", "sound"),
    (b"#!AMR", "sound"),
    (b"caff", "sound"),
    # MPEG sound with or without a checksum, of layers 2 and 3, and AAC in ADTS.
    *((bytes((0xFF, second)), "sound") for second in (*b"\xe2\xe3\xf1\xf2\xf3",)),
    *((bytes((0xFF, second)), "sound") for second in (*b"\xf9\xfa\xfb\xfc\xfd",)),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00\x08\x00\x00\x00", "TIFF"),
    (b"MM\x00+\x00\x08\x00\x00", "TIFF"),
    (b"BM", "other_picture"),
    (b"8BPS", "other_picture"),
    (b"\x00\x00\x01\x00", "other_picture"),
    (b"\x00\x00\x00\x0cJXL \r\n\x87\n", "JXL"),
    (b"\xff\x0a", "JXL"),
    (b"\x00\x00\x00\x0cjP  ", "other_picture"),
)
# QuickTime from before it began with a box that says so.
_OLD_MOVIE: Final = {b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}
_THEORA: Final = b"\x80theora"
# Transport streams repeat this byte in every packet of so many bytes, the time stamps
# of camcorders before it.
_SYNC: Final = 0x47
_PACKETS: Final = ((188, 0), (192, 4))
# Recorders write long recordings under the others' names from the beginning.
_RIFFS: Final = {b"RIFF", b"RF64", b"BW64"}
_RIFF: Final = {b"WEBP": "WEBP", b"AVI ": "video", b"WAVE": "sound"}
# The names that zip files of office programs and books begin with. The first member of
# OpenDocument and of books says what they are; some programs pack it, which none should.
_ZIP: Final = b"PK\x03\x04"
_FIRST_NAME: Final = 30
_OFFICE: Final = (
    b"word/",
    b"xl/",
    b"ppt/",
    b"[Content_Types].xml",
    b"META-INF/manifest.xml",
    b"Index/Document.iwa",
)
# WebVTT, and SubRip's number and times.
_CAPTIONS: Final = re.compile(
    r"WEBVTT(?:\s|$)|\s*[0-9]+\s+[0-9:]+[,.][0-9]+ +--> ", re.ASCII
)
_HEIF_BRANDS: Final = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}


def recognise(head: bytes) -> str:
    """One of TAKEN, or the reason of a refusal.

    ``video`` is a container that may hold either: only opening it tells whether
    pictures are in it (``containers.look``).
    """
    kind = _by_head(head[:HEAD])
    return "sound" if kind == "unknown" and mpeg_frames.are_in(head) else kind


def is_behind_something(head: bytes) -> bool:
    """Whether a sound begins only after what is no sound."""
    return _by_head(head[:HEAD]) == "unknown"


def _by_head(head: bytes) -> str:
    if not head:
        return "empty"
    if head[:4] in _RIFFS:
        return _RIFF.get(head[8:12], "unknown")
    if head[:4] == b"II*\0" and head[8:10] == b"CR":
        # Canon's raw pictures look like TIFF up to here.
        return "other_picture"
    if head[4:8] == b"ftyp":
        return _in_a_media_box(head)
    return _clip(head) or _by_beginning(head)


def _clip(head: bytes) -> str:
    if head[:4] == b"OggS":
        return "video" if _THEORA in head else "sound"
    if head[:4] == b"FORM" and head[8:12] in {b"AIFF", b"AIFC"}:
        return "sound"
    return "video" if _is_movie(head) else ""


def _is_movie(head: bytes) -> bool:
    return head[4:8] in _OLD_MOVIE or any(
        len(head) > size + start and set(head[start::size][:3]) == {_SYNC}
        for size, start in _PACKETS
    )


def _by_beginning(head: bytes) -> str:
    if head.startswith(_ZIP):
        is_office = head.startswith(b"mimetype", _FIRST_NAME)
        is_office = is_office or any(mark in head for mark in _OFFICE)
        return "document" if is_office else "archive"
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if _is_drawing(head):
        return "svg"
    if _are_captions(head):
        return "captions"
    return "pdf" if _PDF in head[:_PDF_WITHIN] else "unknown"


def _in_a_media_box(head: bytes) -> str:
    length = int.from_bytes(head[:4])
    brands = head[8 : min(length, 256)]
    major = brands[:4]
    others = {brands[at : at + 4] for at in range(8, len(brands), 4)}
    if major in {b"avif", b"avis"} or (major[1:] == b"if1" and b"avif" in others):
        return "AVIF"
    if major in _HEIF_BRANDS or major in {b"mif1", b"msf1"}:
        return "HEIF"
    return "sound" if major in {b"M4A ", b"M4B "} else "video"


def _is_drawing(head: bytes) -> bool:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return text[:1] == b"<" and b"<svg" in head.lower()


def _are_captions(head: bytes) -> bool:
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = head.decode("utf-16" if wide else "utf-8-sig", errors="replace")
    return _CAPTIONS.match(text) is not None
