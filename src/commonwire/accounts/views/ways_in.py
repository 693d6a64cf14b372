"""An editor's own passkeys, password, app and recovery codes."""

from typing import Any, cast

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import views as totp
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from commonwire.accounts.forms import PasswordAndApp
from commonwire.accounts.middleware import DESK, editor_of
from commonwire.accounts.permissions import Permission, needs
from commonwire.accounts.queries import can_sign_in


@needs(Permission.OWN_SIGN_IN)
@require_safe
def set_up(request: HttpRequest) -> HttpResponse:
    """The first page behind a one-time link: how will you sign in from now on?"""
    if can_sign_in(editor_of(request)):
        return HttpResponseRedirect(DESK)
    return render(request, "desk/set_up.html")


class AddPasskey(webauthn.AddWebAuthnView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page: dict[str, Any] = super().get_context_data(**kwargs)
        # As one that opens the desk by itself: kept on the device, with its lock.
        page["js_data"] = {
            "creation_options": auth.begin_registration(self.request.user, True)  # noqa: FBT003
        }
        return page

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        newest = Authenticator.objects.filter(
            user=self.request.user, type=Authenticator.Type.WEBAUTHN
        ).latest("pk")
        _was_just_used(self.request, newest)
        return response


class RemovePasskey(webauthn.RemoveWebAuthnView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page: dict[str, Any] = super().get_context_data(**kwargs)
        page["is_last"] = not get_adapter().can_delete_authenticator(self.object)
        return page

    def form_valid(self, form: Any) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.object):
            return cast(
                "HttpResponse",
                self.render_to_response(self.get_context_data(form=form)),
            )
        return cast("HttpResponse", super().form_valid(form))


class AddApp(totp.ActivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _app_was_just_used(self.request)
        return response


@needs(Permission.OWN_SIGN_IN)
@require_safe
def app_picture(request: HttpRequest) -> HttpResponse:
    """What the app's camera reads, as a file: the page takes no picture from inside."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    return HttpResponse(picture, content_type="image/svg+xml")


@method_decorator(sensitive_post_parameters("password1", "password2"), name="dispatch")
class SetUpPassword(totp.ActivateTOTPView):
    """A password and an app, in one step: neither opens the desk without the other."""

    form_class = PasswordAndApp
    template_name = "desk/set_up_password.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if can_sign_in(editor_of(request)):
            return HttpResponseRedirect(reverse("mfa_index"))
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_form_class(self) -> Any:
        return self.form_class

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        form.save_password()
        update_session_auth_hash(self.request, form.user)
        reauthenticate_by_password(self.request)
        response: HttpResponse = super().form_valid(form)
        _app_was_just_used(self.request)
        return response


@method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")
class SetPassword(account.PasswordSetView):
    """For editors who have had passkeys only."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_sign_in(editor_of(request)):
            # With a password alone nothing opens; both are set up in one step.
            return HttpResponseRedirect(reverse("desk_set_up_password"))
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response


class ConfirmByPasskey(webauthn.ReauthenticateWebAuthnView):
    def form_invalid(self, form: Any) -> HttpResponse:
        """allauth goes to the sign-in page, and from there to the desk."""
        page = self.get_context_data(form=form)
        page["problem"] = " ".join(form.errors.get("credential", []))
        return cast("HttpResponse", self.render_to_response(page))


def _app_was_just_used(request: HttpRequest) -> None:
    app = Authenticator.objects.get(user=request.user, type=Authenticator.Type.TOTP)
    _was_just_used(request, app)


def _was_just_used(request: HttpRequest, way: Authenticator) -> None:
    """Who has just set it up need not show it again to see the recovery codes."""
    post_authentication(request, way, reauthenticated=True)
