"""`/flag/<post>/`: a reader points out what breaks a rule. No cookie, no account."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonwire.kit.buckets import Network
from commonwire.kit.numbers import row_numbers
from commonwire.moderation import queries
from commonwire.moderation.actions import flagging
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.views.arrivals import (
    admitted,
    flags_of_one_thing,
    flags_per_network,
    part_of,
    post_of,
    trap,
)
from commonwire.publishing.models import Addendum, Post
from commonwire.publishing.queries import the_site
from commonwire.publishing.states import Author
from commonwire.publishing.views.see_other import SeeOther


@csrf_exempt  # no cookie stands behind this form: there is nothing to forge
@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, post_id: int) -> HttpResponse:
    """The form; after it, thanks and what happens next, at an address of its own, so
    that loading it again sends nothing."""
    post = post_of(post_id)
    comment = _comment_of(post, request.GET.get("comment", ""))
    page: dict[str, Any] = {"post": post, "comment": comment}
    if request.method != "POST":
        return _page(request, {**page, "thanks": "thanks" in request.GET})
    try:
        _flag(request, post, comment)
    except Refused as refused:
        return _page(request, {**page, "refused": refused}, status=422)
    of = f"comment={comment.pk}&" if comment else ""
    return SeeOther(f"{request.path}?{of}thanks")


def _flag(request: HttpRequest, post: Post, comment: Addendum | None) -> None:
    with admitted(request, flags_per_network) as network:
        _flag_from(network, request, post, comment)


def _flag_from(
    network: Network, request: HttpRequest, post: Post, comment: Addendum | None
) -> None:
    chosen = request.POST.get("rule", "")
    rule = next(
        (rule for rule in queries.rules_to_break() if rule.slug == chosen), None
    )
    thing = part_of(network, post.pk, comment.pk if comment else 0, rule)
    # Whoever says it twice is thanked twice, and counted once.
    counts = rule is None or flags_of_one_thing.has_token(thing)
    note = request.POST.get("note", "")
    flagging.flag(post=post, comment=comment, rule=rule, note=note, counts=counts)
    flags_of_one_thing.take(thing)


def _comment_of(post: Post, number: str) -> Addendum | None:
    if not number:
        return None
    comments = post.addenda.filter(by=Author.READER, waiting_since=None)
    found = comments.filter(pk__in=row_numbers([number])).first()
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, page: dict[str, Any], status: int = 200
) -> HttpResponse:
    shell = {
        "site": the_site(),
        "rules": queries.rules_to_break(),
        "chosen": request.POST.get("rule", ""),
        "note": request.POST.get("note", ""),
        "thanks": False,
        "refused": None,
        **trap(),
    }
    return render(request, "moderation/flag.html", shell | page, status=status)
