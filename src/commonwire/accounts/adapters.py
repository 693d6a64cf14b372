"""What allauth is told to do otherwise: no addresses, no mail, no strangers, no host
but the site's own."""

import hashlib
from base64 import urlsafe_b64encode
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from commonwire.accounts.queries import can_sign_in_without
from commonwire.kit.buckets import network_of

DESK = "/desk/"
# Everybody who comes through an onion service has one network; a guesser there must
# not lock all of them out, nor guess without limit.
_PARTS_OF_A_SHARED_NETWORK = 50


class SignIn(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _(
            "This name and this password do not belong together."
        ),
        "too_many_login_attempts": _(
            "Too many tries. Wait five minutes, then try again."
        ),
        "rate_limited": _("Too many tries. Wait five minutes, then try again."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """For the limits of tries: a hash that lives in memory for a day, no address."""
        network = network_of(request.META)
        if not network.shared:
            return network.key
        name = request.POST.get("login", "").strip().casefold()
        part = hashlib.sha256(name.encode()).digest()[0] % _PARTS_OF_A_SHARED_NETWORK
        return f"{network.key}-{part}"

    def get_http_user_agent(self, request: HttpRequest) -> str:
        return ""

    def _get_login_attempts_cache_key(
        self, request: HttpRequest, **credentials: Any
    ) -> str:
        """allauth puts the Host header before the name: whoever guesses chooses it."""
        return str(credentials.get("username", "")).casefold()

    def is_safe_url(self, url: str) -> bool:
        """Where ``?next=`` may lead: to the desk and nowhere else."""
        if not url.startswith(DESK) or "\\" in url or ".." in url:
            return False
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def add_message(
        self, request: HttpRequest, level: int, *args: Any, **kw: Any
    ) -> None:
        """Pages say themselves what was done; only what went wrong is passed on."""
        if level >= messages.ERROR:
            super().add_message(request, level, *args, **kw)

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        raise NotImplementedError("nobody has a mail address here")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/desk/security/"

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The passkey first, if there is one."""
        methods = super().get_reauthentication_methods(user)
        words = {
            "reauthenticate": _("with your password"),
            "mfa_reauthenticate": _("with a code"),
            "mfa_reauthenticate:webauthn": _("with a passkey"),
        }
        return sorted(
            ({**method, "description": words[method["id"]]} for method in methods),
            key=lambda method: method["id"] != "mfa_reauthenticate:webauthn",
        )


class SecondFactor(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That was not right. Try again."),
        "cannot_delete_authenticator": _(
            "This is your last way to sign in. Set up another one first."
        ),
    }

    def get_totp_issuer(self) -> str:
        return f"{_host()} desk"

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site's own address, whatever a Host header says."""
        return {"id": _host(), "name": self.get_totp_issuer()}

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            # The secret key is another one: no code is right, and a fresh link helps.
            raise self.validation_error("incorrect_code") from error

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        return can_sign_in_without(authenticator)


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or ""


def _cipher() -> Fernet:
    """A copied database alone opens no desk; the key is in the data directory."""
    key = salted_hmac("commonwire.second-factor", "", algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(key))
