"""Inviting, removing and letting in again: who may, what it ends, what the log says."""

import pytest
from django.test import Client

from commonwire.accounts.actions import add_token
from commonwire.accounts.models import ApiToken, Editor, Invitation
from commonwire.accounts.queries import api_token
from commonwire.moderation.models import Decision
from commonwire.moderation.sentences import teller
from tests.accounts.editor_browser import EditorBrowser
from tests.factories import a_steward, an_editor

pytestmark = pytest.mark.django_db(transaction=True)


def browser_of(editor):
    browser = EditorBrowser(Client())
    browser.client.force_login(editor)
    return browser


@pytest.fixture
def grace():
    return a_steward("grace")


@pytest.fixture
def ada(grace):
    return an_editor("ada")


@pytest.fixture
def steward(grace):
    return browser_of(grace)


@pytest.fixture
def editor(ada):
    return browser_of(ada)


def invited(browser, role="editor"):
    """The path of the link that the page shows."""
    browser.post("/desk/editors/invite/", {"role": role})
    return browser.page.said("p", id="link")[0].removeprefix("http://testserver")


def log():
    """What the public log says, oldest first."""
    rows = Decision.objects.order_by("number")
    return [(row.act, row.signed_as, row.facts) for row in rows]


# Inviting


def test_an_editor_invites_an_editor_who_joins(editor):
    link = invited(editor)
    newcomer = EditorBrowser(Client()).join(link, name="n1", pseudonym="Newt")
    assert newcomer.heading == "How will you sign in?"
    assert not Editor.objects.get(pseudonym="Newt").is_steward
    assert newcomer.set_up_password().is_in
    assert log() == [
        ("invite-editor", "ada", {"role": "editor"}),
        ("admit-editor", "ada", {"editor": "Newt", "role": "editor"}),
    ]
    assert [teller().plain(row) for row in Decision.objects.order_by("number")] == [
        "ada invited somebody to be an editor",
        "ada let in Newt as an editor",
    ]


def test_an_invitation_is_used_once(editor):
    link = invited(editor)
    EditorBrowser(Client()).join(link, name="n1", pseudonym="Newt")
    again = EditorBrowser(Client()).join(link, name="n2", pseudonym="Toad")
    assert (again.status, Editor.objects.filter(pseudonym="Toad").exists()) == (
        403,
        False,
    )


def test_only_stewards_invite_stewards(editor, steward):
    editor.post("/desk/editors/invite/", {"role": "steward"})
    assert (editor.status, Invitation.objects.count(), log()) == (403, 0, [])
    link = invited(steward, role="steward")
    EditorBrowser(Client()).join(link, name="n1", pseudonym="Newt")
    assert Editor.objects.get(pseudonym="Newt").is_steward


def test_an_invitation_is_taken_back(editor):
    link = invited(editor)
    editor.post(f"/desk/editors/invitations/{Invitation.objects.get().pk}/cancel/", {})
    assert editor.where == "/desk/editors/"
    assert EditorBrowser(Client()).join(link).status == 403


def test_others_invitations_are_taken_back_by_stewards_only(grace, editor, steward):
    invited(steward)
    path = f"/desk/editors/invitations/{Invitation.objects.get().pk}/cancel/"
    assert editor.post(path, {}).status == 403
    assert steward.post(path, {}).status == 200
    assert not Invitation.objects.exists()


def test_only_a_hash_of_an_invitation_is_stored(editor):
    token = invited(editor).split("/")[-2]
    assert token not in str(Invitation.objects.values())


def test_who_comes_by_the_operator_s_link_signs_for_themself(browser, first_link):
    browser.join(first_link, pseudonym="Magpie")
    facts = {"editor": "Magpie", "role": "steward"}
    assert log() == [("admit-editor", "Magpie", facts)]
    assert teller().plain(Decision.objects.get()) == (
        "Magpie came in as a steward, by the operator’s link"
    )


