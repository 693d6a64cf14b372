"""Every address of the desk, the API, the rooms and the form, for everybody."""

import pytest
from django.urls import URLResolver, get_resolver

from commonwire.accounts.permissions import needed_by
from tests.authorisation.table import IN, SIGN_IN, SIGNING_IN, TABLE, Row, Who

PUBLIC_PAGES = ""
FOREIGN = "…"


def addresses(entries=None, prefix=""):
    """The URL map, flat: each pattern with its view."""
    for entry in entries or get_resolver().url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, pattern)
        elif pattern != PUBLIC_PAGES:
            yield pattern, entry.callback


def row_of(pattern):
    return next(
        (
            row
            for row in TABLE
            if pattern == row.pattern
            or (
                row.pattern.endswith(FOREIGN)
                and pattern.startswith(row.pattern.removesuffix(FOREIGN))
            )
        ),
        None,
    )


def test_every_address_has_a_row():
    missing = [pattern for pattern, _view in addresses() if row_of(pattern) is None]
    assert missing == []


def test_every_row_has_an_address():
    there = [
        row_of(pattern).pattern for pattern, _view in addresses() if row_of(pattern)
    ]
    assert {row.pattern for row in TABLE} == set(there)


def test_every_view_of_the_desk_says_who_may():
    silent = [
        pattern
        for pattern, view in addresses()
        if pattern.lstrip("^").startswith("desk") and needed_by(view) is None
    ]
    assert silent == []


def answer(world, who, method, row):
    path = row.address.format(**world.names(who))
    client = world.clients[who]
    if method in {"GET", "POST"} and (method == "GET" or not _takes_json(path)):
        reply = getattr(client, method.lower())(path)
    else:
        reply = client.generic(method, path, "{}", content_type="application/json")
    reply.close()  # files are handed out in parts
    return said(reply)


def _takes_json(path):
    return path.startswith("/api/") and not path.endswith("/media")


def said(reply):
    if reply.get("Location", "").startswith("/desk/login/"):
        return SIGN_IN
    assert reply.get("Location") != "/desk/setup/"
    return reply.status_code


def is_as_expected(said, expected):
    if expected == IN:
        return said != SIGN_IN and said not in {401, 403, 404, 405, 410}
    return said == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    "row", TABLE, ids=lambda row: f"{row.address} {'/'.join(row.methods)}"
)
def test_everybody_gets_the_answer_of_the_table(row: Row, world):
    wrong = {}
    for method in row.methods:
        for who in Who:
            got = answer(world, who, method, row)
            if not is_as_expected(got, row.answers[who]):
                wrong[method, who] = (got, "not", row.answers[who])
    assert wrong == {}


@pytest.mark.django_db
def test_whoever_asks_only_whether_it_is_there_gets_the_answer_without_its_body(world):
    wrong = {}
    # Whoever signs in has a way of their own: allauth's forms.
    ours = [row for row in TABLE if "GET" in row.methods and row not in SIGNING_IN]
    for row in ours:
        for who in (Who.AUTHOR, Who.STEWARD):
            asked = [answer(world, who, method, row) for method in ("GET", "HEAD")]
            if asked[0] != asked[1]:
                wrong[row.address, who] = asked
    assert wrong == {}
