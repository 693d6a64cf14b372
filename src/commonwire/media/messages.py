"""Every sentence and phrase this package says to people.

The processes that touch strangers' bytes do not load Django, so the words are marked
for translation here and translated where they are shown.
"""

from typing import Final

MAX_BYTES: Final = 40 * 1024 * 1024
MAX_DOCUMENT_BYTES: Final = 100 * 1024 * 1024
# Video and sound; also the largest file of any kind.
MAX_CLIP_BYTES: Final = 1024 * 1024 * 1024
MAX_PIXELS: Final = 60_000_000
# What JPEG can hold along one side.
MAX_SIDE: Final = 65_500
# Half an hour's work on two cores; sound is a tenth of that.
VIDEO_MINUTES: Final = 60
SOUND_HOURS: Final = 6
# Phones film up to 33 (8K).
VIDEO_MEGAPIXELS: Final = 36

FACTS: Final[dict[str, object]] = {
    "megabytes": MAX_BYTES // 1024 // 1024,
    "document_megabytes": MAX_DOCUMENT_BYTES // 1024 // 1024,
    "clip_megabytes": MAX_CLIP_BYTES // 1024 // 1024,
    "megapixels": MAX_PIXELS // 1_000_000,
    "side": MAX_SIDE,
    "video_minutes": VIDEO_MINUTES,
    "sound_hours": SOUND_HOURS,
    "video_megapixels": VIDEO_MEGAPIXELS,
    "formats": "JPEG, PNG, WebP, GIF, HEIC, AVIF, TIFF, JPEG XL",
    "pages": 500,
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
    "pdf_too_big": gettext_noop(
        "This PDF is larger than %(document_megabytes)d MB; save it smaller, or in "
        "parts, and try again."
    ),
    "clip_too_big": gettext_noop(
        "This recording is larger than %(clip_megabytes)d MB; "
        "cut it in parts and try again."
    ),
    "too_many_pixels": gettext_noop(
        "This picture has more than %(megapixels)d megapixels; "
        "save it smaller and try again."
    ),
    "too_long_a_side": gettext_noop(
        "This picture is longer than %(side)d pixels; cut it in pieces and try again."
    ),
    "lost": gettext_noop("This file was lost on the site; send it once more."),
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
    "captions": gettext_noop(
        "These are captions, which belong to a video or a sound recording; send that, "
        "and choose them below it, under “Credit, transcript, captions”."
    ),
    "cut_off": gettext_noop("This file was cut off on the way; try again."),
    "damaged": gettext_noop(
        "This picture is damaged and cannot be read; open it in a picture program, "
        "save it as JPEG and try again."
    ),
    "damaged_clip": gettext_noop(
        "This recording is damaged and cannot be played; open it on the device that "
        "made it, save it as MP4 or MP3 and try again."
    ),
    "too_long_video": gettext_noop(
        "This video is longer than %(video_minutes)d minutes; "
        "cut it in parts and try again."
    ),
    "too_long_sound": gettext_noop(
        "This recording is longer than %(sound_hours)d hours; "
        "cut it in parts and try again."
    ),
    "too_large_video": gettext_noop(
        "The pictures of this video have more than %(video_megapixels)d megapixels; "
        "save it smaller and try again."
    ),
    "pdf_locked": gettext_noop(
        "This PDF opens with a password only; save it without one and try again."
    ),
    "pdf_long": gettext_noop(
        "This PDF has more than %(pages)d pages; send it in parts."
    ),
    "pdf_damaged": gettext_noop(
        "This PDF is damaged and cannot be read; open it in a PDF program, "
        "print it to a new PDF and send that."
    ),
    "pdf_heavy": gettext_noop(
        "This PDF takes too much memory or time to work on; send it in parts."
    ),
    "document": gettext_noop(
        "This file is a document of an office program, which tells more than its "
        "pages show; save it as PDF and send that."
    ),
    "svg": gettext_noop(
        "This file is an SVG drawing, which can hold programs; save it as PNG and "
        "send that."
    ),
    "archive": gettext_noop(
        "This file is an archive of other files; unpack it and send the files in it "
        "one by one."
    ),
    "other_picture": gettext_noop(
        "This picture is in a format that few programs read; this site takes "
        "%(formats)s; save it as JPEG and try again."
    ),
    "unknown": gettext_noop(
        "This file is none that this site can read; it takes pictures (%(formats)s), "
        "video, sound and PDF: save it as JPEG, MP4, MP3 or PDF and send that."
    ),
    "too_heavy": gettext_noop(
        "This file takes too much memory or time to work on; "
        "save it smaller and try again."
    ),
    "unsafe": gettext_noop(
        "This file could not be worked on safely; open it in a program for its kind, "
        "save it as JPEG, MP4, MP3 or PDF and try again."
    ),
    "unsafe_picture": gettext_noop(
        "This file could not be worked on safely; open it in a picture program, "
        "save it as JPEG and try again."
    ),
    "unsafe_video": gettext_noop(
        "This file could not be worked on safely; open it in a video program, "
        "save it as MP4 and try again."
    ),
    "unsafe_sound": gettext_noop(
        "This file could not be worked on safely; open it in a sound program, "
        "save it as MP3 and try again."
    ),
    "unsafe_document": gettext_noop(
        "This file could not be worked on safely; open it in a PDF program, "
        "print it to a new PDF and send that."
    ),
    "busy": gettext_noop(
        "Too many pictures are being worked on just now; try again in some minutes."
    ),
    "unmade": gettext_noop(
        "The site could not work on this file just now; try again in some minutes."
    ),
    # The process that was at it has ended, and nobody knows whose fault that was.
    "ended": gettext_noop(
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
TRAILER: Final = gettext_noop("data behind the end of the picture or document")
UNSEEN_TEXT: Final = gettext_noop("text hidden under what the pages show")
ATTACHMENTS: Final = gettext_noop("attached files")
SCRIPTS: Final = gettext_noop("scripts and actions")
FORM: Final = gettext_noop("form fields and what was entered in them")
LAYERS: Final = gettext_noop("layers that can be hidden")
REMARKS: Final = gettext_noop("remarks and links on the pages")
EARLIER: Final = gettext_noop("earlier versions of the document")
DATES: Final = gettext_noop("dates of writing and changing")
PICTURE_DATA: Final = gettext_noop("camera data in the pictures of the document")

LINKED: Final = gettext_noop("an identifier that ties it to other files")
DATA: Final = gettext_noop("further data tracks")
SUBTITLES: Final = gettext_noop("subtitle tracks")
MORE_SOUND: Final = gettext_noop("further sound tracks")
FIELDS: Final = gettext_noop("further fields about the file")

# In the order in which they are shown: what gives most away comes first.
PHRASES: Final = (
    GPS,
    CAMERA,
    SERIAL,
    OWNER,
    TAKEN,
    THUMBNAIL,
    MORE_PICTURES,
    LINKED,
    DATA,
    SUBTITLES,
    MORE_SOUND,
    MAKER_NOTES,
    UNSEEN_TEXT,
    AUTHOR,
    ATTACHMENTS,
    EARLIER,
    PICTURE_DATA,
    FORM,
    LAYERS,
    REMARKS,
    DATES,
    SCRIPTS,
    COMMENT,
    XMP,
    SOFTWARE,
    FIELDS,
    TRAILER,
    COLOURS,
)

STILL: Final = gettext_noop("animated: published as a still picture")
FIRST_PAGE: Final = gettext_noop("several pages: the first is published")
CUT: Final = gettext_noop("cut off: published as far as it could be played")
UNREAD: Final = gettext_noop(
    "very much text: the words of the last pages can be seen, but not searched"
)
# PDF programs mark first and black out later; what was only marked is still there.
ONLY_MARKED: Final = gettext_noop(
    "places in it are marked to be blacked out, and are not: black them out and send it "
    "again"
)
NOTES: Final = ("", STILL, FIRST_PAGE, CUT, UNREAD, ONLY_MARKED)


def sentence_for(reason: str, kind: str) -> str:
    """What is to be said of a file of a known kind."""
    known = reason if reason in SENTENCES else "unsafe"
    return SENTENCES.get(f"{known}_{kind}", SENTENCES[known])


class Refused(Exception):
    """A file that is not taken; the text is one sentence for its contributor."""

    def __init__(self, reason: str, sentence: str = "") -> None:
        self.reason = reason
        super().__init__(sentence or SENTENCES[reason] % FACTS)
