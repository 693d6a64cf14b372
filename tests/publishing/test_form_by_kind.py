"""Links lead to the form of one kind."""

import pytest

from tests.page import Page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["report", "release", "event", "call"])
def test_a_link_chooses_the_kind(client, kind):
    page = Page(client.get("/publish/", {"kind": kind}).content)
    assert page.fields["kind"] == [kind]


def test_a_strange_kind_is_a_report(client):
    page = Page(client.get("/publish/?kind=%00poem").content)
    assert page.fields["kind"] == ["report"]
