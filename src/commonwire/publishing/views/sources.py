"""`/key/…/sources/`: words on links to a post, and how often each was taken."""

from django.http import HttpRequest
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonwire.publishing import sources
from commonwire.publishing.actions import sources as actions
from commonwire.publishing.models import Key
from commonwire.publishing.views.room import Reply, in_room, post_of, with_site
from commonwire.publishing.views.see_other import SeeOther


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@in_room
def post_sources(request: HttpRequest, key: Key, token: str, post_id: int) -> Reply:
    post = post_of(key, post_id)
    error, typed = "", request.POST.get("code", "")[:200]
    if request.method == "POST":
        do = request.POST.get("do", "")
        if do.startswith("remove "):
            actions.remove_source(post=post, code=do.removeprefix("remove "))
            return SeeOther(request.path)
        try:
            actions.name_source(post=post, code=typed)
            return SeeOther(request.path)
        except actions.NotTaken as refused:
            error = str(refused)
    counts = sources.counts_of(sources.of_post(post))
    page = {"post": post, "token": token, "counts": counts}
    page |= {"error": error, "typed": typed}
    status = 422 if error else 200
    return render(request, "publishing/sources.html", with_site(page), status=status)
