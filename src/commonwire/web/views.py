from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonwire.accounts.permissions import Permission, needs
from commonwire.media import quotas
from commonwire.publishing import queries
from commonwire.web import health
from commonwire.web import metrics as site_metrics


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Ready: texts can be published. Files: those too, as far as the disk is concerned."""
    ready = health.database() and quotas.texts_fit_on_disk()
    state = {"live": True, "ready": ready, "files": quotas.fits_on_disk()}
    return JsonResponse(state, status=200 if ready else 503)


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Everything that a site needs, part by part: for who watches over it. What shares
    requests out between processes asks /healthz, which is this process's own matter."""
    parts = health.parts()
    good = all(parts.values())
    return JsonResponse({"ready": good, **parts}, status=200 if good else 503)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Nobody else learns that there is such an address."""
    if not health.may_see_metrics(request.META):
        raise Http404
    return HttpResponse(site_metrics.text(), content_type=site_metrics.KIND)


@needs(Permission.ANYONE)
def nothing_at_the_desk(request: HttpRequest) -> HttpResponse:
    raise Http404


def forgery(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came without its secret: an old one, or one from another site."""
    why = _("This form was open for too long, or cookies are switched off.")
    return refused(request, 403, why)


def refused(request: HttpRequest, status: int, why: str) -> HttpResponse:
    """A request that could not be read, in the form its sender reads."""
    if request.path.startswith("/api/"):
        title = HTTPStatus(status).phrase
        problem = {
            "type": "about:blank",
            "title": title,
            "status": status,
            "detail": why,
        }
        return JsonResponse(
            problem, status=status, content_type="application/problem+json"
        )
    page = {"site": queries.the_site(), "why": why}
    return render(request, "web/refused.html", page, status=status)


def server_error(request: HttpRequest) -> HttpResponse:
    """Says so without asking the database, which may be what is broken."""
    return render(request, "web/500.html", status=500)
