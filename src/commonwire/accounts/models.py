import hashlib
import secrets
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from commonwire.kit.fates import PRIVATE, PUBLIC, wiped

LINK_LIFE = timedelta(days=2)


def token_hash(token: str) -> str:
    """Tokens are 256 bits of chance: a plain hash of one gives nothing away."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    return secrets.token_urlsafe(32)


class Editor(AbstractBaseUser):
    """Somebody who sorts and hides; known to readers by the pseudonym only. Never
    deleted: their decisions stay under their pseudonym."""

    name = models.CharField(_("sign-in name"), max_length=80, unique=True)
    pseudonym = models.CharField(_("public pseudonym"), max_length=80, unique=True)
    is_steward = models.BooleanField(_("steward"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # When they chose their names; None while their first link waits for them.
    joined_at = models.DateTimeField(null=True, editable=False)
    # Sessions are bound to it: a new one ends them all.
    session_seed = models.CharField(max_length=64, default=new_token, editable=False)

    objects: ClassVar[Any] = BaseUserManager()

    USERNAME_FIELD = "name"

    class Fates:
        id = PRIVATE
        name = PRIVATE
        password = PRIVATE
        last_login = PRIVATE
        pseudonym = PUBLIC
        is_steward = PUBLIC
        is_active = PRIVATE
        created_at = PRIVATE
        joined_at = PRIVATE
        session_seed = wiped("when the editor signs out everywhere or is removed")

    def __str__(self) -> str:
        return self.pseudonym

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What Django compares with each request's session."""
        bound_to = f"{self.password}:{self.session_seed}"
        digest = salted_hmac(
            "commonwire.session", bound_to, secret=secret, algorithm="sha256"
        )
        return digest.hexdigest()


class SignInLink(models.Model):
    """A one-time way in for an editor; the link itself is not stored."""

    editor = models.ForeignKey(Editor, models.CASCADE, related_name="sign_in_links")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    class Fates:
        id = PRIVATE
        editor = PRIVATE
        token_hash = wiped("when the link is used, or two days after it was made")
        expires_at = PRIVATE

    def __str__(self) -> str:
        return f"link for {self.editor}"


class Invitation(models.Model):
    """An editor's word that somebody may become one; the link itself is not stored."""

    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        Editor, models.CASCADE, related_name="open_invitations"
    )
    is_steward = models.BooleanField(_("steward"), default=False)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    class Fates:
        id = PRIVATE
        token_hash = wiped("when the link is used or cancelled, or after two days")
        invited_by = PRIVATE
        is_steward = PRIVATE
        created_at = PRIVATE
        expires_at = PRIVATE

    def __str__(self) -> str:
        return f"invitation by {self.invited_by}"


class ApiToken(models.Model):
    """A program's way in, for an editor; the token itself is not stored."""

    name = models.CharField(max_length=80, unique=True)
    editor = models.ForeignKey(
        Editor, models.CASCADE, related_name="api_tokens", null=True
    )
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Fates:
        id = PRIVATE
        name = PRIVATE
        editor = PRIVATE
        token_hash = PRIVATE
        created_at = PRIVATE

    def __str__(self) -> str:
        return self.name
