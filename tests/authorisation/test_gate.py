"""The gate is closed where nobody said who may come in."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from commonwire.accounts.middleware import Gate
from commonwire.accounts.permissions import Permission, Role, may, may_invite, needs
from tests.factories import a_steward, an_editor

pytestmark = pytest.mark.django_db


def silent(request):
    return HttpResponse("inside")


@needs(Permission.CHANGE_RULES)
def of_stewards(request):
    return HttpResponse("inside")


def answer(view, *, by, address="/desk/silent/"):
    request = RequestFactory().get(address)
    request.user = by
    return Gate(lambda _request: None).process_view(request, view)


def test_a_view_that_says_nothing_is_closed_even_to_stewards():
    assert answer(silent, by=a_steward()).status_code == 403
    assert answer(silent, by=None).status_code == 403


def test_elsewhere_it_is_open():
    assert answer(silent, by=None, address="/publish/") is None


def test_a_permission_is_asked_of_the_role():
    assert answer(of_stewards, by=an_editor()).status_code == 403
    assert answer(of_stewards, by=a_steward()) is None


def test_a_script_that_asks_for_a_part_is_told_where_to_go():
    request = RequestFactory().get("/desk/stewards/", headers={"HX-Request": "true"})
    request.user = None
    reply = Gate(lambda _request: None).process_view(request, of_stewards)
    assert (reply.status_code, reply["HX-Redirect"]) == (
        401, "/desk/login/?next=%2Fdesk%2Fstewards%2F",
    )  # fmt: skip


def test_stewards_may_everything_and_who_was_removed_nothing():
    editor, steward = an_editor(), a_steward()
    assert all(may(steward, permission) for permission in Permission)
    steward.is_active = False
    assert [p for p in Permission if may(steward, p)] == [Permission.ANYONE]
    assert [p for p in Permission if may(None, p)] == [Permission.ANYONE]
    assert {p for p in Permission if not may(editor, p)} == {
        Permission.CHANGE_RULES,
        Permission.CHANGE_SETTINGS,
        Permission.INVITE_STEWARDS,
        Permission.MANAGE_EDITORS,
    }


def test_nobody_makes_more_of_anybody_than_they_are():
    editor, steward = an_editor(), a_steward()
    asked = [(who, role) for who in (editor, steward) for role in Role]
    assert [may_invite(*pair) for pair in asked] == [True, False, True, True]
