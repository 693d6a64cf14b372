"""What press releases have beside every post: on the form, in the room, by API."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from commonwire.publishing import work
from commonwire.publishing.actions import corrections
from commonwire.publishing.content import Revision
from commonwire.publishing.models import Correction, Post
from commonwire.publishing.release import Contact
from commonwire.publishing.release_forms import ZoneSelect
from tests.factories import a_post, a_release
from tests.publishing.program import faults

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = Contact(name="Ana Ro", phone="555-010-0100", email="ana@union.example")
LATER = "2040-03-03T06:00"


def form(**release):
    fields = {f"release-{name.replace('__', '-')}": v for name, v in release.items()}
    return {"kind": "release", "title": "A vote", "body": "A text.", **fields}


def said(contributor):
    return " ".join(contributor.answer.content.decode().split())


@pytest.mark.parametrize(
    ("release", "words"),
    [
        ({"status": "embargoed"}, "Say until when: day and time."),
        (
            {"status": "embargoed", "embargo_at": LATER},
            "Say in which time zone this is",
        ),
        (
            {"embargo_at": "2020-03-03T06:00", "embargo_zone": "UTC"},
            "This time is over already.",
        ),
        ({"embargo_at": LATER, "embargo_zone": "UTC"}, "Is the year right?"),
        (
            {"embargo_at": "2027-03-14T02:30", "embargo_zone": "America/New_York"},
            "There is no such hour on that day",
        ),
        ({"embargo_at": "9999-12-31T23:59", "embargo_zone": "Asia/Tokyo"}, "year"),
        ({"embargo_at": "soon", "embargo_zone": "UTC"}, "Write day and time like"),
        (
            {"status": "immediate", "embargo_at": LATER, "embargo_zone": "UTC"},
            "The status says that it may be used at once.",
        ),
        ({"issued": "yesterday"}, "Write the day like"),
        ({"kind": "correction"}, "A correction points at what it corrects"),
        (
            {"kind": "correction", "corrects": "http://testserver/2026/01/01/none/"},
            "There is no post at this address.",
        ),
        ({"contacts__0__email": "nobody"}, "Write it like press@union.example."),
    ],
)
@time_machine.travel("2026-11-29T12:00Z", tick=False)
def test_wrong_fields_are_told_in_words(contributor, release, words):
    if "embargo_at" in release:
        release = {"status": "embargoed", **release}
    contributor.preview(**form(**release))
    assert words in said(contributor)
    assert not Post.everything.exists()


@time_machine.travel("2026-11-29T12:00Z", tick=False)
def test_an_hour_that_comes_twice_is_the_later_one(office):
    embargo = {"embargo_at": "2027-11-07T01:30", "embargo_zone": "America/New_York"}
    sent = {"status": "embargoed", **embargo}
    told = office.publish(kind="release", release=sent).json()
    assert told["embargo_until"] == "2027-11-07T06:30:00+00:00"


def test_a_report_has_nothing_of_it(contributor):
    contributor.publish(**{**form(dateline="HERE"), "kind": "report"})
    assert Post.objects.get().release == {}


def test_a_correction_points_at_its_release_and_is_named_there(client, contributor):
    wrong = a_release("412 to 9")
    address = f"http://testserver{wrong.path}"
    contributor.publish(**form(kind="correction", corrects=address))
    right = Post.objects.exclude(pk=wrong.pk).get()
    assert right.corrects == wrong
    assert f'href="{right.path}"' in client.get(wrong.path).content.decode()
    assert address in client.get(right.path).content.decode()


def test_its_author_corrects_it_with_a_difference(contributor):
    contributor.publish(**form(dateline="HERE", contacts__0__name="Ana Ro"))
    post = Post.objects.get()
    contributor.enter().room(post, "correct").send(**{"release-dateline": "THERE"})
    correction = Correction.objects.get()
    assert (correction.before, correction.after) == (
        {"release.dateline": "HERE"},
        {"release.dateline": "THERE"},
    )
    assert correction.changes[0].name == "Dateline"
    post.refresh_from_db()
    assert post.as_release.contacts[0].name == "Ana Ro"


def test_a_contact_for_the_press_changes_without_anybody_seeing_it(contributor):
    only = {"contacts__0__name": "Ana Ro", "contacts__0__press_only": "on"}
    contributor.publish(**form(**only))
    post = Post.objects.get()
    contributor.enter().room(post, "correct")
    contributor.send(**{"release-contacts-0-phone": "555-010-0199"})
    post.refresh_from_db()
    assert post.press_contacts[0]["phone"] == "555-010-0199"
    assert not Correction.objects.exists()


def test_what_its_time_was_is_not_corrected(contributor):
    contributor.publish(**form())
    post = Post.objects.get()
    contributor.enter().room(post, "correct")
    contributor.send(**{"release-status": "embargoed", "release-embargo_at": LATER})
    post.refresh_from_db()
    assert (post.embargo_until, post.as_release.status) == (None, "immediate")


def test_editors_corrections_leave_the_rest_of_a_release_alone():
    post = a_release(dateline="HERE")
    corrections.correct(post=post, revision=Revision({"title": "T"}), by="editor")
    post.refresh_from_db()
    assert (post.title, post.as_release.dateline) == ("T", "HERE")


def test_withdrawing_takes_everything():
    post = a_release(dateline="HERE", press_contacts=[SECRET])
    corrections.withdraw(post=post)
    post.refresh_from_db()
    assert (post.release, post.press_contacts) == ({}, [])


# Contacts for the press


@pytest.fixture
def asked(contributor):
    post = a_release(press_contacts=[SECRET])
    return contributor.get(f"/press/{post.pk}/")


def test_press_contacts_are_not_on_the_page_that_asks(asked):
    assert "555-010-0100" not in said(asked)


def test_press_contacts_are_shown_after_some_seconds(asked):
    later = timezone.now() + timedelta(seconds=200)
    with time_machine.travel(later, tick=False):
        asked.send()
    assert "555-010-0100" in said(asked)
    assert "mailto:ana@union.example" in said(asked)


def test_press_contacts_are_shown_for_work(asked, program, monkeypatch):
    asked.send(altcha=program.work())
    assert "555-010-0100" in said(asked)


def test_work_counts_once(asked, program):
    path, proof = asked.where, program.work()
    asked.send(altcha=proof)
    asked.get(path).send(altcha=proof)
    assert "its proof of work was used before" in said(asked)
    assert "555-010-0100" not in said(asked)


def test_without_work_or_time_they_are_not_shown(asked):
    asked.send(altcha="made up")
    assert asked.status == 422
    assert "Not yet" in said(asked)


@pytest.mark.parametrize("act", ["none", "hidden", "withdrawn", "embargoed"])
def test_there_are_none_where_the_release_is_not_read(client, act):
    until = timezone.now() + timedelta(days=1) if act == "embargoed" else None
    post = a_release(press_contacts=[] if act == "none" else [SECRET], until=until)
    if act == "hidden":
        post.wire_class = "hidden"
        post.relist()
        post.save()
    if act == "withdrawn":
        corrections.withdraw(post=post)
    assert client.get(f"/press/{post.pk}/").status_code == 404


# By program


def test_a_program_sends_and_reads_a_release(office):
    sent = {
        "kind": "statement",
        "dateline": "HERE",
        "contacts": [
            {"name": "Bo Li", "email": "bo@union.example"},
            {"name": "Ana Ro", "phone": "555-010-0100", "press_only": True},
        ],
        "quotes": [{"words": "We won.", "speaker": "Bo Li"}],
        "boilerplates": [{"organisation": "The Union", "text": "It has members."}],
    }
    made = office.publish(kind="release", release=sent).json()
    got = office.get(f"posts/{made['id']}").json()["release"]
    assert (got["kind"], got["dateline"]) == ("statement", "HERE")
    assert [each["name"] for each in got["contacts"]] == ["Bo Li"]
    assert got["contacts"][0]["email"] == "bo [at] union.example"
    assert got["press_contacts"] == f"http://testserver/press/{made['id']}/"
    assert got["outputs"]["release.txt"].endswith("/release.txt")


def test_a_program_is_told_which_field_is_wrong(office):
    sent = {"status": "embargoed", "contacts": [{"email": "x"}], "issued": "x"}
    told = faults(office.publish(kind="release", release=sent))
    assert set(told) == {
        "release.embargo_at",
        "release.issued",
        "release.contacts[0].email",
    }


def test_a_report_with_a_release_is_refused(office):
    assert set(faults(office.publish(kind="report", release={}))) == {"release"}
    post = a_post(key="a b c d e f")
    answer = office.send(
        "PATCH", f"posts/{post.pk}", {"release": {}}, key="a b c d e f"
    )
    assert set(faults(answer)) == {"release"}


def test_a_program_corrects_a_release(office):
    made = office.publish(kind="release", release={"dateline": "HERE"}).json()
    path = f"posts/{made['id']}"
    fresh = {"release": {"dateline": "THERE"}, "note": "Wrong town"}
    answer = office.send("PATCH", path, fresh, key=made["key"])
    assert answer.json()["release"]["dateline"] == "THERE"
    assert answer.json()["corrections"][0]["fields"] == ["release.dateline"]


def test_the_description_names_every_field(office):
    described = office.get("openapi.json").json()["components"]["schemas"]
    assert {"embargo_at", "contacts", "quotes"} <= described["ReleaseSent"][
        "properties"
    ].keys()


def test_a_challenge_is_not_needed_to_read_the_page(client):
    post = a_release(dateline="HERE")
    page = client.get(post.path).content.decode()
    assert re.search(r'class="dateline">HERE —', page)
    assert work.ALGORITHM not in page


def test_the_zone_that_was_chosen_is_chosen_again_and_no_other():
    page = ZoneSelect(choices=[("", "—"), ("Asia/Tokyo", "Asia/Tokyo")]).render(
        "release-embargo_zone", "Asia/Tokyo", {"id": "zone"}
    )
    assert page == (
        '<select id="zone" name="release-embargo_zone"><option value="">—</option>\n'
        "<option selected>Asia/Tokyo</option></select>"
    )
