from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from commonwire.delivery import pages
from commonwire.delivery.headers import FILE_CACHE, OPEN, PAGE_CACHE
from commonwire.delivery.pages.family import page
from commonwire.delivery.pages.post import gone_from
from commonwire.delivery.printing import on_demand
from commonwire.delivery.serving import is_lasting, kind_of

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
    said = {} if path.endswith((".html", "/")) else dict(OPEN)
    cache = FILE_CACHE if is_lasting(path) else PAGE_CACHE
    headers = {**said, "Cache-Control": cache}
    return HttpResponse(body, content_type=kind_of(path), headers=headers)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    post = gone_from(request.path)
    if post is not None:
        # Its own address is in no tree, and tells nothing of what stood there.
        body = page("public/410.html", {"path": "", "post": post})
        return HttpResponse(body, status=410, headers={"Cache-Control": "no-store"})
    return HttpResponse(on_demand("/404.html") or b"", status=404)
