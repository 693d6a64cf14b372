"""Who edits: acts of power like the others, and written down like them."""

from django.db import transaction

from commonwire.accounts import actions as accounts
from commonwire.accounts.actions import Joined
from commonwire.accounts.models import Editor
from commonwire.accounts.permissions import Role, role_of


@transaction.atomic
def invite(*, by: Editor, role: Role) -> str:
    """The path of a one-time link for somebody new."""
    return accounts.invite(by=by, role=role)


@transaction.atomic
def admit(*, token: str, name: str, pseudonym: str) -> Joined | None:
    """Let in whom the link is for, under the names they chose; None when it is no good."""
    return accounts.join(token=token, name=name, pseudonym=pseudonym)


@transaction.atomic
def remove(*, by: Editor, editor: Editor) -> None:
    accounts.remove_editor(by=by, editor=editor)


@transaction.atomic
def let_in_again(*, by: Editor, editor: Editor) -> str:
    """The path of a one-time link for an editor who is out, or has lost every way in."""
    return accounts.let_in_again(by=by, editor=editor)


@transaction.atomic
def change_role(*, by: Editor, editor: Editor, role: Role) -> None:
    """Nothing, when that is their role already."""
    if role_of(editor) is not role:
        accounts.change_role(by=by, editor=editor, role=role)
