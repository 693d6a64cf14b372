"""allauth's pages of signing in, told what they may not show."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from commonwire.accounts.actions import end_sessions
from commonwire.accounts.middleware import SIGN_IN, editor_of
from commonwire.accounts.permissions import Permission, needs


class _OurSite:
    """allauth names the Host header as the site; the desk knows its own."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        page.pop("site", None)
        return page


class Login(_OurSite, account.LoginView):
    pass


class LoginCode(_OurSite, mfa.AuthenticateView):
    pass


class Inactive(_OurSite, account.AccountInactiveView):
    pass


@needs(Permission.OWN_SIGN_IN)
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    end_sessions(editor=editor_of(request))
    request.session.flush()
    return HttpResponseRedirect(SIGN_IN)
