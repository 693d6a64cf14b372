# ruff: noqa: RUF001  letters and digits of every script
import xml.etree.ElementTree as ET

import pytest

from commonwire.calls.actions.organisations import change_organisation
from commonwire.changes.models import Change
from commonwire.delivery.pages.plain import Sitemaps
from tests.calls.factories import a_call
from tests.delivery.pages import NOTHING, forgotten, reaction
from tests.factories import NOON, a_section, an_organisation

SITE = "http://testserver"
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_change_of_a_post_takes_the_maps_that_show_it_away(any_post_change):
    assert reaction(Sitemaps(), any_post_change) == forgotten(
        "/sitemap.xml", "/sitemap-2026-01.xml"
    )


def test_other_changes_leave_them_alone(other_change):
    assert reaction(Sitemaps(), other_change) == NOTHING


def locations(client, name):
    found = ET.fromstring(client.get(f"/{name}.xml").content)
    return [each.text for each in found.iter() if each.tag.endswith("}loc")]


def test_lists_are_in_a_map_of_their_own(client):
    a_section("topic", "labor", "Labor")
    listed = locations(client, "sitemap-lists")

    assert f"{SITE}/sitemap-lists.xml" in locations(client, "sitemap")
    assert {f"{SITE}/calls/", f"{SITE}/calendar/", f"{SITE}/topics/labor/"} < {*listed}
    assert all(
        client.get(path.removeprefix(SITE)).status_code == 200 for path in listed
    )


def test_organisations_are_in_a_map_until_one_changes(client):
    local = an_organisation("Local 7")
    assert locations(client, "sitemap-organisations") == [f"{SITE}{local.path}"]

    change_organisation(organisation=local, seen=local.version, area="Riverton")
    change = Change.objects.latest("pk")
    assert reaction(Sitemaps(), change) == forgotten("/sitemap-organisations.xml")


def test_a_call_is_in_the_map_of_its_month(client):
    post = a_call(at=NOON).post

    assert f"{SITE}{post.path}" in locations(client, "sitemap-2026-01")


@pytest.mark.parametrize(
    "name", ["sitemap-2026-13", "sitemap-0000-01", "sitemap-２０２６-01"]
)
def test_a_map_of_no_month_is_not_found(client, name):
    assert client.get(f"/{name}.xml").status_code == 404
