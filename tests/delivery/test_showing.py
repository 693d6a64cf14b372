"""How a post's page shows its files, without any script."""

import pytest

from commonwire.media.exchange import Options
from commonwire.media.models import Attachment
from commonwire.publishing.actions import files
from commonwire.web.templatetags import shown
from tests.factories import a_picture, a_post, an_addendum
from tests.media.files import a_made, a_waiting
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\nWe stay.\n"


@pytest.fixture
def page_of(client):
    def read(*files, **fields):
        post = a_post("A", attachments=files, **fields)
        return Page(client.get(post.path).content)

    return read


def attributes(page, tag, **wanted):
    return page.one(tag, **wanted)["attributes"]


def test_a_video_loads_nothing_but_its_poster_before_a_click(page_of):
    video = a_made("video")
    shown = attributes(page_of(video), "video")
    assert (shown["preload"], shown["poster"]) == ("none", video.poster)
    assert (shown["width"], shown["height"]) == ("640", "360")
    assert {"controls", "playsinline"} <= shown.keys()


def test_a_video_s_sources_come_in_the_order_to_try_them(page_of):
    video = a_made("video")
    sources = [e["attributes"] for e in page_of(video).all("source")]
    assert [(s["src"].rpartition("/")[2], s["type"]) for s in sources] == [
        ("small.mp4", "video/mp4"),
        ("video.webm", "video/webm"),
        ("video.mp4", "video/mp4"),
    ]
    assert [s.get("media") for s in sources] == ["(max-width: 40rem)", None, None]


def test_a_video_has_its_captions_and_transcript(page_of):
    page = page_of(a_made("video", captions=CAPTIONS, text="We stay."), language="es")
    track = attributes(page, "track")
    video = Attachment.objects.get()
    assert (track["kind"], track["srclang"]) == ("captions", "es")
    assert track["src"] == f"/media/{video.captions_id}/captions.vtt"
    assert page.said("summary") == ["Transcript", "Captions, to read", "Share"]
    assert "We stay." in page.text


COUNT = """WEBVTT

00:00:00.000 --> 00:00:02.000
<v Ana>Eleven hundred &amp; three.</v>

00:00:02.000 --> 00:00:03.000
Write to ana@example.org.
"""


@pytest.mark.parametrize("kind", ["video", "sound"])
def test_captions_are_read_as_a_transcript_with_its_speakers(page_of, kind):
    page = page_of(a_made(kind, captions=COUNT))
    assert page.said("summary") == ["Transcript", "Share"]
    said = [each for each in page.said("p") if "three" in each or "Write" in each]
    assert said[0] == "Ana: Eleven hundred & three."
    assert said[1].startswith("Write to ")
    assert "ana@example.org" not in page.text


def test_what_an_author_wrote_down_stands_beside_captions(page_of):
    page = page_of(a_made("sound", captions=COUNT, text="The count: 1103."))
    assert page.said("summary") == ["Transcript", "Captions, to read", "Share"]
    assert "The count: 1103." in page.said("p")
    assert "Eleven hundred & three." in page.text


def test_while_a_recording_is_made_again_nobody_reads_what_is_said_in_it(client):
    recording = a_made("sound", captions=COUNT)
    post = a_post("A", attachments=(recording,))
    changed = Options(disguise=True)
    files.cover_published(post=post, attachment=recording, options=changed)
    page = client.get(post.path).content
    assert b"under-way" in page
    assert b"Eleven hundred" not in page


def test_the_words_of_a_document_are_in_the_page(page_of):
    page = page_of(a_made("document", text="Demands\n\nShorter <shifts>."))
    assert page.said("summary") == ["Text of the document", "Share"]
    assert {"Demands", "Shorter <shifts>."} <= set(page.said("p"))


def test_a_long_document_s_text_goes_on_in_the_file(page_of):
    words = "word " * shown.MOST_WORDS
    page = page_of(a_made("document", text=words))
    assert len(page.text) < shown.MOST_WORDS + 2_000
    assert "The text goes on in the document." in page.text


def test_downloads_say_what_they_cost(page_of):
    made = {"video.mp4": b"x" * 12_345_678, "320.jpg": b"x"}
    row = a_made("video", made, caption="The march")
    page = page_of(row)
    assert "2 minutes 5 seconds · Download: MP4, 12 MB" in page.text
    (link,) = [a for a in page.all("a") if "download" in a["attributes"]]
    assert link["attributes"]["href"] == row.src


def test_a_sound_has_its_waveform_and_its_time_in_words(page_of):
    page = page_of(a_made("sound", caption="The count"))
    assert attributes(page, "audio")["preload"] == "none"
    kinds = [s["attributes"]["type"] for s in page.all("source")]
    assert kinds == ["audio/ogg", "audio/mpeg"]
    assert attributes(page, "img", class_="waveform")["width"] == "600"
    assert "1 hour 4 minutes" in page.text


def test_a_document_says_its_pages_and_bytes(page_of):
    made = {"document.pdf": b"x" * 3_100_000}
    page = page_of(a_made("document", made, caption="Demands"))
    assert "Demands PDF, 20 pages, 3.1 MB" in page.text


