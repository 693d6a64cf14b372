"""The line between a post's author and the editors: the author's end of it."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonwire.moderation import queries
from commonwire.moderation.actions import talking
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.views.arrivals import admitted, letters_per_network
from commonwire.publishing.models import Key, Post
from commonwire.publishing.queries import the_site
from commonwire.publishing.views import room
from commonwire.publishing.views.see_other import SeeOther


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@room.in_room
def messages(
    request: HttpRequest, key: Key, token: str, post_id: int
) -> HttpResponseBase:
    """What was written about a post, and a form; who reads is not remembered."""
    post = room.post_of(key, post_id)
    refused = None
    if request.method == "POST":
        try:
            _say(request, post)
        except Refused as found:
            refused = found
        else:
            return SeeOther(f"{request.path}#newest")
    page = {
        "site": the_site(),
        "post": post,
        "token": token,
        "messages": queries.line(post),
        "refused": refused,
        "text": request.POST.get("text", ""),
    }
    status = 422 if refused else 200
    return render(request, "moderation/messages.html", page, status=status)


def _say(request: HttpRequest, post: Post) -> None:
    text = request.POST.get("text", "")
    newest = post.messages.last()
    if newest and not newest.editor_id and newest.text == text.strip():
        return  # the same form, sent twice
    with admitted(request, letters_per_network):
        talking.say(post=post, text=text)
