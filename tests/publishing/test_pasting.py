"""A release is pasted into the form, without scripts."""

import pytest

from commonwire.kit.markup import MAX_BODY
from commonwire.publishing.models import Post
from tests.releases.expected import text_of

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
