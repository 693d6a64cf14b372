"""What programs of issuers get of pledges: the numbers that their rooms show."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import BaseModel, Field

from commonwire.calls import stewardship
from commonwire.calls.api.routes import router
from commonwire.calls.models import Call
from commonwire.calls.pledge_queries import asks_of, call_of
from commonwire.calls.pledge_tally import Count, Tally, days, tally
from commonwire.publishing.api.describing import extra
from commonwire.publishing.api.problems import Problem, not_found
from commonwire.publishing.api.senders import author, contributor


class Numbers(BaseModel):
    counted: int = Field(
        description="Confirmed by mail, or signed on paper; everybody on a site that "
        "sends no mail, where nobody can confirm."
    )
    unconfirmed: int = Field(description="Who is not counted.")


class AskNumbers(Numbers):
    ask: str


class AreaNumbers(Numbers):
    area: str


class DayNumbers(Numbers):
    day: str


class PledgesShown(Numbers):
    confirmed: int = Field(description="Of those counted: by mail.")
    on_paper: int = Field(description="Of those counted: by a sheet.")
    waiting: int = Field(description="Of those counted: who waits for others.")
    done: int = Field(description="Who said “I did it”.")
    goal: int | None
    goal_in_each_area: bool
    by_ask: list[AskNumbers]
    by_area: list[AreaNumbers]
    by_day: list[DayNumbers]


def issuer(request: HttpRequest) -> Call:
    """The call of the address, for its author's key and its issuers' tokens."""
    if not request.headers.get("Authorization", "").lower().startswith("bearer "):
        return _call(author(request).post.pk)
    acting = stewardship.by_token(contributor(request).token)
    match = request.resolver_match
    number = int(match.kwargs["post_id"]) if match else 0
    issued = acting and acting.organisation.issued.exclude(accepted_at=None)
    if not issued or not issued.filter(post=number).exists():
        words = _("Only who issues the call may do this: its author or its issuers.")
        raise Problem(HTTPStatus.FORBIDDEN, words)
    return _call(number)


def _call(post_id: int) -> Call:
    found = call_of(post_id)
    if found is None:
        raise not_found(_("This post is no call."))
    return found


@router.get(
    "/posts/{int:post_id}/pledges",
    response=PledgesShown,
    auth=issuer,
    tags=["read"],
    operation_id="countPledges",
    openapi_extra=extra(
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.TOO_MANY_REQUESTS,
        security=("Key", "Bearer"),
    ),
)
def count_pledges(request: HttpRequest, post_id: int) -> dict[str, Any]:
    """How many pledged, by ask, by area and by day, each apart. There is no list of
    people."""
    call: Call = request.auth  # type: ignore[attr-defined]  # set by ninja
    counted = tally(call, with_words=False)
    return {**_totals(counted), **_parts(call, counted)}


def _totals(counted: Tally) -> dict[str, Any]:
    names = ("counted", "unconfirmed", "confirmed", "on_paper", "waiting", "done")
    return {
        **{name: getattr(counted, name) for name in names},
        "goal": counted.goal or None,
        "goal_in_each_area": counted.in_each_place,
    }


def _parts(call: Call, counted: Tally) -> dict[str, Any]:
    asks = ((str(a), counted.asks.get(a.pk, Count())) for a in asks_of(call))
    return {
        "by_ask": [{"ask": ask, **vars(count)} for ask, count in asks],
        "by_area": [
            _numbers(each.counted, each.unconfirmed, area=each.place)
            for each in counted.places
        ],
        "by_day": [
            _numbers(sure, unsure, day=day.isoformat())
            for day, sure, unsure in days(call)
        ],
    }


def _numbers(counted: int, unconfirmed: int, **of: str) -> dict[str, Any]:
    return {**of, "counted": counted, "unconfirmed": unconfirmed}