@pytest.mark.parametrize(
    "name",
    ["Screening", "scr\u0435ening", "by screening, a program", "Gr\u0430ce", "gra ce"],
)
def test_nobody_signs_as_another_or_as_a_program(browser, first_link, grace, name):
    browser.join(first_link, pseudonym=name)
    assert (browser.status, Decision.objects.count()) == (422, 0)


# Removing


def test_who_is_removed_is_out_at_the_next_request(steward, editor, ada):
    assert editor.is_in
    steward.post(f"/desk/editors/{ada.pk}/remove/", {})
    assert (steward.where, editor.is_in) == ("/desk/editors/", False)
    assert log() == [("remove-editor", "grace", {"editor": "ada"})]


def test_removing_asks_first(steward, ada):
    assert steward.get(f"/desk/editors/{ada.pk}/remove/").heading == "Remove ada?"
    assert Editor.objects.get(pk=ada.pk).is_active


def test_what_they_could_come_back_by_ends_with_it(steward, editor, ada):
    link, token = invited(editor), add_token(name="importer", editor=ada)
    steward.post(f"/desk/editors/{ada.pk}/remove/", {})
    assert (api_token(token), ApiToken.objects.count()) == (None, 0)
    assert EditorBrowser(Client()).join(link).status == 403
    assert not ada.authenticator_set.exists()


def test_the_pseudonym_stays_under_decisions(steward, editor, ada):
    invited(editor)
    steward.post(f"/desk/editors/{ada.pk}/remove/", {})
    assert [signed_as for _act, signed_as, _facts in log()] == ["ada", "grace"]
    assert "ada" in steward.get("/desk/editors/").page.text


def test_who_is_let_in_again_sets_up_anew_and_old_sessions_stay_ended(
    steward, editor, ada
):
    steward.post(f"/desk/editors/{ada.pk}/remove/", {})
    steward.post(f"/desk/editors/{ada.pk}/let-in/", {})
    link = steward.page.said("p", id="link")[0].removeprefix("http://testserver")
    back = EditorBrowser(Client()).send(link)
    assert back.heading == "How will you sign in?"
    assert back.set_up_password().is_in
    assert not editor.is_in
    facts = {"editor": "ada", "role": "editor", "again": True, "was": "removed"}
    assert log()[1] == ("admit-editor", "grace", facts)


@pytest.mark.parametrize("act", ["remove", "role", "let-in"])
def test_editors_manage_nobody(editor, grace, act):
    path = f"/desk/editors/{grace.pk}/{act}/"
    assert (editor.get(path).status, editor.post(path, {}).status) == (403, 403)
    assert log() == []


# The last steward


@pytest.mark.parametrize(
    ("act", "form"), [("remove", {}), ("role", {"role": "editor"})]
)
def test_the_last_steward_stays(steward, grace, ada, act, form):
    steward.post(f"/desk/editors/{grace.pk}/{act}/", form)
    assert (steward.status, log()) == (409, [])
    assert "One steward has to stay" in steward.page.said("p", role="alert")[0]
    steward.post(f"/desk/editors/{ada.pk}/role/", {"role": "steward"})
    steward.post(f"/desk/editors/{grace.pk}/{act}/", form)
    assert [
        row.pseudonym for row in Editor.objects.filter(is_steward=True, is_active=True)
    ] == ["ada"]


def test_who_has_not_joined_is_no_second_steward(steward, grace):
    Editor.objects.filter(pk=an_editor("late", steward=True).pk).update(joined_at=None)
    assert steward.post(f"/desk/editors/{grace.pk}/remove/", {}).status == 409


def test_a_role_that_is_theirs_already_is_no_decision(steward, ada):
    steward.post(f"/desk/editors/{ada.pk}/role/", {"role": "editor"})
    assert log() == []


def test_readers_and_editors_see_no_sign_in_name(editor, steward, ada):
    Editor.objects.filter(pk=ada.pk).update(name="secret-sign-in")
    assert "secret-sign-in" not in editor.get("/desk/editors/").page.text
    assert "secret-sign-in" in steward.get("/desk/editors/").page.text
