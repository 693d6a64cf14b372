"""Attachments of every kind, as if they had been made; their files say what they are."""

from commonwire.media import store
from commonwire.media.contents import digests_of
from commonwire.media.exchange import TYPES
from commonwire.media.models import Attachment

NAMES = {
    "picture": ("original.jpg", "320.jpg", "320.webp", "640.jpg", "640.webp"),
    "video": ("video.mp4", "small.mp4", "video.webm", "320.jpg", "320.webp"),
    "sound": ("sound.opus", "sound.mp3", "waveform.svg"),
    "document": ("document.pdf", "320.jpg", "320.webp"),
}
FIELDS = {
    "picture": {"width": 640, "height": 480},
    "video": {"width": 640, "height": 360, "seconds": 125.0},
    "sound": {"seconds": 3_860.0},
    "document": {"width": 320, "height": 452, "pages": 20},
}


def a_made(kind, contents=None, **fields):
    """A draft's attachment. ``contents``: bytes by name, instead of mere names."""
    contents = contents or {name: name.encode() for name in NAMES[kind]}
    row = Attachment.objects.create(
        kind=kind,
        renditions=[
            _rendition(name, content, kind) for name, content in contents.items()
        ],
        **{**FIELDS[kind], **fields},
    )
    store.make_room(row.public_id)
    making = store.bench(row.public_id)
    for name, content in contents.items():
        (making / name).write_bytes(content)
    row.content_id = store.settle_in(row.public_id, making, digests_of(making))
    row.save()
    return row


def _rendition(name, content, kind):
    stem, _dot, ending = name.partition(".")
    width = int(stem) if stem.isdecimal() else FIELDS[kind].get("width", 0)
    height = FIELDS[kind].get("height", 0)
    if stem == "waveform":
        width, height = 600, 80
    return {
        "name": name,
        "width": width,
        "height": height,
        "type": TYPES[ending],
        "bytes": len(content),
    }


def a_waiting(kind="video", **fields):
    """One whose renditions are still to be made."""
    waits = {"state": "waiting", "upload": "a" * 32}
    row = Attachment.objects.create(kind=kind, **{**waits, **FIELDS[kind], **fields})
    store.make_room(row.public_id)
    return row
