from django.db import transaction
from django.utils import timezone

from commonwire.accounts.models import (
    LINK_LIFE,
    ApiToken,
    Editor,
    SignInLink,
    new_token,
    token_hash,
)


class NameTaken(ValueError):
    """An editor or token of this name exists."""


@transaction.atomic
def add_editor(*, name: str, steward: bool = False) -> Editor:
    """A new editor, without a password; give them a sign-in link."""
    if Editor.objects.filter(name=name).exists():
        raise NameTaken(f"there is an editor named {name!r} already")
    editor = Editor(name=name, pseudonym=name, is_steward=steward)
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
    return f"/desk/sign-in/{token}/"


@transaction.atomic
def use_sign_in_link(*, token: str) -> Editor | None:
    """Whom the link lets in, once; None when it was used or is too old."""
    link = (
        SignInLink.objects.select_related("editor")
        .filter(token_hash=token_hash(token), expires_at__gt=timezone.now())
        .first()
    )
    if link is None or not link.editor.is_active:
        return None
    link.delete()
    return link.editor


@transaction.atomic
def add_token(*, name: str, editor: Editor | None) -> str:
    """A new API token, returned once and stored as a hash."""
    if ApiToken.objects.filter(name=name).exists():
        raise NameTaken(f"there is a token named {name!r} already")
    token = new_token()
    ApiToken.objects.create(name=name, editor=editor, token_hash=token_hash(token))
    return token


def sweep_links() -> None:
    SignInLink.objects.filter(expires_at__lt=timezone.now()).delete()
