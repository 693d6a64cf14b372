"""Links lead to the form of one kind."""

import pytest

from commonwire.publishing.queries import the_site
from tests.page import Page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["report", "release", "event", "call"])
def test_a_link_chooses_the_kind(client, kind):
    page = Page(client.get("/publish/", {"kind": kind}).content)
    assert page.fields["kind"] == [kind]


def test_a_strange_kind_is_a_report(client):
    page = Page(client.get("/publish/?kind=%00poem").content)
    assert page.fields["kind"] == ["report"]


def test_words_of_another_kind_stay_with_their_draft_and_are_shown_to_nobody_else(
    contributor, client
):
    own = {
        "call-know": "Bring water.",
        "event-place": "Hall",
        "release-dateline": "RIVER",
    }
    contributor.preview(kind="report", title="A title", body="A text.", **own)
    for fields, expected in (
        (contributor.page.fields, list(own.values())),
        (Page(client.get("/publish/").content).fields, ["", "", ""]),
    ):
        assert [fields[name][0] for name in own] == expected


def test_the_fields_of_other_kinds_are_drawn_once(contributor, monkeypatch):
    contributor.preview(kind="report", title="A title", body="A text.")
    monkeypatch.setattr("commonwire.web.templatetags.kinds.render_to_string", None)
    contributor.preview(kind="report", title="Another title", body="A text.")
    assert contributor.page.fields["title"] == ["Another title"]
    assert "call-know" in contributor.page.fields


def test_other_kinds_follow_the_clock_of_the_site(client):
    Page(client.get("/publish/").content)
    site = the_site()
    site.time_zone = "Asia/Kathmandu"
    site.save()
    fields = Page(client.get("/publish/").content).fields
    assert (fields["call-zone"], fields["event-zone"]) == ([site.time_zone],) * 2
