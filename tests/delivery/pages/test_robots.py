import pytest

from commonwire.delivery.pages.plain import Robots
from tests.delivery.pages import NOTHING, reaction

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_change_is_its_alone(any_change):
    assert reaction(Robots(), any_change) == NOTHING


def test_it_keeps_robots_from_forms_and_names_the_map(client):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    lines = answer.content.decode().splitlines()
    assert {"Disallow: /publish/", "Disallow: /key/", "Disallow: /desk/"} < set(lines)
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"
