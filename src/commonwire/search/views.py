"""`/search/`: a form that is an address. Nothing of what is looked for is kept."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonwire.kit.buckets import network_of
from commonwire.publishing import queries as publishing
from commonwire.publishing.models import Post, Site
from commonwire.search import patience, queries
from commonwire.search.asked import MOST_PAGES, Asked
from commonwire.search.engines import TooSlow
from commonwire.search.forms import SearchForm
from commonwire.syndication import feeds

PATH = "/search/"
FEEDS = ("feed.atom", "feed.rss", "feed.json")
_TYPES = {
    "feed.atom": "application/atom+xml; charset=utf-8",
    "feed.rss": "application/rss+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    site = publishing.the_site()
    form = SearchForm(request.GET, site=site, languages=queries.languages())
    if not form.is_valid():
        return _page(request, site, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    asked = form.asked
    if asked.is_empty:
        return _page(request, site, form)
    if request.GET.urlencode() != asked.query:
        return HttpResponseRedirect(f"{PATH}?{asked.query}")
    if seconds := patience.wait(network_of(request.META)):
        return _later(_page(request, site, form, 429, busy=True), seconds)
    try:
        found = queries.search(asked, site)
    except TooSlow:
        return _page(request, site, form, 503, asked=asked, too_slow=True)
    return _page(request, site, form, asked=asked, found=found)


@require_safe
def feed(request: HttpRequest, name: str) -> HttpResponse:
    """The newest posts that a search finds, as every list has its feeds."""
    site = publishing.the_site()
    form = SearchForm(request.GET, site=site, languages=queries.languages())
    if not form.is_valid() or form.asked.is_empty:
        words = _("This is no search: take the address of a feed from its page.")
        return _plain(words, HTTPStatus.UNPROCESSABLE_ENTITY)
    asked = form.asked.at(1)
    if request.GET.urlencode() != asked.query:
        return HttpResponseRedirect(f"{PATH}{name}?{asked.query}")
    if seconds := patience.wait(network_of(request.META)):
        return _later(_plain(_busy(), HTTPStatus.TOO_MANY_REQUESTS), seconds)
    try:
        numbers = queries.posts(asked, site, limit=publishing.PER_LISTING)
    except TooSlow:
        return _plain(_narrow(), HTTPStatus.SERVICE_UNAVAILABLE)
    entries = _entries(numbers)
    body = feeds.render(name, PATH, _title(asked), entries, query=asked.query)
    return _unindexed(HttpResponse(body, content_type=_TYPES[name]))


def _entries(numbers: list[int]) -> list[feeds.Entry]:
    listed = Post.everything.filter(pk__in=numbers, listed=True)
    there = {post.pk: post for post in publishing.full(listed)}
    return [feeds.entry(there[pk]) for pk in numbers if pk in there]


def _page(
    request: HttpRequest,
    site: Site,
    form: SearchForm,
    status: int = HTTPStatus.OK,
    **told: Any,
) -> HttpResponse:
    asked: Asked | None = told.get("asked")
    page = {
        "site": site,
        "form": form,
        "asked": None,
        "found": None,
        "busy": False,
        "too_slow": False,
        "title": _title(asked) if asked else _("Search"),
        "is_whole": queries.is_whole(),
        "narrowed": bool(asked and asked.at(1) != Asked(q=asked.q)),
        "feed": asked.at(1).query if asked else "",
        "newer": asked.at(asked.page - 1).query if asked and asked.page > 1 else "",
        "older": asked.at(asked.page + 1).query if asked else "",
        "is_last": bool(asked and asked.page == MOST_PAGES),
        **told,
    }
    return _unindexed(render(request, "search/search.html", page, status=status))


def _title(asked: Asked) -> str:
    return _("Search: %(words)s") % {"words": asked.q} if asked.q else _("Search")


def _busy() -> str:
    return _("Many searches came just now. Wait some seconds and search again.")


def _narrow() -> str:
    return _("This search took too long. Add a word, a section or a time.")


def _plain(words: str, status: HTTPStatus) -> HttpResponse:
    answer = HttpResponse(
        f"{words}\n", content_type="text/plain; charset=utf-8", status=status
    )
    return _unindexed(answer)


def _later(answer: HttpResponse, seconds: int) -> HttpResponse:
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _unindexed(answer: HttpResponse) -> HttpResponse:
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
