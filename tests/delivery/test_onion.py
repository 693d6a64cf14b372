"""`Onion-Location`: Tor Browser is told where the same page is, by whoever answers."""

import pytest

from commonwire.delivery import headers
from commonwire.delivery.serving import file_headers

ONION = f"http://{'a' * 56}.onion"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def onion(settings):
    settings.ONION_URL = ONION


def test_a_page_of_the_tree_says_where_it_is_in_tor():
    said = dict(file_headers("/2026/01/16/a-vote/", (1, 1, 1)))
    assert said["Onion-Location"] == f"{ONION}/2026/01/16/a-vote/"


def test_a_form_does_too_without_its_query(client):
    answer = client.get("/publish/?from=flyer")
    assert answer["Onion-Location"] == f"{ONION}/publish/"


def test_letters_of_an_address_are_written_as_addresses_are():
    assert headers.onion_of("/topics/ñandú/") == (
        ("Onion-Location", f"{ONION}/topics/%C3%B1and%C3%BA/"),
    )


def test_pictures_and_feeds_do_not():
    for path in ("/media/a/1.jpg", "/feed.atom"):
        assert "Onion-Location" not in dict(file_headers(path, (1, 1, 1)))


def test_without_an_onion_service_nothing_is_said(client, settings):
    settings.ONION_URL = ""
    assert "Onion-Location" not in client.get("/publish/")
