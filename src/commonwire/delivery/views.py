import re
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from commonwire.delivery import pages
from commonwire.delivery.headers import OPEN, PAGE_CACHE, cache_of, kind_of, said_of
from commonwire.delivery.pages.family import page
from commonwire.delivery.pages.post import gone_from
from commonwire.delivery.printing import on_demand
from commonwire.syndication.embeds.code import fit

_PLAIN = "text/plain; charset=utf-8"
_OEMBED = {**dict(OPEN), "Cache-Control": PAGE_CACHE}
# Dynamic addresses that people type without their last stroke.
_ROOMS = {"/publish", "/key", "/desk"}


@csrf_exempt
@require_safe
def public_page(request: HttpRequest) -> HttpResponse:
    """A public address that is not in the tree: printed now, or not found."""
    path = request.path
    body = on_demand(path)
    if body is None and (path in _ROOMS or pages.find(f"{path}/")):
        return HttpResponsePermanentRedirect(quote(f"{path}/"))
    if body is None:
        return not_found(request)
    # As it will be from the tree: feeds and their picture are shown by other sites.
    said = dict(said_of(path))
    headers = {**said, "Cache-Control": cache_of(path)}
    return HttpResponse(body, content_type=kind_of(path), headers=headers)


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """For programs that ask by address; those that read pages find the file itself."""
    asked = request.GET
    if asked.get("format", "json") != "json":
        return HttpResponse("Only JSON is offered.", status=501, content_type=_PLAIN)
    place = _place_of(asked.get("url", ""))
    body = on_demand(f"{place}oembed.json") if place else None
    if body is None:
        return HttpResponse(
            "Nothing on this site at `url` can be embedded.",
            status=404,
            content_type=_PLAIN,
        )
    width, height = (_pixels(asked.get(name)) for name in ("maxwidth", "maxheight"))
    fitted = fit(body, width=width, height=height)
    return HttpResponse(fitted, content_type=kind_of("/oembed.json"), headers=_OEMBED)


def _place_of(address: str) -> str:
    """The path of an address of ours, as the tree has it; empty of any other."""
    try:
        asked, own = urlsplit(address), urlsplit(settings.SITE_URL)
    except ValueError:
        return ""
    if (asked.scheme, asked.netloc) != (own.scheme, own.netloc):
        return ""
    path = unquote(asked.path)
    return path if path.endswith("/") else f"{path}/"


def _pixels(told: str | None) -> int:
    """0 for what is no size."""
    return int(told) if told and re.fullmatch("[0-9]{1,5}", told) else 0


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    post = gone_from(request.path)
    if post is not None:
        # Its own address is in no tree, and tells nothing of what stood there.
        body = page("public/410.html", {"path": "", "post": post})
        return HttpResponse(body, status=410, headers={"Cache-Control": "no-store"})
    return HttpResponse(on_demand("/404.html") or b"", status=404)
