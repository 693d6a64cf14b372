import secrets
from dataclasses import dataclass
from importlib import import_module

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from commonwire.accounts import queries, rules
from commonwire.accounts.models import (
    LINK_LIFE,
    ApiToken,
    Editor,
    Invitation,
    SignInLink,
    new_token,
    token_hash,
)
from commonwire.accounts.permissions import Role, may_invite
from commonwire.changes import locks


class NameTaken(ValueError):
    """An editor or token of this name exists."""


class NotAllowed(ValueError):
    """Who asked for it may not, or it would leave the site without a steward."""


@dataclass(frozen=True)
class Joined:
    """Somebody came in by a link; ``invited_by``: None when the operator made it."""

    editor: Editor
    invited_by: Editor | None
    # They have been here before, and set up their sign-in anew.
    again: bool = False


# Coming in


@transaction.atomic
def add_editor(*, name: str, steward: bool = False) -> Editor:
    """A new editor who cannot sign in yet; give them a sign-in link."""
    if queries.name_is_taken(name):
        raise NameTaken(f"there is an editor named {name!r} already")
    # They choose the public name themselves, with the link.
    pseudonym = f"editor {secrets.token_hex(4)}"
    editor = Editor(name=name, pseudonym=pseudonym, is_steward=steward)
    editor.set_unusable_password()
    editor.save(force_insert=True)
    return editor


@transaction.atomic
def make_sign_in_link(*, editor: Editor) -> str:
    """The path of a fresh one-time link; earlier ones of this editor stop working."""
    SignInLink.objects.filter(editor=editor).delete()
    token = new_token()
    SignInLink.objects.create(
        editor=editor,
        token_hash=token_hash(token),
        expires_at=timezone.now() + LINK_LIFE,
    )
    return _path(token)


@transaction.atomic
def invite(*, by: Editor, role: Role) -> str:
    """The path of a one-time link for somebody new."""
    if not may_invite(by, role):
        raise NotAllowed
    token = new_token()
    Invitation.objects.create(
        token_hash=token_hash(token),
        invited_by=by,
        is_steward=role is Role.STEWARD,
        expires_at=timezone.now() + LINK_LIFE,
    )
    return _path(token)


@transaction.atomic
def cancel_invitation(*, by: Editor, invitation: Invitation) -> None:
    if invitation.invited_by != by and not by.is_steward:
        raise NotAllowed
    invitation.delete()


@transaction.atomic
def use_sign_in_link(*, token: str) -> Joined | None:
    """Whom the link lets in, once; None when it was used or is too old.

    It is a new beginning: whatever opened the desk to them before, opens it no more.
    """
    link = queries.good_links(token).select_for_update().first()
    if link is None or link.editor.joined_at is None:
        return None
    link.delete()
    _forget_ways_in(link.editor)
    link.editor.save()
    return Joined(link.editor, None, again=True)


@transaction.atomic
def join(*, token: str, name: str, pseudonym: str) -> Joined | None:
    """Come in for the first time, under names of one's own. None when the link was used
    or is too old; raises NameTaken, and then the link is as good as before."""
    joined = _newcomer(token)
    if joined is None:
        return None
    editor = joined.editor
    name, pseudonym = rules.cleaned(name), rules.cleaned(pseudonym)
    if fault := rules.fault_in_names(name, pseudonym):
        raise ValueError(fault)
    if queries.name_is_taken(name, but_for=editor):
        raise NameTaken(name)
    if queries.pseudonym_is_taken(pseudonym, but_for=editor):
        raise NameTaken(pseudonym)
    editor.name, editor.pseudonym = name, pseudonym
    editor.joined_at = timezone.now()
    editor.save()
    return joined


def _newcomer(token: str) -> Joined | None:
    """Uses a link up."""
    link = queries.good_links(token).select_for_update().first()
    if link is not None and link.editor.joined_at is None:
        link.delete()
        return Joined(link.editor, None)
    invitation = queries.good_invitations(token).select_for_update().first()
    if invitation is None:
        return None
    invitation.delete()
    editor = Editor(is_steward=invitation.is_steward)
    editor.set_unusable_password()
    return Joined(editor, invitation.invited_by)


# Going out


@transaction.atomic
def end_sessions(*, editor: Editor) -> None:
    """Every browser where they are signed in is signed out at its next request."""
    editor.session_seed = new_token()
    editor.save(update_fields=["session_seed"])


@transaction.atomic
def remove_editor(*, by: Editor, editor: Editor) -> None:
    """Out at once, everywhere, with all they could come back by. The pseudonym stays
    under their decisions."""
    _check_steward(by)
    _keep_a_steward(editor)
    editor.is_active = False
    _forget_ways_in(editor)
    editor.save()
    editor.api_tokens.all().delete()
    editor.open_invitations.all().delete()
    editor.sign_in_links.all().delete()


@transaction.atomic
def let_in_again(*, by: Editor, editor: Editor) -> str:
    """The path of a link for an editor who was removed or has lost every way in."""
    _check_steward(by)
    editor.is_active = True
    editor.save(update_fields=["is_active"])
    return make_sign_in_link(editor=editor)


@transaction.atomic
def change_role(*, by: Editor, editor: Editor, role: Role) -> None:
    _check_steward(by)
    if role is not Role.STEWARD:
        _keep_a_steward(editor)
    editor.is_steward = role is Role.STEWARD
    editor.save(update_fields=["is_steward"])


def _check_steward(by: Editor) -> None:
    if not (by.is_active and by.is_steward):
        raise NotAllowed


def _keep_a_steward(editor: Editor) -> None:
    """Somebody has to be left who can let editors in, also when two stewards go at the
    same moment."""
    locks.take_turns("stewards")
    if editor.is_steward and not queries.other_stewards(editor).exists():
        raise NotAllowed


def _forget_ways_in(editor: Editor) -> None:
    Authenticator.objects.filter(user=editor).delete()
    editor.set_unusable_password()
    editor.session_seed = new_token()


# Programs


@transaction.atomic
def add_token(*, name: str, editor: Editor | None) -> str:
    """A new API token, returned once and stored as a hash."""
    if ApiToken.objects.filter(name=name).exists():
        raise NameTaken(f"there is a token named {name!r} already")
    token = new_token()
    ApiToken.objects.create(name=name, editor=editor, token_hash=token_hash(token))
    return token


# Forgetting


def sweep_links() -> None:
    for links in (SignInLink, Invitation):
        links.objects.filter(expires_at__lt=timezone.now()).delete()


def sweep_sessions() -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def _path(token: str) -> str:
    return f"/desk/sign-in/{token}/"
