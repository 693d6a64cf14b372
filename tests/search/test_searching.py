"""What is found."""

from datetime import UTC, date, datetime

import pytest

from commonwire.calendar.actions import dates
from commonwire.calls.actions import calling, organisations
from commonwire.changes.record import record
from commonwire.publishing.actions import corrections
from commonwire.publishing.content import Revision
from tests.calendar import an_event
from tests.calls.factories import a_call, told
from tests.factories import (
    a_comment,
    a_picture,
    a_post,
    a_release,
    a_section,
    an_addendum,
    an_organisation,
)
from tests.search import found, indexed, items

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 1)


def at(day):
    return datetime(2026, 1, day, 12, tzinfo=UTC)


def test_all_words_have_to_be_there_in_any_of_their_forms(client):
    a_post("Drivers voted", body="They walk out on Friday.")
    a_post("Drivers", body="No vote yet.")
    a_post("Other")
    indexed()
    assert found(client, "q=driver+vote") == ["Drivers", "Drivers voted"]
    assert found(client, "q=driver+voting+walking") == ["Drivers voted"]


def test_a_phrase_stands_as_it_is_written_and_across_no_two_parts(client):
    a_post("Rent strike", body="On Monday.")
    a_post("Strike for rent", body="rent, then: strike")
    a_post("No rent", body="Strike!")
    indexed()
    assert found(client, "q=%22rent+strike%22") == ["Rent strike"]
    assert found(client, "q=“rent+strike”") == ["Rent strike"]
    assert found(client, "q=%22strike+on%22") == []
    assert len(found(client, "q=rent+strike")) == 3


def test_the_newest_come_first_whatever_was_indexed_first(client):
    for day in (2, 3, 1):
        a_post(f"March {day}", at=at(day))
    indexed()
    assert found(client, "q=march") == ["March 3", "March 2", "March 1"]


def test_a_search_is_narrowed_by_section_kind_byline_days_and_language(client):
    labor = a_section()
    a_post("A", body="bread", topics=(labor,), byline="Ana López", at=at(1))
    a_release("B", body="bread", byline="Bakers' Union")
    a_post("C", body="bread", language="es", at=at(3))
    indexed()
    assert found(client, "q=bread&section=topics/labor") == ["A"]
    assert found(client, "q=bread&kind=release") == ["B"]
    assert found(client, "by=lopez+ana") == ["A"]
    assert found(client, "q=bread&from=2026-01-02&until=2026-01-03") == ["C"]
    assert found(client, "language=es") == ["C"]
    assert found(client, "q=bread&by=lopez&language=es") == []


def test_a_byline_is_no_text_and_a_text_no_byline(client):
    a_post("A", body="by Smith", byline="Jones")
    indexed()
    assert found(client, "by=smith") == []
    assert found(client, "q=jones") == []
    assert found(client, "q=b:jones") == []


@pytest.mark.parametrize(
    ("language", "body", "asked"),
    [
        ("es", "Las manifestaciones del domingo", "manifestación"),
        ("es", "La manifestación del domingo", "manifestacion"),
        ("de", "Die Wähler in der Straßenbahn", "strassenbahn wähler"),
        ("ru", "Прошли выборы в Ёлкино", "выборов елкино"),
        ("ar", "اجتمع المُدَرِّسون أمس", "المدرسون"),
        ("he", "שָׁלוֹם לכולם", "שלום"),
        ("ja", "東京で選挙の結果が出た", "選挙"),
        ("zh-hans", "工人们昨天罢工了", "罢工"),
        ("ko", "노동자들이 파업했다", "파업"),
        ("th", "คนงานหยุดงานประท้วง", "หยุดงาน"),
        ("hi", "मज़दूरों की हड़ताल", "हड़ताल"),
        ("el", "Η απεργία των εργαζομένων", "απεργια"),
        ("tr", "Işçiler greve çıktı", "ışçiler"),
        ("en", "The café’s naïve owner", "CAFE naive"),
    ],
)
def test_other_scripts_and_languages_are_found(client, language, body, asked):
    a_post("This one", body=body, language=language)
    a_post("Another", language=language, body="2026")
    indexed()
    assert found(client, f"q={asked}") == ["This one"]


