from typing import Any, cast

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.fields import PasswordField, SetPasswordField
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.cache import cache
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from commonwire.accounts import queries, rules
from commonwire.accounts.models import Editor

# Longer than any code is good for, the one before and the one after included.
_CODE_LIFE = 300


class _Plain(forms.Form):
    """Labels say what a field is; nothing is written in it beforehand."""

    words: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.words.get(name, field.label)
            if "code" in name:
                field.widget.attrs.update(inputmode="numeric", spellcheck="false")


class _CodeOnce(_Plain):
    """A code is taken once: whoever looks over a shoulder comes too late."""

    words = {"code": _("Code")}

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        used: Authenticator = self.authenticator  # type: ignore[attr-defined]
        key = f"desk.code:{used.pk}:{code.strip()}"
        if used.type == Authenticator.Type.TOTP and not cache.add(key, 1, _CODE_LIFE):
            raise get_mfa_adapter().validation_error("incorrect_code")
        return code


class _AnyAnswer(forms.Form):
    """What claims to come from a passkey may be anything; allauth expects the names of
    its parts to be there."""

    def full_clean(self) -> None:
        try:
            super().full_clean()
        except (AttributeError, KeyError, TypeError):
            self._errors = ErrorDict()
            self.add_error(
                "credential", get_mfa_adapter().validation_error("incorrect_code")
            )


class LoginPasskey(_AnyAnswer, webauthn.LoginWebAuthnForm):
    pass


class LoginCodeByPasskey(_AnyAnswer, webauthn.AuthenticateWebAuthnForm):
    pass


class ConfirmByPasskey(_AnyAnswer, webauthn.ReauthenticateWebAuthnForm):
    pass


class Login(_Plain, account.LoginForm):
    words = {"login": _("Sign-in name"), "password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs.update(autocapitalize="none")


class ConfirmByPassword(_Plain, account.ReauthenticateForm):
    words = {"password": _("Password")}


class ChangePassword(_Plain, account.ChangePasswordForm):
    words = {
        "oldpassword": _("The password so far"),
        "password1": _("New password"),
        "password2": _("New password again"),
    }


class SetPassword(_Plain, account.SetPasswordForm):
    words = {"password1": _("Password"), "password2": _("Password again")}


class LoginCode(_CodeOnce, mfa.AuthenticateForm):
    pass


class ConfirmByCode(_CodeOnce, mfa.ReauthenticateForm):
    pass


class AddApp(_Plain, ActivateTOTPForm):
    words = {"code": _("The code that the app shows now")}


class AddPasskey(_AnyAnswer, _Plain, webauthn.AddWebAuthnForm):
    """Always one that opens the desk by itself, after its device knows its owner."""

    words = {"name": _("A name for it, such as the device it is on")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        self.fields["name"].widget.attrs["maxlength"] = rules.NAME_LENGTH

    def clean_name(self) -> str:
        return rules.cleaned(super().clean_name())[: rules.NAME_LENGTH]

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        return super().clean() or {}


class PasswordAndApp(AddApp):
    """Both at once, so that nobody ever has the desk behind a password alone."""

    password1 = SetPasswordField(label=_("Password"))
    password2 = PasswordField(label=_("Password again"), autocomplete="new-password")
    field_order = ["password1", "password2", "code"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        password = cast("SetPasswordField", self.fields["password1"])
        password.user = self.user

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        one, two = cleaned.get("password1"), cleaned.get("password2")
        if one and two and one != two:
            self.add_error("password2", _("The two passwords are not the same."))
        return cleaned

    def save_password(self) -> None:
        get_adapter().set_password(self.user, self.cleaned_data["password1"])


class Names(forms.Form):
    """What a new editor is called: by the site's sign-in page, and by everybody."""

    name = forms.CharField(
        label=_("Sign-in name"),
        help_text=_("Known to you and to the stewards only."),
        max_length=rules.NAME_LENGTH,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none"}
        ),
    )
    pseudonym = forms.CharField(
        label=_("Public pseudonym"),
        help_text=_(
            "Stands under your decisions in the public log, for ever. Choose one that "
            "does not lead to you."
        ),
        max_length=rules.NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self, *args: Any, but_for: Editor | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.but_for = but_for

    def clean_name(self) -> str:
        name = rules.cleaned(self.cleaned_data["name"])
        if not name or queries.name_is_taken(name, but_for=self.but_for):
            raise forms.ValidationError(_("This name is taken. Choose another one."))
        return name

    def clean_pseudonym(self) -> str:
        pseudonym = rules.cleaned(self.cleaned_data["pseudonym"])
        if queries.pseudonym_is_taken(pseudonym, but_for=self.but_for):
            raise forms.ValidationError(_("This name is taken. Choose another one."))
        return pseudonym

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        name, pseudonym = cleaned.get("name"), cleaned.get("pseudonym")
        if name and pseudonym and (fault := rules.fault_in_names(name, pseudonym)):
            self.add_error("pseudonym", fault)
        return cleaned
