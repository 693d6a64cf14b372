import json

import pytest

from commonwire.kit.fates import Fate
from commonwire.media import store
from commonwire.media.messages import GPS, STILL
from commonwire.media.models import Attachment


def rendition(width, ending="jpg", name=None):
    kind = {"jpg": "image/jpeg", "webp": "image/webp"}[ending]
    name = name or f"{width}.{ending}"
    return {"name": name, "width": width, "height": width, "type": kind, "bytes": 1}


def attachment(*renditions, **fields):
    return Attachment(
        content_id="id-of-the-picture", renditions=list(renditions), **fields
    )


BIG = attachment(
    rendition(4000, name="original.jpg"),
    *(rendition(w, e) for w in (2000, 1280, 640, 320) for e in ("webp", "jpg")),
    width=4000,
    height=3000,
)
SMALL = attachment(
    rendition(700, name="original.jpg"),
    rendition(700, "webp"),
    rendition(640, "webp"),
    rendition(640),
)


def test_the_plain_source_is_of_middle_size():
    assert BIG.src == "/media/id-of-the-picture/1280.jpg"


def test_the_plain_source_of_a_small_picture_is_its_original():
    assert SMALL.src == "/media/id-of-the-picture/original.jpg"


def test_the_sources_go_from_narrow_to_wide_without_the_large_original():
    assert BIG.srcset_jpeg == (
        "/media/id-of-the-picture/320.jpg 320w, /media/id-of-the-picture/640.jpg 640w, "
        "/media/id-of-the-picture/1280.jpg 1280w, /media/id-of-the-picture/2000.jpg 2000w"
    )


def test_the_sources_of_a_small_picture_reach_its_full_width():
    assert SMALL.srcset_webp == (
        "/media/id-of-the-picture/640.webp 640w, /media/id-of-the-picture/700.webp 700w"
    )


def test_a_picture_too_long_for_webp_has_jpeg_only_rather_than_less():
    long = attachment(rendition(1080, name="original.jpg"), rendition(640, "webp"))
    assert long.srcset_webp == ""
    assert long.srcset_jpeg == "/media/id-of-the-picture/original.jpg 1080w"


def test_the_original_is_linked_with_its_size():
    assert BIG.original_address == "/media/id-of-the-picture/original.jpg"
    assert BIG.original_label == "original image (4000\u00d73000)"


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [("picture", "JPEG"), ("video", "MP4"), ("sound", "MP3"), ("document", "new PDF")],
)
def test_what_to_do_with_a_file_that_could_not_be_made_fits_its_kind(kind, wanted):
    refused = attachment(kind=kind, state="refused", reason="unsafe")
    assert refused.refusal.startswith("This file could not be worked on safely; ")
    assert wanted in refused.refusal


def test_every_attachment_has_an_address_nobody_can_guess():
    first, second = Attachment(), Attachment()
    assert first.public_id != second.public_id
    assert len(first.public_id) == 22


def test_what_was_removed_is_told_in_words():
    told = attachment(note=STILL)
    store.make_room(told.public_id)
    traces = [{"phrase": GPS, "detail": "44.97, -93.26"}]
    store.keep_traces(told.public_id, traces)
    assert told.removed_phrases == ["GPS position (44.97, -93.26)"]
    assert told.note_text == "animated: published as a still picture"


def test_whoever_reads_what_was_taken_out_never_sees_half_of_it():
    told = attachment()
    store.make_room(told.public_id)
    room = store.unpublished(told.public_id)
    store.keep_traces(told.public_id, [])
    with (room / store.TRACES).open("rb") as before:
        store.keep_traces(told.public_id, [{"phrase": GPS, "detail": ""}])
        assert json.loads(before.read()) == []
    assert len(store.traces(told.public_id)) == 1
    assert [path.name for path in room.iterdir()] == [store.TRACES]
    (room / store.TRACES).write_bytes(b"")
    assert store.traces(told.public_id) == []


def test_every_field_has_a_fate():
    fields = {field.name for field in Attachment._meta.get_fields() if field.concrete}
    fates = {
        name for name, fate in vars(Attachment.Fates).items() if isinstance(fate, Fate)
    }
    assert fates == fields
