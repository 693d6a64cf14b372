"""Every sentence and phrase this package says to people.

The processes that touch strangers' bytes do not load Django, so the words are marked
for translation here and translated where they are shown.
"""

from typing import Final

MAX_BYTES: Final = 40 * 1024 * 1024
MAX_PIXELS: Final = 60_000_000
# What JPEG can hold along one side.
MAX_SIDE: Final = 65_500

FACTS: Final[dict[str, object]] = {
    "megabytes": MAX_BYTES // 1024 // 1024,
    "megapixels": MAX_PIXELS // 1_000_000,
    "side": MAX_SIDE,
    "formats": "JPEG, PNG, WebP, GIF, HEIC, AVIF",
}


def gettext_noop(message: str) -> str:
    """Mark for makemessages, without Django."""
    return message


SENTENCES: Final[dict[str, str]] = {
    "empty": gettext_noop("This file is empty; choose it again and try once more."),
    "too_big": gettext_noop(
        "This file is larger than %(megabytes)d MB; "
        "save the picture smaller and try again."
    ),
    "too_many_pixels": gettext_noop(
        "This picture has more than %(megapixels)d megapixels; "
        "save it smaller and try again."
    ),
    "too_long_a_side": gettext_noop(
        "This picture is longer than %(side)d pixels; cut it in pieces and try again."
    ),
    "too_big_at_all": gettext_noop(
        "This file is larger than the site takes; make it smaller and try again, or "
        "give a link to it."
    ),
    "post_full": gettext_noop(
        "With this file the post would have taken in more than it may; publish it, and "
        "add the rest to it as an addendum."
    ),
    "site_full": gettext_noop(
        "The site has no room for more files; texts can be published all the same."
    ),
    "disk_full": gettext_noop(
        "The site has no room for files just now; texts can be published all the same, "
        "files perhaps later."
    ),
    "no_captions": gettext_noop(
        "This is not a captions file that the site can read; it takes WebVTT and "
        "SubRip of up to 1 MB."
    ),
    "cut_off": gettext_noop("This file was cut off on the way; try again."),
    "damaged": gettext_noop(
        "This picture is damaged and cannot be read; open it in a picture program, "
        "save it as JPEG and try again."
    ),
    "video": gettext_noop(
        "This file is a video; this site takes pictures (%(formats)s) so far; "
        "give a link to it instead."
    ),
    "sound": gettext_noop(
        "This file is a sound recording; this site takes pictures (%(formats)s) "
        "so far; give a link to it instead."
    ),
    "pdf": gettext_noop(
        "This file is a PDF; this site takes pictures (%(formats)s) so far; "
        "give a link to it or send its pages as pictures."
    ),
    "document": gettext_noop(
        "This file is a document; this site takes pictures (%(formats)s) so far; "
        "put its text into the post or give a link to it."
    ),
    "svg": gettext_noop(
        "This file is an SVG drawing; this site takes pictures (%(formats)s); "
        "save it as PNG and try again."
    ),
    "archive": gettext_noop(
        "This file is an archive of other files; this site takes pictures "
        "(%(formats)s); unpack it and send the pictures one by one."
    ),
    "other_picture": gettext_noop(
        "This picture is in a format that few programs read; this site takes "
        "%(formats)s; save it as JPEG and try again."
    ),
    "unknown": gettext_noop(
        "This file is not a picture this site can read; it takes %(formats)s; "
        "save it as JPEG and try again."
    ),
    "too_heavy": gettext_noop(
        "This picture takes too much memory or time to work on; "
        "save it smaller and try again."
    ),
    "unsafe": gettext_noop(
        "This file could not be worked on safely; open it in a picture program, "
        "save it as JPEG and try again."
    ),
    "busy": gettext_noop(
        "Too many pictures are being worked on just now; try again in some minutes."
    ),
    "unmade": gettext_noop(
        "The site could not work on this file just now; try again in some minutes."
    ),
}

GPS: Final = gettext_noop("GPS position")
CAMERA: Final = gettext_noop("camera make and model")
SERIAL: Final = gettext_noop("camera serial number")
TAKEN: Final = gettext_noop("date and time it was taken")
THUMBNAIL: Final = gettext_noop("an embedded thumbnail")
MAKER_NOTES: Final = gettext_noop("the camera maker's own notes")
OWNER: Final = gettext_noop("name of the camera's owner")
SOFTWARE: Final = gettext_noop("name of the program that saved it")
XMP: Final = gettext_noop("editing history (XMP)")
AUTHOR: Final = gettext_noop("author and caption fields")
COMMENT: Final = gettext_noop("comments inside the file")
COLOURS: Final = gettext_noop("colour profile")
MORE_PICTURES: Final = gettext_noop("further pictures inside the file")
TRAILER: Final = gettext_noop("data behind the end of the picture")

# In the order in which they are shown: what gives most away comes first.
PHRASES: Final = (
    GPS,
    CAMERA,
    SERIAL,
    OWNER,
    TAKEN,
    THUMBNAIL,
    MORE_PICTURES,
    MAKER_NOTES,
    AUTHOR,
    COMMENT,
    XMP,
    SOFTWARE,
    TRAILER,
    COLOURS,
)

STILL: Final = gettext_noop("animated: published as a still picture")
NOTES: Final = ("", STILL)


class Refused(Exception):
    """A file that is not taken; the text is one sentence for its contributor."""

    def __init__(self, reason: str, sentence: str = "") -> None:
        self.reason = reason
        super().__init__(sentence or SENTENCES[reason] % FACTS)
