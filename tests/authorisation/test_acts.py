"""Every act behind `/desk/act/` and `/api/v1/decisions`, for everybody."""

import pytest

from commonwire.accounts import permissions
from commonwire.accounts.permissions import Permission, Role
from commonwire.moderation import api
from commonwire.moderation.forms import orders
from commonwire.moderation.models import Decision
from tests.authorisation.acts import (
    ACTS,
    BY_BUTTON,
    BY_PROGRAM,
    ELSEWHERE,
    WHY,
    a_hiding,
)
from tests.authorisation.table import Who
from tests.authorisation.test_table import said

BUTTONS = set(orders._ACTS)
PROGRAMS = {*(act.value for act in api.ACTIONS), api.UNDO}
DONE_BY_BUTTON = sorted(BUTTONS - ELSEWHERE)


def by_button(client, word, about):
    form = {"target": about, "do": word, "rule": "advertising", "reason": WHY}
    return client.post("/desk/act/", form)


def by_program(client, word, about):
    kind, _colon, number = about.partition(":")
    field = {"decision": "number"}.get(kind, kind)
    sent = {"action": word, field: int(number), "rule": "advertising", "reason": WHY}
    return client.post("/api/v1/decisions", sent, content_type="application/json")


def outcome(world, who, way, word, about=None):
    """What is answered, and whether a decision comes of it."""
    about = (about or ACTS[word].about)(world.colleague)
    before = Decision.objects.count()
    reply = way(world.clients[who], word, about)
    return said(reply), Decision.objects.count() > before


def with_only(monkeypatch, *held):
    monkeypatch.setitem(permissions._HELD, Role.EDITOR, frozenset(held))


def test_every_act_has_a_row():
    assert set(ACTS) | ELSEWHERE == BUTTONS | PROGRAMS


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("word", DONE_BY_BUTTON)
def test_editors_alone_do_it_by_a_button(word, world):
    assert {who: outcome(world, who, by_button, word) for who in Who} == BY_BUTTON


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("word", sorted(PROGRAMS))
def test_editors_alone_do_it_by_a_program(word, world):
    assert {who: outcome(world, who, by_program, word) for who in Who} == BY_PROGRAM


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("word", DONE_BY_BUTTON)
def test_a_button_asks_for_the_permission_of_its_act(monkeypatch, word, world):
    needed = ACTS[word].permission
    with_only(monkeypatch, *set(Permission) - {needed})
    assert outcome(world, Who.EDITOR, by_button, word) == (422, False)
    with_only(monkeypatch, Permission.READ, needed)
    assert outcome(world, Who.EDITOR, by_button, word) == (303, True)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("word", sorted(PROGRAMS))
def test_a_program_is_asked_for_the_permission_of_its_act(monkeypatch, word, world):
    needed = ACTS[word].permission
    with_only(monkeypatch, *set(Permission) - {needed})
    assert outcome(world, Who.EDITOR, by_program, word) == (403, False)
    with_only(monkeypatch, Permission.READ, needed)
    assert outcome(world, Who.EDITOR, by_program, word) == (201, True)


@pytest.mark.django_db
@pytest.mark.parametrize("way", [by_button, by_program])
def test_who_may_only_sort_takes_no_hiding_back(monkeypatch, way, world):
    with_only(monkeypatch, Permission.READ, Permission.SORT)
    assert outcome(world, Who.EDITOR, way, "undo", a_hiding)[1] is False
    with_only(monkeypatch, Permission.READ, Permission.HIDE)
    assert outcome(world, Who.EDITOR, way, "undo", a_hiding)[1] is True


@pytest.mark.django_db
def test_what_has_a_page_of_its_own_is_done_by_no_button(world):
    about = ACTS["hide"].about
    done = {
        word: outcome(world, Who.STEWARD, by_button, word, about) for word in ELSEWHERE
    }
    assert done == dict.fromkeys(ELSEWHERE, (422, False))