def test_what_has_no_name_is_called_by_what_it_is(page_of):
    video, document = a_made("video"), a_made("document")
    page = page_of(a_made("sound"), video, document, a_made("sound"))
    assert page.said("span", class_="caption") == [
        "Recording 1 (1:04:20)",
        "Video (2:05)",
        "Recording 2 (1:04:20)",
    ]
    assert page.said("a", class_="open") == ["Document, 20 pages"]
    assert attributes(page, "video")["aria-label"] == "Video (2:05)"
    assert page.text.count("20 pages") == page.text.count("2:05") == 1


def test_a_picture_without_a_caption_has_none(page_of):
    page = page_of(a_made("picture"))
    assert page.said("span", class_="caption") == []


def test_an_animation_is_played_by_the_browser(page_of):
    row = a_made("picture", {"original.jpg": b"x", "animation.mp4": b"y"}, alt="A gate")
    page = page_of(row)
    assert {"loop", "muted", "playsinline", "controls"} <= attributes(
        page, "video"
    ).keys()
    assert page.said("a", class_="original") == ["original image (640×480)"]


def test_what_waits_keeps_its_place(page_of):
    row = a_waiting("video")
    page = page_of(row)
    place = attributes(page, "canvas")
    assert (place["width"], place["height"]) == ("640", "360")
    assert attributes(page, "figure")["id"] == f"file-{row.public_id}"
    assert "This video is being made ready and will appear here." in page.text
    assert len(page.all("script", src="/assets/waiting.js")) == 1


def test_a_page_has_no_script_that_it_does_not_need(page_of):
    names = {s["attributes"].get("src") for s in page_of().all("script")}
    assert names == {None}


def test_what_was_refused_is_one_line(page_of):
    page = page_of(a_waiting("video", state="refused", upload="", reason="unsafe"))
    assert page.said("p", class_="refused") == [
        "A file of this post could not be shown."
    ]
    assert page.all("figure") == []


def test_a_landscape_leads_and_a_portrait_does_not(page_of):
    wide, tall = a_picture((90, 60), alt="Wide"), a_picture((60, 90), alt="Tall")
    page = page_of(wide, tall)
    assert page.said("p")[-1] != ""
    assert page.all("div", class_="leading")[0]["attributes"]["class"]
    again = page_of(a_picture((60, 91)), a_picture((90, 61)))
    assert again.all("div", class_="leading") == []


def test_pictures_stand_in_rows_in_their_order():
    sizes = [(90, 60), (60, 90), (90, 60), (90, 60), (160, 60)]
    files = [Attachment(width=w, height=h, state="made") for w, h in sizes]
    files.insert(4, Attachment(kind="video", width=16, height=9, state="made"))
    rows = shown.rows(files)
    assert [len(row.files) for row in rows] == [3, 1, 1, 1]
    assert [file for row in rows for file in row.files] == files


def test_lists_say_what_a_post_has(client):
    a_post("A", attachments=(a_made("video"), a_made("sound"), a_made("document")))
    for path in ("/", "/wire/"):
        page = Page(client.get(path).content)
        assert page.said("span", class_="sign") == [
            "with video",
            "with sound",
            "with a document",
        ]
        assert len(page.all("a", class_="thumb")) == 1


def test_scripts_of_addenda_come_too(page_of):
    page = page_of(addenda=(an_addendum(attachments=(a_made("sound"),)),))
    assert len(page.all("script", src="/assets/player.js")) == 1


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "1 second"),
        (59.6, "1 minute"),
        (65, "1 minute 5 seconds"),
        (3_600, "1 hour"),
        (4 * 3_600 + 61, "4 hours 1 minute"),
    ],
)
def test_time_in_words(seconds, words):
    assert shown.playing_time(seconds) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(3, "1 kB"), (9_600, "10 kB"), (3_100_000, "3.1 MB"), (12_345_678, "12 MB"),
     (999_999, "1000 kB"), (2_000_000_000, "2.0 GB")],
)  # fmt: skip
def test_size_in_words(number, words):
    assert shown.size(number) == words


# Drafts


def test_a_draft_s_files_come_in_parts_and_by_their_type(client, contributor):
    from commonwire.publishing.actions import drafts  # noqa: PLC0415 - here only

    draft, token = drafts.start_draft(typed={}, signs={})
    row = a_made("sound", captions=CAPTIONS)
    drafts.place_in_draft(draft=draft, attachment=row, part=0)
    folder = f"/publish/{token}/pictures/{row.public_id}"
    answer = client.get(f"{folder}/sound.opus", headers={"range": "bytes=2-4"})
    assert (answer.status_code, answer.getvalue()) == (206, b"und")
    assert answer["Content-Range"] == "bytes 2-4/10"
    assert answer["Content-Type"] == "audio/ogg"
    beyond = client.get(f"{folder}/sound.opus", headers={"range": "bytes=10-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, "bytes */10")
    assert client.get(f"{folder}/sound.mp3").getvalue() == b"sound.mp3"
    captions = client.get(f"{folder}/captions.vtt")
    assert captions["Content-Type"] == "text/vtt; charset=utf-8"
    assert captions.content.decode() == CAPTIONS