def test_letters_of_a_script_without_spaces_must_stand_together(client):
    a_post("A", body="選ばれた挙手", language="ja")
    indexed()
    assert found(client, "q=選挙") == []
    assert found(client, "q=選") == ["A"]


def test_addenda_and_comments_are_found_and_lead_to_where_they_stand(client):
    post = a_post("Main", addenda=(an_addendum("More", body="a walrus"),))
    comment = a_comment(post, title="Seen", body="Another walrus.")
    indexed()
    assert {(i["kind"], i["title"], i["post"]) for i in items(client, "q=walrus")} == {
        ("addendum", "More", post.pk),
        ("comment", "Seen", post.pk),
    }
    (one,) = items(client, "q=walrus&kind=comment")
    assert one["url"].endswith(f"{post.path}#comment-{comment.pk}")


def test_what_a_release_and_a_call_say_beside_their_text_is_found(client):
    a_release("R", quotes=[{"words": "an ibex", "speaker": "Kim"}])
    a_call("C", content=told(know="bring an ibex"))
    indexed()
    assert set(found(client, "q=ibex")) == {"R", "C"}


def test_organisations_stand_above_by_every_word_of_theirs(client):
    a_post("Bakers", body="The Bakers’ Union met.")
    an_organisation("Bakers’ Union", area="Riverton")
    indexed()
    page = client.get("/search/?q=bakers+union").content.decode()
    assert page.index("/organisations/bakers-union/") < page.index(">The <mark>Bakers")
    assert found(client, "q=riverton&kind=organisation") == ["Bakers’ Union"]
    assert found(client, "q=bakers") == ["Bakers"]


def test_a_corrected_text_is_found_by_its_new_words_and_says_so(client):
    post = a_post("Old", body="an otter")
    indexed()
    corrections.correct(post=post, revision=Revision({"body": "a beaver"}))
    indexed()
    assert found(client, "q=otter") == []
    (one,) = items(client, "q=beaver")
    assert one["corrected_at"]


def test_a_call_that_is_off_says_so(client):
    call = a_call("March", body="a heron")
    calling.call_off(call=call, because="Ice.")
    indexed()
    (one,) = items(client, "q=heron")
    assert one["called_off"].startswith("Called off")
    assert b"Called off" in client.get("/search/?q=heron").content


def test_an_event_is_off_when_no_date_of_it_stands(client):
    post = an_event("Vigil", place="Heron Square")
    indexed()
    assert items(client, "q=heron")[0]["called_off"] == ""
    dates.cancel(post=post, number=1)
    assert items(client, "q=heron+square&kind=event")[0]["called_off"] == "Cancelled."


def test_an_organisation_is_found_by_its_new_name_and_says_what_became_of_it(client):
    old, other = an_organisation("Bakers"), an_organisation("Millers")
    indexed()
    old = organisations.change_organisation(
        organisation=old, seen=1, name="Bread Workers"
    )
    organisations.merge(organisation=old, into=other, on=DAY)
    indexed()
    assert found(client, "q=bakers&kind=organisation") == []
    page = client.get("/search/?q=bread+workers").content.decode()
    assert "merged into" in page
    assert "Millers" in page


def test_what_stands_with_files_and_in_them_is_found(client):
    picture = a_picture(alt="A heron", caption="Weir at dusk")
    document = a_picture()
    document.text = "Minutes of the council"
    document.save()
    film = a_picture()
    film.captions = "WEBVTT\n\n00:00.000 --> 00:02.000\nWe stay outside\n"
    film.save()
    part = an_addendum("A part", attachments=(film,))
    a_post("Pictured", attachments=(picture, document), addenda=(part,))
    indexed()
    for words in ("heron", "weir", "council+minutes"):
        assert found(client, f"q={words}") == ["Pictured"]
    assert len(items(client, "q=stay+outside")) == 1
    assert found(client, "q=00") == []


def test_a_file_that_is_described_anew_is_found_by_its_new_words(client):
    post = a_post("Pictured", attachments=(a_picture(alt="A heron"),))
    indexed()
    picture = post.placements.get().attachment
    picture.alt = "A kingfisher"
    picture.save()
    record(kind="post.media", post_id=post.pk)
    indexed()
    assert (found(client, "q=heron"), found(client, "q=kingfisher")) == (
        [],
        ["Pictured"],
    )
