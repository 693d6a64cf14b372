"""Who edits: acts of power like the others, and written down like them. Editors stand in
the log under their pseudonyms, as they do under every decision."""

from django.db import transaction

from commonwire.accounts import actions as accounts
from commonwire.accounts.actions import Joined
from commonwire.accounts.models import Editor
from commonwire.accounts.permissions import Role, role_of
from commonwire.moderation.actions.deciding import decide
from commonwire.moderation.states import Act


@transaction.atomic
def invite(*, by: Editor, role: Role) -> str:
    """The path of a one-time link for somebody new."""
    path = accounts.invite(by=by, role=role)
    decide(act=Act.INVITE_EDITOR, by=by, facts={"role": str(role)})
    return path


@transaction.atomic
def admit(*, token: str, name: str, pseudonym: str) -> Joined | None:
    """Let in whom the link is for, under the names they chose; None when it is no good.

    Who was invited is let in by who invited them; who came by the operator's link signs
    for themself.
    """
    joined = accounts.join(token=token, name=name, pseudonym=pseudonym)
    if joined is None:
        return None
    facts = {"editor": joined.editor.pseudonym, "role": str(role_of(joined.editor))}
    decide(act=Act.ADMIT_EDITOR, by=joined.invited_by or joined.editor, facts=facts)
    return joined


@transaction.atomic
def remove(*, by: Editor, editor: Editor) -> None:
    accounts.remove_editor(by=by, editor=editor)
    decide(act=Act.REMOVE_EDITOR, by=by, facts={"editor": editor.pseudonym})


@transaction.atomic
def let_in_again(*, by: Editor, editor: Editor) -> str:
    """The path of a one-time link for an editor who is out, or has lost every way in."""
    was = "editor" if editor.is_active else "removed"
    path = accounts.let_in_again(by=by, editor=editor)
    facts = {
        "editor": editor.pseudonym,
        "role": str(role_of(editor)),
        "again": True,
        "was": was,
    }
    decide(act=Act.ADMIT_EDITOR, by=by, facts=facts)
    return path


@transaction.atomic
def change_role(*, by: Editor, editor: Editor, role: Role) -> None:
    """Nothing, when that is their role already."""
    was = role_of(editor)
    if was is role:
        return
    accounts.change_role(by=by, editor=editor, role=role)
    facts = {"editor": editor.pseudonym, "was": str(was), "became": str(role)}
    decide(act=Act.CHANGE_ROLE, by=by, facts=facts)
