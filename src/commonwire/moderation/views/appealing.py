"""Asking for a second look: the author from their room, readers from the post's page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonwire.kit.buckets import Buckets
from commonwire.moderation import queries
from commonwire.moderation.actions import appealing
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.states import Appellant
from commonwire.moderation.views.arrivals import (
    admitted,
    appeals_per_network,
    letters_per_network,
    post_of,
    trap,
)
from commonwire.publishing.models import Key, Post
from commonwire.publishing.queries import the_site
from commonwire.publishing.views import room
from commonwire.publishing.views.see_other import SeeOther


@csrf_exempt  # no cookie stands behind these forms: there is nothing to forge
@require_http_methods(["GET", "HEAD", "POST"])
def by_reader(request: HttpRequest, post_id: int) -> HttpResponse:
    """Once for all readers: the second one sees what the first one asked."""
    post = post_of(post_id)
    return _appeal(request, post, Appellant.READER, post.path, post.path)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@room.in_room
def by_author(
    request: HttpRequest, key: Key, token: str, post_id: int
) -> HttpResponseBase:
    """Nobody else can ask in the author's name: the room opens by their key."""
    post = room.post_of(key, post_id)
    back = f"/key/{token}/"
    done = f"{back}?said=appealed&of={post.pk}"
    return _appeal(request, post, Appellant.AUTHOR, done, back)


def _appeal(
    request: HttpRequest, post: Post, by: Appellant, done: str, back: str
) -> HttpResponse:
    refused = None
    if request.method == "POST":
        try:
            with admitted(request, _limits(by)):
                appealing.appeal(post=post, by=by, text=request.POST.get("text", ""))
        except Refused as found:
            refused = found
        else:
            return SeeOther(done)
    decision = None if post.withdrawn_at else queries.keeping_back(post)
    appeals = queries.appeals_of(decision, post) if decision else []
    page: dict[str, Any] = {
        "site": the_site(),
        "post": post,
        "by": by,
        "decision": decision,
        "appeals": appeals,
        "asked": any(appeal.by == by for appeal in appeals),
        "refused": refused,
        "text": request.POST.get("text", ""),
        "back": back,
        **trap(),
    }
    status = 422 if refused else 200
    return render(request, "moderation/appeal.html", page, status=status)


def _limits(by: Appellant) -> Buckets:
    # A key opens one appeal a decision: nobody floods with that.
    return appeals_per_network if by == Appellant.READER else letters_per_network
