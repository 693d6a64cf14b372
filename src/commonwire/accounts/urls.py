"""Everything about signing in, under /desk/ where the cookies are. The names are those
that allauth looks for; of its addresses only these exist: no sign-up, no mail, no
password reset."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from commonwire.accounts.permissions import Permission, needs
from commonwire.accounts.views import signing_in, ways_in

anyone = needs(Permission.ANYONE)
own = needs(Permission.OWN_SIGN_IN)


def _own(view: Any) -> Any:
    return own(view.as_view())


urlpatterns = [
    path("login/", anyone(signing_in.Login.as_view()), name="account_login"),
    path(
        "login/code/", anyone(signing_in.LoginCode.as_view()), name="mfa_authenticate"
    ),
    path(
        "login/passkey/",
        anyone(webauthn.LoginWebAuthnView.as_view()),
        name="mfa_login_webauthn",
    ),
    path(
        "login/removed/",
        anyone(signing_in.Inactive.as_view()),
        name="account_inactive",
    ),
    path("logout/", anyone(account.LogoutView.as_view()), name="account_logout"),
    path("setup/", ways_in.set_up, name="desk_set_up"),
    path("setup/password/", _own(ways_in.SetUpPassword), name="desk_set_up_password"),
    path("security/", _own(mfa.IndexView), name="mfa_index"),
    path("security/sign-out/", signing_in.sign_out_everywhere, name="desk_sign_out"),
    path(
        "security/password/",
        _own(account.PasswordChangeView),
        name="account_change_password",
    ),
    path(
        "security/password/set/", _own(ways_in.SetPassword), name="account_set_password"
    ),
    path("security/app/picture.svg", ways_in.app_picture, name="desk_app_picture"),
    path("security/app/", _own(ways_in.AddApp), name="mfa_activate_totp"),
    path(
        "security/app/remove/",
        _own(totp.DeactivateTOTPView),
        name="mfa_deactivate_totp",
    ),
    # Where allauth goes back to after a passkey was renamed or removed.
    path("security/passkeys/", _own(mfa.IndexView), name="mfa_list_webauthn"),
    path("security/passkeys/add/", _own(ways_in.AddPasskey), name="mfa_add_webauthn"),
    path(
        "security/passkeys/<int:pk>/name/",
        _own(webauthn.EditWebAuthnView),
        name="mfa_edit_webauthn",
    ),
    path(
        "security/passkeys/<int:pk>/remove/",
        _own(ways_in.RemovePasskey),
        name="mfa_remove_webauthn",
    ),
    path(
        "security/codes/",
        _own(codes.ViewRecoveryCodesView),
        name="mfa_view_recovery_codes",
    ),
    path(
        "security/codes/new/",
        _own(codes.GenerateRecoveryCodesView),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "security/confirm/",
        _own(account.ReauthenticateView),
        name="account_reauthenticate",
    ),
    path(
        "security/confirm/code/",
        _own(mfa.ReauthenticateView),
        name="mfa_reauthenticate",
    ),
    path(
        "security/confirm/passkey/",
        _own(ways_in.ConfirmByPasskey),
        name="mfa_reauthenticate_webauthn",
    ),
]
