"""Pictures and addenda in a draft: nothing is lost on the way, in any order."""

import json

import pytest

from commonwire.media.models import Attachment
from commonwire.publishing.models import Draft, Placement
from commonwire.publishing.typed import MOST_FILES
from tests.contributor import a_file, the_post
from tests.factories import jpeg
from tests.media.pictures import png, telling

pytestmark = pytest.mark.django_db(transaction=True)


def drafted():
    """Alt texts of the draft's pictures by part, as they stand."""
    return [
        (place.part, place.attachment.alt)
        for place in Placement.objects.order_by("part", "position")
    ]


def fields_of_pictures(page, name):
    return [
        field
        for field in page.fields
        if field.startswith("file-") and field.endswith(name)
    ]


@pytest.fixture
def three(contributor):
    """A draft of a post with three pictures, described a, b and c."""
    contributor.preview(
        title="Three", body="Text.", files=[a_file(jpeg(), f"{n}.jpg") for n in "abc"]
    )
    names = fields_of_pictures(contributor.page, "-alt")
    contributor.preview(**dict(zip(names, "abc", strict=True)))
    return contributor


def test_pictures_are_described(three):
    assert drafted() == [(0, "a"), (0, "b"), (0, "c")]


def test_descriptions_survive_the_preview(three):
    held = [three.typed[name] for name in fields_of_pictures(three.page, "-alt")]
    assert held == ["a", "b", "c"]


def test_pictures_are_ordered_by_the_numbers_typed(three):
    names = fields_of_pictures(three.page, "-position")
    three.preview(**dict(zip(names, ["3", "1", "2"], strict=True)))
    assert drafted() == [(0, "b"), (0, "c"), (0, "a")]


@pytest.mark.parametrize(
    ("which", "number", "order"),
    [
        (0, "2", "bac"),
        (0, "3", "bca"),
        (1, "3", "acb"),
        (2, "2", "acb"),
        (2, "1", "cab"),
    ],
)
def test_one_number_typed_moves_one_picture(three, which, number, order):
    names = fields_of_pictures(three.page, "-position")
    three.preview(**{names[which]: number})
    assert drafted() == [(0, each) for each in order]


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 5_000, "٣", "²", "1e9"])
def test_a_strange_number_loses_no_picture(three, number):
    names = fields_of_pictures(three.page, "-position")
    three.preview(**{names[0]: number})
    assert sorted(drafted()) == [(0, "a"), (0, "b"), (0, "c")]


def test_a_picture_is_removed_with_its_files(three, data_directory):
    names = [
        name.replace("-alt", "-remove")
        for name in fields_of_pictures(three.page, "-alt")
    ]
    three.preview(**{names[1]: "on"})
    assert drafted() == [(0, "a"), (0, "c")]
    assert len(list((data_directory / "unpublished").iterdir())) == 2


def test_pictures_survive_an_error_in_the_text(contributor):
    contributor.preview(title="x" * 201, body="Text.", files=[a_file(jpeg())])
    assert contributor.page.errors.keys() == {"id_title"}
    contributor.publish(title="Short")
    assert len(the_post().pictures) == 1


def test_words_of_pictures_survive_an_error_in_the_text(three):
    names = fields_of_pictures(three.page, "-caption")
    three.preview(title="", **{names[0]: "At the gate"})
    assert three.typed[names[0]] == "At the gate"


def test_published_pictures_are_the_draft_s_in_its_order(three):
    three.publish()
    assert [picture.alt for picture in the_post().pictures] == ["a", "b", "c"]


def test_a_draft_s_picture_is_shown_to_who_has_its_address(three):
    (source, *_rest) = [i["attributes"]["src"] for i in three.page.all("img")]
    answer = three.client.get(source)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Cache-Control"] == "no-store"
    answer.close()


def test_a_draft_s_picture_is_not_public(three, data_directory):
    assert list(data_directory.glob("public/media/*")) == []


@pytest.mark.parametrize("name", ["none.jpg", "..", "%2e%2e%2fsecret_key", "x\0.jpg"])
def test_other_names_in_a_draft_s_folder_are_not_found(three, name):
    folder = f"{three.where}pictures/{Attachment.objects.first().public_id}"
    assert three.client.get(f"{folder}/{name}").status_code == 404


def test_another_draft_s_address_shows_no_pictures_of_this_one(three, contributor):
    picture = Attachment.objects.first().public_id
    contributor.open().preview(title="Other", body="Text.")
    answer = three.client.get(f"{contributor.where}pictures/{picture}/320.jpg")
    assert answer.status_code == 404


