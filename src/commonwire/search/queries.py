"""What a search finds, read from the things themselves: what may not be read any more is
left out, whatever the index says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonwire.calendar.models import Occurrence
from commonwire.calls.models import Organisation
from commonwire.calls.standing import MAY_BE_OFF, called_off_posts
from commonwire.publishing.comments import address_of
from commonwire.publishing.models import Addendum, Correction, Post, Site
from commonwire.publishing.states import Author, Kind
from commonwire.search import engines, extracts, numbers
from commonwire.search.asked import MOST_PAGES, PER_PAGE, Asked
from commonwire.search.engines import Term
from commonwire.search.extracts import Piece
from commonwire.search.models import RECIPE, Entry, Filling
from commonwire.search.texts import READABLE

KINDS = {
    **dict(Kind.choices),
    "addendum": _("Addendum"),
    "comment": _("Comment"),
    "organisation": _("Organisation"),
}
MOST_ORGANISATIONS = 5
# Entries of what was taken from the lists a moment ago are passed over; beyond so many
# a page is shorter.
SLACK = 20


@dataclass(frozen=True)
class Found:
    """``kind``: that of the post, or `addendum`, `comment`, `organisation`."""

    kind: str
    path: str
    title: list[Piece]
    extract: list[Piece]
    byline: str = ""
    language: str = ""
    published_at: datetime | None = None
    off: str = ""
    corrected_at: datetime | None = None
    # Of an addendum: the title of its post.
    of: str = ""
    organisation: Organisation | None = None
    post: Post | None = None

    @property
    def kind_name(self) -> str:
        return str(KINDS[self.kind])


@dataclass(frozen=True)
class Results:
    items: list[Found]
    organisations: list[Found] = field(default_factory=list)
    more: bool = False


def languages() -> tuple[str, ...]:
    """Those that entries have, each found in the index by one look."""
    found: list[str] = [""]
    while True:
        later = Entry.objects.filter(language__gt=found[-1]).order_by("language")
        code = later.values_list("language", flat=True).first()
        if code is None:
            return tuple(found[1:])
        found.append(code)


def search(asked: Asked, site: Site, *, per_page: int = PER_PAGE) -> Results:
    """A page of what was asked for, the newest first; raises `engines.TooSlow`."""
    terms = asked.terms(languages())
    low, high = asked.bounds(site.zone)
    first, last = (asked.page - 1) * per_page, asked.page * per_page
    found = engines.newest(terms, low=low, high=high, limit=last + 1 + SLACK)
    shown = _readable(found)
    return Results(
        _read(shown[first:last], terms),
        _organisations(asked, terms),
        more=len(shown) > last and asked.page < MOST_PAGES,
    )


def posts(asked: Asked, site: Site, *, limit: int) -> list[int]:
    """The newest posts that were asked for, for feeds: each once, though it is an
    addendum that says it."""
    terms = asked.terms(languages())
    low, high = asked.bounds(site.zone)
    found = engines.newest(terms, low=low, high=high, limit=limit * 2 + SLACK)
    readable = (entry.post_id for entry in _readable(found) if entry.post_id)
    return list(dict.fromkeys(readable))[:limit]


def is_whole() -> bool:
    """Whether everything that is public is in the index, but for the last moment."""
    return Filling.objects.filter(recipe=RECIPE, done_at__isnull=False).exists()


def _organisations(asked: Asked, terms: list[Term]) -> list[Found]:
    """Those of that name, above all else, where nothing narrows the search."""
    if not asked.chunks or asked != Asked(q=asked.q):
        return []
    found = engines.newest(
        terms,
        low=numbers.ORGANISATIONS,
        high=numbers.LAST,
        limit=MOST_ORGANISATIONS,
    )
    return _read(_readable(found), terms)


def _readable(wanted: Sequence[int]) -> list[Entry]:
    """In their order."""
    entries = Entry.objects.defer("tokens", "digest").filter(pk__in=wanted)
    listed = Exists(Post.everything.filter(pk=OuterRef("post"), listed=True))
    told = Exists(Addendum.objects.filter(READABLE, pk=OuterRef("addendum")))
    entries = entries.annotate(listed=listed, told=told)
    there = {
        entry.pk: entry
        for entry in entries
        if entry.organisation_id
        or (entry.listed and (entry.addendum_id is None or entry.told))
    }
    return [there[pk] for pk in wanted if pk in there]


def _read(entries: list[Entry], terms: list[Term]) -> list[Found]:
    """What the entries are of, each kind by one question."""
    posts = _posts([entry.post_id for entry in entries if entry.post_id])
    addenda = Addendum.objects.filter(READABLE).in_bulk(
        [entry.addendum_id for entry in entries if entry.addendum_id]
    )
    bodies = Organisation.objects.select_related("merged_into").in_bulk(
        [entry.organisation_id for entry in entries if entry.organisation_id]
    )
    off = _off(posts)
    found: list[Found] = []
    for entry in entries:
        post = posts.get(entry.post_id or 0)
        addendum = addenda.get(entry.addendum_id or 0)
        if body := bodies.get(entry.organisation_id or 0):
            found.append(_organisation(body, terms))
        elif post and addendum:
            found.append(_addendum(addendum, post, terms))
        elif post and not entry.addendum_id:
            found.append(_post(post, terms, off))
    return found


def _posts(wanted: list[int]) -> dict[int, Any]:
    corrected = Exists(Correction.objects.filter(post=OuterRef("pk")))
    listed = Post.everything.filter(listed=True, pk__in=wanted)
    shown = listed.defer("body", "contact", "press_contacts")
    return {post.pk: post for post in shown.annotate(is_corrected=corrected)}


def _off(posts: dict[int, Any]) -> dict[int, str]:
    """Calls that were called off and what is of them, and events of which no date
    stands."""
    wanted = [pk for pk, post in posts.items() if post.kind in MAY_BE_OFF]
    events = {pk for pk, post in posts.items() if post.kind == Kind.EVENT}
    dates = Occurrence.objects.filter(event__in=events)
    standing = dates.filter(cancelled_at=None).values_list("event", flat=True)
    gone = events - set(standing) if events else ()
    return {**called_off_posts(wanted), **dict.fromkeys(gone, gettext("Cancelled."))}


def _post(post: Any, terms: list[Term], off: dict[int, str]) -> Found:
    return Found(
        kind=post.kind,
        path=post.path,
        title=extracts.marked(post.title, terms, post.language),
        extract=extracts.extract(_text_of(post), terms, post.language),
        byline=post.byline,
        language=post.language,
        published_at=post.published_at,
        off=off.get(post.pk, ""),
        corrected_at=post.updated_at if post.is_corrected else None,
        post=post,
    )


def _text_of(post: Post) -> str:
    return " ".join(filter(None, (post.summary, extracts.words_of(post.body_html))))


def _addendum(addendum: Addendum, post: Post, terms: list[Term]) -> Found:
    is_comment = addendum.by == Author.READER
    addendum.post = post
    return Found(
        kind="comment" if is_comment else "addendum",
        path=address_of(addendum) if is_comment else post.path,
        title=extracts.marked(addendum.title or post.title, terms, post.language),
        extract=extracts.extract(
            extracts.words_of(addendum.body_html), terms, post.language
        ),
        byline=addendum.byline,
        language=post.language,
        published_at=addendum.published_at,
        of=post.title,
        post=post,
    )


def _organisation(organisation: Organisation, terms: list[Term]) -> Found:
    return Found(
        kind="organisation",
        path=organisation.path,
        title=extracts.marked(organisation.name, terms, ""),
        extract=extracts.extract(organisation.boilerplate, terms, ""),
        organisation=organisation,
    )
