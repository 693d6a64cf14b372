"""A release is pasted into the form, without scripts."""

import re

import pytest

from commonwire.kit.markup import MAX_BODY
from commonwire.publishing import pasting
from commonwire.publishing.models import Post
from commonwire.publishing.reading.release import read
from tests.releases.expected import NAMES, text_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pasted(contributor):
    contributor.open()
    return contributor.send(do="read", pasted=text_of("01-plain-caps"))


def test_a_pasted_release_fills_the_form(pasted):
    typed = pasted.typed
    assert typed["title"] == "HARBOUR WAREHOUSE WORKERS VOTE TO STRIKE"
    assert typed["byline"] == "Harbour Warehouse Workers Union"
    assert typed["release-subheadline"] == "412 to 9 for walking out on Monday"
    assert typed["release-dateline"] == "SALT BAY, March 3"
    assert typed["release-issued"] == "2026-03-03"
    assert typed["release-quotes-0-speaker"] == "Rosa Okafor"
    assert typed["release-contacts-0-phone"] == "(555) 010-0144"


def test_it_says_what_it_took_from_where(pasted):
    assert "Title: taken from line 8" in pasted.notices
    assert "Press contacts: taken from lines 4 to 6" in pasted.notices
    assert "Quote of Rosa Okafor: taken from lines 15 to 16" in pasted.notices


def test_what_was_read_is_published_as_it_stands(pasted):
    pasted.publish()
    post = Post.objects.get()
    assert (post.kind, post.as_release.dateline) == ("release", "SALT BAY, March 3")
    assert post.as_release.contacts[0].name == "Maria Gonzalez"
    assert post.body.startswith("Workers at the Meridian warehouse")


def test_the_paragraph_after_the_dateline_is_not_broken(pasted):
    first, _gap, _rest = pasted.typed["body"].replace("\r", "").partition("\n\n")
    assert "\n" not in first
    assert first.endswith("their union said.")


def test_everything_can_be_changed_before(pasted):
    name = "release-contacts-0-name"
    pasted.publish(**{"release-dateline": "ELSEWHERE", name: "Somebody Else"})
    told = Post.objects.get().as_release
    assert (told.dateline, told.contacts[0].name) == ("ELSEWHERE", "Somebody Else")


def test_what_is_typed_already_stays(contributor):
    contributor.open()
    contributor.send(do="read", title="My title", pasted=text_of("01-plain-caps"))
    assert contributor.typed["title"] == "My title"
    assert "You had typed this already, and it stays: Title" in contributor.notices


def test_what_has_no_field_is_said_and_not_lost(contributor):
    contributor.open().send(do="read", pasted=text_of("17-letterhead"))
    (told,) = [n for n in contributor.notices if "its letterhead" in n]
    assert "40 Depot Road" in told


def test_a_text_in_no_layout_becomes_the_body(contributor):
    contributor.open().send(do="read", pasted="just a few words, no more")
    assert contributor.typed["body"] == "just a few words, no more"


def test_nothing_pasted_is_said_so(contributor):
    contributor.open().send(do="read", pasted="  ")
    assert contributor.status == 422
    assert b"Nothing was pasted" in contributor.answer.content


def test_what_is_much_too_long_is_refused_with_its_length(contributor):
    contributor.open().send(do="read", pasted="x" * (MAX_BODY + 1))
    assert str(MAX_BODY + 1) in contributor.answer.content.decode()


def test_a_draft_can_be_filled_by_pasting_too(contributor):
    contributor.preview(title="", body="", byline="Us", contact="x", summary="S")
    contributor.send(do="read", pasted=text_of("02-embargo-eastern"))
    assert contributor.typed["release-embargo_at"] == "2026-02-10T06:00"
    assert contributor.typed["release-embargo_zone"] == "America/New_York"


# What labels say is said by the field; small words join what became two fields.
LABELS = """
    about acerca and at contact contacto contactos dateline de el email for further
    headline information información la media medios more más on or para phone please
    prensa press sobre subhead tel the
"""
SAID = {"status", "kind", "issued", "end"}


def words(told):
    if isinstance(told, dict):
        return words(list(told.values()))
    if isinstance(told, list):
        return set().union(*map(words, told))
    return set(re.findall(r"[^\W_]{2,}", str(told).lower()))


def labels_of(text):
    return words([row for field, row in read(text).pieces if field in SAID])


@pytest.mark.parametrize("kind", ["release", "call"])
def test_every_word_is_in_a_field_or_told(kind):
    lost = {}
    for name in NAMES:
        content, text = {"kind": kind}, text_of(name)
        notices = pasting.fill(content, text)
        labels = labels_of(text) | words(LABELS)
        lost[name] = words(text) - words([content, notices]) - labels
    assert lost == {name: set() for name in NAMES}


@pytest.mark.parametrize(
    ("row", "name", "office"),
    [
        ("Ana Ro, coordinadora de comunicación", "Ana Ro", "coordinadora de comunica"),
        ("Sam Wood (he/him), 555-010-0155 (cell)", "Sam Wood (he/him)", ""),
        ("Bo Lee, 555-010-0155, 555-010-0156", "Bo Lee", ""),
    ],
)
def test_no_word_of_a_contact_is_lost(row, name, office):
    content = {}
    notices = pasting.fill(content, f"A title\n\nCONTACT: {row}\n\nThe text of it.\n")
    (contact,) = content["release"]["contacts"]
    assert contact["name"] == name
    assert contact["office"].startswith(office)
    assert words(row) - {"cell"} <= words([contact, notices])


def test_a_call_keeps_what_only_releases_have_a_field_for(contributor):
    contributor.open().send(do="read", kind="call", pasted=text_of("01-plain-caps"))
    assert contributor.typed["summary"] == "412 to 9 for walking out on Monday"
    assert contributor.typed["body"].startswith("SALT BAY, March 3 — Workers")
    assert "Summary: taken from line 9" in contributor.notices
    assert not [n for n in contributor.notices if n.startswith("Dateline")]


@pytest.mark.parametrize("kind", ["call", "release"])
def test_an_embargo_without_its_time_is_asked_for(contributor, kind):
    pasted = f"EMBARGO ends soon\n\n{text_of('11-call-asks')}"
    contributor.open().send(do="read", kind=kind, pasted=pasted)
    (told,) = [n for n in contributor.notices if "under embargo" in n]
    assert "set the day and the time" in told