def test_the_page_says_what_was_removed_from_a_file(contributor):
    contributor.preview(title="A", body="Text.", files=[a_file(telling("JPEG"))])
    said = " ".join(contributor.page.said("p", class_="help"))
    assert "Removed from this file: GPS position, camera make and model" in said


def test_the_twenty_first_file_is_left_out_and_named(contributor):
    files = [a_file(jpeg((8, 8)), f"{n}.jpg") for n in range(1, MOST_FILES + 2)]
    contributor.preview(title="Many", body="Text.", files=files)
    assert contributor.notices == ["“21.jpg” was left out: 20 files fit in a post."]
    contributor.publish()
    assert len(the_post().pictures) == MOST_FILES


REFUSED = {
    "0-byte file": (b"", "empty"),
    "text called a photo": (b"Not a picture at all.", "none that this site can read"),
    "program called a photo": (
        b"MZ\x90\0" + b"\0" * 200,
        "none that this site can read",
    ),
    "page called a photo": (
        b"<html><script>alert(1)</script>",
        "none that this site can read",
    ),
    "PDF called a photo": (b"%PDF-1.7\n", "PDF is damaged"),
    "video": (b"\0\0\0\x18ftypisom" + b"\0" * 40, "recording is damaged"),
    "drawing": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing"),
    "truncated photo": (jpeg((400, 300))[:900], "cut off"),
    "bomb": (png(60_000, 60_000), "megapixels"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_cannot_be_taken_costs_only_itself(contributor, what):
    content, sentence = REFUSED[what]
    files = [a_file(content, "wrong.jpg"), a_file(jpeg(), "right.jpg")]
    contributor.preview(title="Two", body="Text.", files=files)
    (notice,) = contributor.notices
    assert notice.startswith("“wrong.jpg”: This ")
    assert sentence in notice
    assert contributor.publish().status == 200
    assert len(the_post().pictures) == 1


def test_a_file_s_name_and_type_do_not_decide(contributor):
    files = [a_file(jpeg(), "report.exe", "application/x-msdownload")]
    contributor.publish(title="A", body="Text.", files=files)
    assert len(the_post().pictures) == 1


@pytest.mark.parametrize(
    "name",
    [
        "../../secret.jpg",
        "a\u202egpj.exe",
        "<script>alert(1)</script>.jpg",
        "x" * 5_000,
        "🎉.jpg",
    ],
)
def test_a_file_s_name_does_no_harm(contributor, name):
    contributor.preview(title="A", body="Text.", files=[a_file(b"no", name)])
    assert contributor.status == 200
    assert contributor.page.runs == []
    assert "\u202e" not in contributor.page.text


def test_nothing_is_left_in_quarantine(contributor, data_directory):
    files = [a_file(b"no", "wrong.jpg"), a_file(jpeg(), "right.jpg")]
    contributor.preview(title="A", body="Text.", files=files)
    assert list((data_directory / "quarantine").iterdir()) == []


@pytest.mark.parametrize(
    "field",
    [
        "addendum-",
        "addendum-x",
        "addendum--1-files",
        "addendum-7-files",
        f"addendum-{'9' * 30}-files",
        "other",
    ],
)
def test_files_of_strange_fields_are_kept_with_the_post(contributor, field):
    contributor.preview(title="A", body="Text.", **{field: [a_file(jpeg())]})
    contributor.publish()
    assert len(the_post().pictures) == 1


def test_a_picture_alone_is_a_post(contributor):
    contributor.publish(title="Look", files=[a_file(jpeg())])
    assert len(the_post().pictures) == 1


# Addenda


@pytest.fixture
def two_parts(contributor):
    """A draft with the addenda One, with a picture, and Two, with two."""
    contributor.preview(title="Parts", body="Text.")
    contributor.send(do="addendum").send(do="addendum")
    contributor.preview(
        **{
            "addendum-0-title": "One",
            "addendum-0-byline": "Ana",
            "addendum-0-body": "First part.",
            "addendum-0-related_url": "https://example.org/1",
            "addendum-0-files": [a_file(jpeg())],
            "addendum-1-title": "Two",
            "addendum-1-body": "Second part.",
            "addendum-1-files": [a_file(jpeg()), a_file(jpeg())],
        }
    )
    return contributor


def parts_of(post):
    return [(part.title, len(part.pictures)) for part in post.addenda.all()]


def test_addenda_are_published_in_their_order_with_their_pictures(two_parts):
    two_parts.publish()
    assert parts_of(the_post()) == [("One", 1), ("Two", 2)]


def test_what_was_typed_into_addenda_survives_the_preview(two_parts):
    held = {n: v for n, v in two_parts.typed.items() if n.startswith("addendum-")}
    assert held == {
        "addendum-0-title": "One",
        "addendum-0-byline": "Ana",
        "addendum-0-body": "First part.",
        "addendum-0-related_url": "https://example.org/1",
        "addendum-1-title": "Two",
        "addendum-1-byline": "",
        "addendum-1-body": "Second part.",
        "addendum-1-related_url": "",
    }


def test_an_addendum_is_removed_and_later_ones_keep_their_pictures(two_parts):
    two_parts.send(do="remove-1").publish()
    assert parts_of(the_post()) == [("Two", 2)]


def test_an_addendum_added_later_takes_no_picture_from_others(two_parts):
    two_parts.send(do="addendum")
    two_parts.publish(
        **{"addendum-2-body": "Third.", "addendum-2-files": [a_file(jpeg())]}
    )
    assert parts_of(the_post()) == [("One", 1), ("Two", 2), ("", 1)]


@pytest.mark.parametrize("number", ["0", "3", "-1", "x", "9" * 5_000, "²"])
def test_removing_an_addendum_that_is_not_there_removes_none(two_parts, number):
    two_parts.send(do=f"remove-{number}").publish()
    assert parts_of(the_post()) == [("One", 1), ("Two", 2)]


def test_an_empty_addendum_is_told_beside_it(contributor):
    contributor.preview(title="A", body="Text.").send(do="addendum").send(do="preview")
    assert contributor.page.errors == {
        "id_addendum-0-body": "Write a text, or add a picture or a link, or remove it."
    }


def test_an_error_in_an_addendum_loses_nothing(two_parts):
    two_parts.preview(**{"addendum-1-related_url": "javascript:alert(1)"})
    assert two_parts.page.errors.keys() == {"id_addendum-1-related_url"}
    assert two_parts.typed["addendum-1-related_url"] == "javascript:alert(1)"
    two_parts.preview(**{"addendum-1-related_url": ""}).publish()
    assert parts_of(the_post()) == [("One", 1), ("Two", 2)]


def test_too_many_addenda_are_told_and_kept(contributor):
    many = {f"addendum-{n}-body": f"Part {n}." for n in range(21)}
    contributor.preview(title="A", body="Text.", **many)
    assert "There are 21 addenda; 20 fit." in contributor.page.text
    assert len(Draft.objects.get().typed["addenda"]) == 21


def test_the_draft_page_shows_no_name_of_a_file(contributor):
    contributor.preview(
        title="A", body="Text.", files=[a_file(jpeg(), "me at home.jpg")]
    )
    assert "me at home" not in contributor.page.text
    assert "me at home" not in json.dumps(list(Draft.objects.values()), default=str)


# Recordings, and files that were refused


@pytest.fixture
def recording(contributor):
    """A draft whose one file is a video."""
    contributor.preview(title="A", body="Text.", files=[a_file(jpeg())])
    Attachment.objects.update(kind="video")
    return contributor.get(contributor.where)


def named(what):
    return f"file-{Attachment.objects.get().public_id}-{what}"


def test_a_transcript_is_kept_with_its_recording(recording):
    recording.preview(**{named("text"): "Good evening.\n\nWelcome."})
    assert recording.typed[named("text")] == "Good evening.\n\nWelcome."


def test_captions_are_cleaned_and_kept(recording):
    srt = a_file(b"1\n00:00:01,000 --> 00:00:02,000\n<b>Hello</b>\n", "c.srt")
    recording.preview(**{named("captions"): srt})
    assert Attachment.objects.get().captions == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nHello\n"
    )
    assert "There are captions" in recording.page.text
    assert Placement.objects.count() == 1


def test_captions_that_cannot_be_read_change_nothing(recording, data_directory):
    recording.preview(**{named("captions"): a_file(b"no", "c.vtt")})
    (notice,) = recording.notices
    assert notice.startswith("“c.vtt”: This is not a captions file")
    assert Attachment.objects.get().captions == ""
    assert list((data_directory / "quarantine").iterdir()) == []


def test_a_file_under_way_says_how_far_it_is(contributor):
    contributor.preview(title="A", body="Text.", files=[a_file(jpeg())])
    Attachment.objects.update(state="waiting", progress=40)
    contributor.get(contributor.where)
    assert contributor.page.said("p", class_="state") == ["being made ready, 40 %"]
    assert "Look again" in contributor.page.text


def test_a_refused_file_says_why_and_does_not_stop_the_post(three):
    Attachment.objects.filter(alt="b").update(state="refused", reason="unsafe")
    three.get(three.where)
    assert "It is left out of the post." in three.page.text
    three.publish()
    assert [picture.alt for picture in the_post().pictures] == ["a", "c"]
