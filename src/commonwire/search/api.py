from http import HTTPStatus
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import BaseModel, Field

from commonwire.kit.address import absolute
from commonwire.kit.buckets import network_of
from commonwire.publishing import queries as publishing
from commonwire.publishing.api.describing import extra
from commonwire.publishing.api.problems import Fault, Problem, of_field, of_fields
from commonwire.search import extracts, patience, queries
from commonwire.search.engines import TooSlow
from commonwire.search.forms import SearchForm
from commonwire.search.queries import KINDS, Found

router = Router()
_ADDRESS = "/api/v1/search"
_PARAMETERS = ("q", "section", "kind", "by", "from", "until", "language", "page")


class SearchAsked(BaseModel):
    """The same as stand in the address of a search."""

    q: str = Field("", description="Words, and phrases in quotation marks.")
    section: str = Field("", description="Such as `topics/labor` or `regions/valley`.")
    kind: str = Field("", description=", ".join(f"`{kind}`" for kind in KINDS))
    by: str = Field("", description="Words of the byline.")
    since: str = Field("", alias="from", description="A day: `2026-03-31`.")
    until: str = Field("", description="A day; it is within.")
    language: str = Field("", description="The first part of a code: `en`.")
    page: str = Field("", description="From `next`.")


class FoundShown(BaseModel):
    kind: str
    url: str
    title: str
    byline: str
    language: str
    published_at: str | None
    corrected_at: str | None
    called_off: str = Field(description="In words; empty when it is not.")
    extract: str = Field(description="Plain text around the first words.")
    post: int | None = Field(description="Of an addendum or a comment: its post's.")


class FoundsShown(BaseModel):
    items: list[FoundShown]
    next: str | None = Field(description="The address of the next page.")


@router.get(
    "/search",
    response=FoundsShown,
    tags=["read"],
    operation_id="search",
    openapi_extra=extra(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.SERVICE_UNAVAILABLE,
    ),
)
def search(
    request: HttpRequest, asked: Annotated[SearchAsked, Query()]
) -> dict[str, Any]:
    """What can be read now and has all of the words, the newest first. Organisations are
    found by `kind=organisation`."""
    for name in request.GET:
        if name not in _PARAMETERS:
            sentence = _("There is no parameter of this name; there are %(known)s.")
            raise of_field(name, sentence % {"known": ", ".join(_PARAMETERS)})
    site = publishing.the_site()
    form = SearchForm(request.GET, site=site, languages=queries.languages())
    if not form.is_valid():
        raise of_fields(
            Fault(name, str(message))
            for name, messages in form.errors.items()
            for message in messages
        )
    wanted = form.asked
    if wanted.is_empty:
        raise of_field("q", _("Say what to look for."))
    _wait(request)
    try:
        found = queries.search(wanted, site)
    except TooSlow:
        words = _("This search took too long. Add a word, a section or a time.")
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, words) from None
    after = wanted.at(wanted.page + 1).query if found.more else ""
    return {
        "items": [_shown(each) for each in found.items],
        "next": absolute(f"{_ADDRESS}?{after}") if after else None,
    }


def _wait(request: HttpRequest) -> None:
    if seconds := patience.wait(network_of(request.META)):
        raise Problem(
            HTTPStatus.TOO_MANY_REQUESTS,
            _("Many searches came just now. Wait some seconds and search again."),
            headers={"Retry-After": str(seconds)},
        )


def _shown(found: Found) -> dict[str, Any]:
    at, corrected = found.published_at, found.corrected_at
    return {
        "kind": found.kind,
        "url": settings.SITE_URL + iri_to_uri(found.path),
        "title": extracts.plain(found.title),
        "byline": found.byline,
        "language": found.language,
        "published_at": at.isoformat(timespec="seconds") if at else None,
        "corrected_at": corrected.isoformat(timespec="seconds") if corrected else None,
        "called_off": found.off,
        "extract": extracts.plain(found.extract),
        "post": found.post.pk if found.post and found.of else None,
    }
