"""Loads of pages by links with a code, from the thin front to the sums."""

import pytest

from commonwire.delivery import openings
from commonwire.delivery.openings import Openings, opening_of
from commonwire.publishing.actions.sources import name_source
from commonwire.publishing.models import SourceDay
from tests.factories import a_post


class Held(Openings):
    """Hands on when it is told to."""

    def _later(self, what):
        self.waiting = what


def request(path, query="from=flyer", method="GET", **headers):
    told = {"PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": method}
    return told | headers


@pytest.mark.django_db
def test_loads_are_counted_together():
    post = a_post()
    name_source(post=post, code="flyer")
    seen = Held()
    for _each in range(3):
        seen.see(request(post.path))
    seen.waiting()
    assert SourceDay.objects.get().count == 3


@pytest.mark.parametrize(
    "told",
    [
        request("/2026/01/16/a/", method="HEAD"),
        request("/2026/01/16/a/", HTTP_SEC_PURPOSE="prefetch"),
        request("/2026/01/16/a/", query="from="),
        request("/2026/13/45/a/"),
        request("/wire/"),
        request("/\xff/"),
    ],
)
def test_what_is_no_load_by_a_link_waits_for_nothing(told):
    seen = Held()
    seen.see(told)
    assert not seen._waits


def test_made_up_codes_fill_no_memory(monkeypatch):
    monkeypatch.setattr(openings, "MOST", 5)
    seen = Held()
    for number in range(50):
        seen.see(request("/2026/01/16/a/", query=f"from=code-{number}"))
    assert len(seen._seen) == 5


def test_addresses_in_any_script_are_known():
    raw = "/2026/01/16/أ/".encode().decode("latin-1")
    assert opening_of(raw, "from=x").slug == "أ"


@pytest.mark.django_db
def test_a_database_that_fails_fails_nobody(monkeypatch):
    def broken(**_told):
        raise RuntimeError

    monkeypatch.setattr(openings, "count_openings", broken)
    seen = Held()
    seen.see(request("/2026/01/16/a/"))
    seen.waiting()
    assert not seen._waits
