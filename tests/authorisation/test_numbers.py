"""A number that no row can have names nothing, wherever it stands: it is never a 500."""

import re

import pytest

from commonwire.kit.numbers import LARGEST
from tests.authorisation.table import TABLE, Who

pytestmark = pytest.mark.django_db
LONG = [str(LARGEST), "9" * 25, "9" * 5_000]
ODD = ["-1", "²", "1_0"]
KINDS = ("post", "comment", "appeal", "correction", "flag", "decision")
INSIDERS = (Who.AUTHOR, Who.STEWARD)
NUMBERED = [row for row in TABLE if "<int:" in row.pattern]
# Where a form or a query names a row by its number, or asks for an amount.
QUERIES = [
    "/desk/?done={n}",
    "/desk/?after={n}-{n}",
    "/desk/comments/?after={n}",
    "/desk/posts/{post}/?done={n}",
    "/desk/features/new/?post={n}",
    "/flag/{post}/?comment={n}",
    "/publish/?anyway={n}",
    "/publish/comment/{post}/?parent={n}",
    "/api/v1/posts?limit={n}",
    "/api/v1/posts?after={n}-{n}",
    "/api/v1/posts?cursor={n}-{n}",
    "/search/?q=vote&page={n}",
]
FORMS = [
    ("/desk/looking/", {"post": "{n}", "shown": "{n}", "since": "{n}"}),
    ("/desk/act/", {"do": "place", "target": "post:{post}", "section": "{n}"}),
    ("/desk/act/", {"do": "local", "target": "post:{post}", "back": "/desk/?done={n}"}),
    ("/desk/act/", {"do": "x", "target": "post:1", "back": "/desk/posts/{n}/"}),
    ("/desk/features/new/", {"headline": "A", "posts": "{n}", "do": "save"}),
    ("/desk/settings/", {"appeal_hours": "{n}", "flood_rate": "{n}"}),
    ("/desk/settings/", {"room_for_files": "{n}"}),
    ("/desk/settings/sections/new/", {"name": "A", "kind": "topic", "position": "{n}"}),
    ("/desk/rules/new/", {"title": "A", "text": "A", "position": "{n}"}),
    ("/desk/screening/new/", {"kind": "words", "pattern": "a", "try": "{n}"}),
    ("/flag/{post}/", {"comment": "{n}", "note": "A note."}),
    (
        "/publish/{draft}/",
        {"title": "A", "body": "A", "anyway": "{n}", "do": "comment"},
    ),
    ("/publish/{draft}/", {"do": "remove-{n}", "remove": "{n}", "number": "{n}"}),
    ("/publish/{draft}/pictures/{picture}/cover/", {"face": "{n}", "faces": "{n}"}),
]
DECISION = ("post", "comment", "appeal", "correction", "number")


def numbers_instead(row, world, who, number):
    """The row's address with this number in each place where one stands."""
    names = dict.fromkeys(re.findall(r"{(\w+)}", row.address), None)
    known = world.names(who)
    mine = {
        name: number if isinstance(known[name], int) else known[name] for name in names
    }
    return row.address.format(**mine)


@pytest.mark.slow
@pytest.mark.parametrize(
    "row", NUMBERED, ids=lambda row: f"{row.address} {'/'.join(row.methods)}"
)
def test_an_address_with_a_long_number_is_that_of_nothing(row, world):
    for who in INSIDERS:
        for number in LONG[:2]:
            address = numbers_instead(row, world, who, number)
            for method in row.methods:
                kind = "application/json" if "/api/" in address else "text/plain"
                client = world.clients[who]
                reply = client.generic(method, address, "{}", content_type=kind)
                assert reply.status_code < 500, (method, address[:80])


@pytest.mark.slow
def test_a_query_with_a_long_number_is_answered(world):
    for who in INSIDERS:
        for query in QUERIES:
            for number in LONG + ODD:
                address = query.format(**world.names(who), n=number)
                status = world.clients[who].get(address).status_code
                assert status < 500, address[:80]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("address", "form"), FORMS, ids=lambda given: str(given).replace("/", "|")
)
def test_a_form_with_a_long_number_is_answered(address, form, world):
    for who in INSIDERS:
        for number in LONG + ODD:
            names = {**world.names(who), "n": number}
            sent = {name: words.format(**names) for name, words in form.items()}
            reply = world.clients[who].post(address.format(**names), sent)
            assert reply.status_code < 500, (address, number[:30])


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_the_desk_says_that_there_is_nothing_by_a_long_number(kind, world):
    client = world.clients[Who.EDITOR]
    for number in LONG + ODD:
        for queue in ("", "flags", "new"):
            for headers in ({}, {"Desk-Part": "1"}):
                form = {"target": f"{kind}:{number}", "queue": queue, "do": "hide"}
                reply = client.post("/desk/act/", form, headers=headers)
                assert reply.status_code == 422, (number[:30], queue, headers)


def test_a_flag_is_seen_while_another_name_is_nonsense(world):
    form = {"target": [f"post:{world.post.pk}", "post:" + "9" * 25], "do": "seen"}
    assert world.clients[Who.EDITOR].post("/desk/act/", form).status_code == 422


@pytest.mark.parametrize("field", DECISION)
def test_a_program_is_told_which_number_is_none(field, world):
    action = "undo" if field == "number" else "release"
    for number in (LARGEST, 10**25, -1):
        reply = world.clients[Who.EDITOR].post(
            "/api/v1/decisions",
            {"action": action, field: number},
            content_type="application/json",
        )
        assert (reply.status_code, reply.json()["errors"][0]["field"]) == (422, field)


def test_a_key_opens_nothing_by_a_long_number(world):
    paths = [f"/api/v1/posts/{number}" for number in LONG]
    replies = [world.clients[Who.AUTHOR].delete(path) for path in paths]
    assert [reply.status_code for reply in replies] == [403, 403, 404]


@pytest.mark.parametrize("length", LONG)
def test_a_file_of_a_long_length_is_refused(length, world):
    path = f"/publish/{world.secrets['draft']}/files/"
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": length}
    reply = world.clients[Who.NOBODY].post(path, headers=headers)
    assert 400 <= reply.status_code < 500 or reply.status_code == 507
