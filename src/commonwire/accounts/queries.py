from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.utils import timezone

from commonwire.accounts import rules
from commonwire.accounts.models import (
    ApiToken,
    Editor,
    Invitation,
    SignInLink,
    token_hash,
)


def good_links(token: str) -> QuerySet[SignInLink]:
    """The link of this token, while it is good."""
    return SignInLink.objects.select_related("editor").filter(
        token_hash=token_hash(token),
        expires_at__gt=timezone.now(),
        editor__is_active=True,
    )


def good_invitations(token: str) -> QuerySet[Invitation]:
    return Invitation.objects.select_related("invited_by").filter(
        token_hash=token_hash(token),
        expires_at__gt=timezone.now(),
        invited_by__is_active=True,
    )


def open_invitations() -> QuerySet[Invitation]:
    return (
        Invitation.objects.select_related("invited_by")
        .filter(expires_at__gt=timezone.now())
        .order_by("expires_at")
    )


def editors() -> QuerySet[Editor]:
    """Everybody who has joined, those who were removed last."""
    found: QuerySet[Editor] = Editor.objects.exclude(joined_at=None)
    return found.order_by("-is_active", "pseudonym")


def other_stewards(editor: Editor) -> QuerySet[Editor]:
    """Who could let editors in without this one."""
    return editors().filter(is_active=True, is_steward=True).exclude(pk=editor.pk)


def can_sign_in(editor: Editor) -> bool:
    """Whether the editor has a passkey, or a password and an app's codes."""
    kinds = set(
        Authenticator.objects.filter(user=editor).values_list("type", flat=True)
    )
    if Authenticator.Type.WEBAUTHN in kinds:
        return True
    return Authenticator.Type.TOTP in kinds and editor.has_usable_password()


def can_sign_in_without(authenticator: Authenticator) -> bool:
    """Whether it may be taken away: another way has to be left."""
    editor = authenticator.user
    others = Authenticator.objects.filter(user=editor).exclude(pk=authenticator.pk)
    if others.filter(type=Authenticator.Type.WEBAUTHN).exists():
        return True
    has_app = others.filter(type=Authenticator.Type.TOTP).exists()
    return has_app and bool(editor.has_usable_password())


def name_is_taken(name: str, *, but_for: Editor | None = None) -> bool:
    others = Editor.objects.exclude(pk=but_for.pk if but_for else None)
    return bool(others.filter(name__iexact=name).exists())


def pseudonym_is_taken(pseudonym: str, *, but_for: Editor | None = None) -> bool:
    """Or one that readers would take for it."""
    others = Editor.objects.exclude(pk=but_for.pk if but_for else None)
    names = others.values_list("pseudonym", flat=True)
    return any(rules.same(pseudonym, name) for name in names)


def api_token(token: str) -> ApiToken | None:
    found = (
        ApiToken.objects.select_related("editor")
        .filter(token_hash=token_hash(token))
        .first()
    )
    if found and found.editor and not found.editor.is_active:
        return None
    return found
