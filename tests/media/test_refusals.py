import io
import zipfile
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from commonwire.media import kinds, making, messages, renditions
from commonwire.media.messages import Refused
from tests.media import pictures


def reason(upload, into):
    with pytest.raises(Refused) as caught:
        renditions.make(upload=upload, into=into)
    assert list(into.iterdir()) == []
    return caught.value.reason


def zipped(name):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "text")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "video"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "video"),
        (b"\x1aE\xdf\xa3webm", "video"),
        (b"RIFF\0\0\0\0AVI LIST", "video"),
        (b"RIFF\0\0\0\0WAVEfmt ", "sound"),
        (b"ID3\x04", "sound"),
        (b"OggS\0", "sound"),
        (b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42", "sound"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "svg"),
        (b"{\\rtf1", "document"),
        (zipped("word/document.xml"), "document"),
        (zipped("holiday.jpg"), "archive"),
        (b"II*\0\x10\0\0\0CR\2\0", "other_picture"),
        (b"8BPS\0\1", "other_picture"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nWe stay.", "captions"),
        (b"\xef\xbb\xbf1\r\n00:00:01,000 --> 00:00:02,000\r\nWe stay.", "captions"),
        ("1\n00:00:01,000 --> 00:00:02,000\nWe stay.".encode("utf-16"), "captions"),
        (b"1\n00:00:01 is when we stayed", "unknown"),
        (b"MZ\x90\0", "unknown"),
        (b"<html><body>hello", "unknown"),
    ],
)
def test_what_is_no_picture_is_called_by_its_name(content, why):
    assert kinds.recognise(content) == why


@pytest.mark.parametrize("why", messages.SENTENCES)
def test_every_refusal_is_one_plain_sentence(why):
    sentence = str(Refused(why))
    assert sentence[0].isupper()
    assert sentence.count(".") == 1
    assert sentence.endswith(".")
    assert "%" not in sentence


def test_a_file_over_forty_megabytes_is_too_big(upload, into):
    path = upload(b"\xff\xd8\xff")
    with path.open("r+b") as file:
        file.truncate(messages.MAX_BYTES + 1)
    assert reason(path, into) == "too_big"


def test_a_header_that_claims_billions_of_pixels_is_not_decoded(upload, into):
    content = pictures.png(60_000, 60_000, rows=zlib.compress(b"\0" * 100))
    assert reason(upload(content), into) == "too_many_pixels"


def test_a_bomb_of_nine_hundred_honest_megapixels_is_not_decoded(upload, into):
    packer = zlib.compressobj(9)
    row = b"\0" * 3751
    rows = b"".join(packer.compress(row * 1000) for _ in range(30)) + packer.flush()
    content = pictures.png(30_000, 30_000, bits=1, colour=0, rows=rows)
    assert reason(upload(content), into) == "too_many_pixels"


def test_a_picture_longer_than_a_jpeg_can_be_is_refused(upload, into):
    content = pictures.encoded(Image.new("1", (66_000, 2)), "PNG")
    assert reason(upload(content), into) == "too_long_a_side"


def test_a_text_that_swells_when_unpacked_is_refused(upload, into):
    swelling = b"Comment\0\0" + zlib.compress(b"a" * 20_000_000, 9)
    content = pictures.png(
        1, 1, rows=zlib.compress(b"\0abc"), more=pictures.chunk(b"zTXt", swelling)
    )
    assert reason(upload(content), into) == "damaged"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF"])
def test_a_file_cut_off_on_the_way_is_said_to_be(kind, upload, into):
    content = pictures.encoded(pictures.gradient(), kind)
    assert reason(upload(content[: len(content) // 2]), into) == "cut_off"


@pytest.mark.parametrize("kind", ["WEBP", "HEIF", "AVIF"])
def test_half_a_file_of_the_other_formats_is_refused(kind, upload, into):
    content = pictures.encoded(pictures.gradient(), kind)
    assert reason(upload(content[: len(content) // 2]), into) in {"cut_off", "damaged"}


def test_a_script_that_begins_like_a_picture_is_refused(upload, into):
    assert reason(upload(b"GIF89a<script>alert(1)</script>"), into) in {
        "cut_off",
        "damaged",
    }


def test_a_name_or_type_plays_no_part(tmp_path, into):
    path = tmp_path / "photo.pdf"
    path.write_bytes(pictures.encoded(pictures.gradient(), "PNG"))
    assert renditions.make(upload=path, into=into).width == 400


@given(head=st.binary(max_size=200))
def test_any_bytes_are_recognised_as_something_known(head):
    assert kinds.recognise(head) in {*kinds.TAKEN, *making.MODULES, *messages.SENTENCES}


@pytest.mark.parametrize("kind", pictures.FORMATS)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_mangled_file_is_taken_or_refused_and_nothing_else(kind, data, tmp_path):
    content = bytearray(pictures.encoded(pictures.gradient((40, 30)), kind))
    places = st.integers(0, len(content) - 1)
    for place in data.draw(st.lists(places, min_size=1, max_size=20)):
        content[place] = data.draw(st.integers(0, 255))
    path = tmp_path / "upload"
    path.write_bytes(content)
    # Without a directory to write to, whatever decodes ends there.
    with pytest.raises((Refused, FileNotFoundError)):
        renditions.make(upload=path, into=tmp_path / "nowhere")
