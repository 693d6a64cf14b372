"""A map of the place: only from whom the operator chose, and only after a click."""

import pytest

from commonwire.delivery.pages.post import post_page
from commonwire.publishing import queries
from tests.calendar import an_event
from tests.page import Page

pytestmark = pytest.mark.django_db
FRAME = "https://maps.example.org/at?m={lat},{lon}&box={west},{south},{east},{north}"


def page_of(post):
    return Page(post_page(queries.post_at(post.day, post.slug)))


def policy(page):
    (told,) = [
        each["attributes"]["content"]
        for each in page.all("meta")
        if each["attributes"].get("http-equiv") == "Content-Security-Policy"
    ]
    return told


def test_a_map_waits_for_a_click_and_its_host_alone_is_let_in(settings):
    settings.MAP_FRAME = FRAME
    page = page_of(an_event(place="Depot", position="44.97, -93.26"))
    figure = page.one("figure")["attributes"]
    assert figure["data-frame"] == (
        "https://maps.example.org/at?m=44.97,-93.26&box=-93.265,44.965,-93.255,44.975"
    )
    assert policy(page) == "frame-src https://maps.example.org "
    assert not page.all("iframe")


def test_without_a_server_or_a_position_there_is_none(settings):
    located = an_event(place="Depot", position="44.97, -93.26")
    settings.MAP_FRAME = ""
    assert policy(page_of(located)) == "frame-src 'none'"
    settings.MAP_FRAME = FRAME
    assert policy(page_of(an_event(place="Depot"))) == "frame-src 'none'"
