import pytest

from commonwire.delivery.pages.plain import Texts
from commonwire.delivery.printing import print_stale
from commonwire.moderation.actions import rulebook
from tests.delivery.pages import NOTHING, reaction
from tests.factories import a_rule, a_site, an_editor
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_change_is_theirs_alone(any_change):
    assert reaction(Texts(), any_change) == NOTHING


@pytest.mark.parametrize("name", ["about", "policy"])
def test_editors_words_are_on_them_soon(client, name):
    client.get(f"/{name}/")
    a_site(**{name: "Written by *hand*."})
    print_stale()
    assert b"Written by <em>hand</em>." in client.get(f"/{name}/").content


def test_the_privacy_page_names_every_stored_field(client):
    page = client.get("/privacy/").content.decode()
    assert "private, and wiped 30 days after publication" in page


def test_the_privacy_page_begins_with_what_contributors_ask_of(client):
    tables = Page(client.get("/privacy/").content).said("h2")
    assert tables[:5] == ["Post", "Draft", "Attachment", "Upload", "Key"]
    brought = {"Permission", "Group", "Content type", "Session"}
    ours = [number for number, name in enumerate(tables) if name == "Editor"]
    assert min(tables.index(name) for name in brought) > ours[0]


def test_the_rules_stand_under_the_policy_with_addresses_of_their_own(client):
    rule = a_rule("threats")
    page = Page(client.get("/policy/").content)
    assert page.one("dt", id="threats")["text"] == rule.title
    assert rule.text in page.said("dd")


def test_a_retired_rule_stands_below_those_in_force(client):
    rule = a_rule("threats")
    client.get("/policy/")
    rulebook.retire_rule(by=an_editor(), rule=rule)
    print_stale()
    page = Page(client.get("/policy/").content)
    assert "Rules that are no longer in force" in page.said("h2")
    assert page.all("dt")[-1]["attributes"]["id"] == "threats"
    assert "In force until" in page.said("dd")[-1]
