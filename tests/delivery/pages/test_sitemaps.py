# ruff: noqa: RUF001  letters and digits of every script
import pytest

from commonwire.delivery.pages.plain import Sitemaps
from tests.delivery.pages import NOTHING, forgotten, reaction

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_change_of_a_post_takes_the_maps_that_show_it_away(any_post_change):
    assert reaction(Sitemaps(), any_post_change) == forgotten(
        "/sitemap.xml", "/sitemap-2026-01.xml"
    )


def test_other_changes_leave_them_alone(other_change):
    assert reaction(Sitemaps(), other_change) == NOTHING


@pytest.mark.parametrize(
    "name", ["sitemap-2026-13", "sitemap-0000-01", "sitemap-２０２６-01"]
)
def test_a_map_of_no_month_is_not_found(client, name):
    assert client.get(f"/{name}.xml").status_code == 404
