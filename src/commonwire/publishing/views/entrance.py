"""What comes in at the publish form, before anything of it is stored."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from commonwire.kit.buckets import network_of
from commonwire.kit.markup import count_links
from commonwire.kit.numbers import row_number
from commonwire.publishing import patience, purposes, typed, work
from commonwire.publishing.actions import drafts
from commonwire.publishing.admission import Arrival, Later, knock
from commonwire.publishing.fares import Fare, Spent
from commonwire.publishing.models import Draft, Post

# A field that people do not see; programs that fill in everything do.
HONEYPOT = "homepage"


class Refused(Exception):
    """Somebody is asked to come back later."""

    def __init__(self, later: Later) -> None:
        self.later = later


def start(
    request: HttpRequest, content: dict[str, Any], *, has_files: bool
) -> tuple[Draft, str]:
    """A draft of what was typed; raises Refused."""
    signs = _signs(request)
    if gathers := under(request):
        signs[purposes.UNDER] = gathers.pk
    fare = worked(request)
    later = knock(
        Arrival(
            network_of(request.META), has_files=has_files, has_links=_has_links(content)
        )
    )
    if later and later.payable:
        fare = fare or _waited(signs)
    if later and not (later.payable and fare):
        raise Refused(later)
    try:
        return drafts.start_draft(
            typed=content, signs=signs, fare=fare, has_to_pay=later is not None
        )
    except Spent:
        raise Refused(later or Later(1)) from None


def start_comment(request: HttpRequest, post: Post) -> tuple[Draft, str]:
    """A draft of a comment, still empty; raises Refused."""
    signs = {**_signs(request), "comments_on": post.pk}
    network = network_of(request.META)
    later = knock(Arrival(network, has_files=bool(request.FILES), is_comment=True))
    fare = _waited(signs) if later and later.payable else None
    if later and not fare:
        raise Refused(later)
    try:
        return drafts.start_draft(
            typed={"addenda": [{}]}, signs=signs, fare=fare, has_to_pay=bool(later)
        )
    except Spent:
        raise Refused(later or Later(1)) from None


def under(request: HttpRequest) -> Post | None:
    """The call that a link or a form names, for an event under it."""
    told = request.POST.get("call") or request.GET.get("call", "")
    return purposes.gathering(row_number(told))


def opened(request: HttpRequest) -> str:
    """What a form tells later of when it was opened. One that was sent, and comes back,
    was opened when it was."""
    sent = request.POST.get("opened", "")
    return sent if patience.opened(sent) else patience.form_token(timezone.now())


def worked(request: HttpRequest, draft: Draft | None = None) -> Fare | None:
    """The proof of work that a form brings, where there is still something to pay."""
    payload = request.POST.get("altcha", "")
    if not payload or (draft and drafts.PAID in draft.signs):
        return None
    found = work.check(payload)
    return found if isinstance(found, Fare) else None


def _waited(signs: dict[str, Any]) -> Fare | None:
    opened = patience.opened(signs.get("opened", ""))
    return opened.fare(timezone.now()) if opened else None


def _signs(request: HttpRequest) -> dict[str, Any]:
    """What screening will want to know of how the form came."""
    signs: dict[str, Any] = {"honeypot": bool(request.POST.get(HONEYPOT))}
    sent = request.POST.get("opened", "")
    # A stale or foreign form has no time: then the draft's own age counts.
    if patience.opened(sent):
        signs["opened"] = sent
    return signs


def _has_links(content: dict[str, Any]) -> bool:
    parts = [content, *content["addenda"]]
    linked = any(part.get("related_url") for part in parts)
    return linked or any(
        count_links(part.get("body") or "") for part in parts[: typed.MOST_ADDENDA]
    )
