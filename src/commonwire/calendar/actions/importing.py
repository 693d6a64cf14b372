"""Takes over what calendars elsewhere say: once for each event, however often it is
looked at. What was withdrawn here does not come back."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.accounts.models import Editor
from commonwire.calendar import queries, reading
from commonwire.calendar.actions import dates, scheduling
from commonwire.calendar.dates import Span
from commonwire.calendar.models import Event, IcsSubscription, TakenBack
from commonwire.calendar.reading import Incoming
from commonwire.kit import fetching
from commonwire.kit.buckets import Network
from commonwire.publishing import keys
from commonwire.publishing.actions import corrections
from commonwire.publishing.actions.publish import publish
from commonwire.publishing.content import Content, Doubt, Facts, Revision
from commonwire.publishing.models import Section
from commonwire.publishing.queries import the_site
from commonwire.publishing.screening import doubts_about
from commonwire.publishing.states import SectionKind

EVERY = timedelta(hours=6)
# Of one organisation: nobody looks at them before they are listed.
MOST_OF_ONE = 200
FETCH_SECONDS = 30.0
_ELSEWHERE = Network("calendars elsewhere", shared=True)


Signs = Mapping[str, Any]
NO_SIGNS: Signs = {}


class There(ValueError):
    """This address is looked at already."""


@dataclass
class Result:
    added: int = 0
    changed: int = 0
    same: int = 0
    unused: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        words = _(
            "%(added)s new, %(changed)s changed, %(same)s as they were, %(unused)s not "
            "used."
        )
        return words % {**vars(self), "unused": len(self.unused)}


@transaction.atomic
def subscribe(
    *, name: str, url: str, sections: Iterable[Section], by: Editor
) -> IcsSubscription:
    """``url``: empty for a file that is given once."""
    address = url.replace("webcal://", "https://", 1)
    open_ones = IcsSubscription.objects.filter(ended_at=None)
    if address and open_ones.filter(url=address).exists():
        raise There
    source = None
    if not address:
        # The same calendar, given again.
        source = open_ones.filter(url="", name=name, kept_for="").first()
    if source is None:
        source = IcsSubscription(name=name, url=address, added_at=timezone.now())
    source.added_by = by
    source.save()
    source.sections.set(sections)
    return source


@transaction.atomic
def end(*, source: IcsSubscription) -> None:
    source.ended_at = timezone.now()
    source.save(update_fields=["ended_at"])


def look_due() -> int:
    """Look at the calendars that nobody has looked at for hours; how many."""
    before = timezone.now() - EVERY
    due = IcsSubscription.objects.filter(ended_at=None, refused_at=None)
    due = due.exclude(url="")
    due = due.filter(Q(looked_at=None) | Q(looked_at__lt=before))
    sources = list(due.order_by(F("looked_at").asc(nulls_first=True))[:10])
    for source in sources:
        look(source=source)
    return len(sources)


def follow(
    *, name: str, url: str, sections: Iterable[Section], by: Editor
) -> IcsSubscription:
    """Subscribe to an address and look at it. Raises There; and fetching.NotAllowed or
    NoSuchSite, when nothing is kept of an address that would never be fetched."""
    source = subscribe(name=name, url=url, sections=sections, by=by)
    try:
        found = _fetched(source)
    except (fetching.NotAllowed, fetching.NoSuchSite):
        source.delete()
        raise
    except fetching.NotThere as refused:
        _say(source, refused.words)
    else:
        _receive(source, found)
    return source


def take_file(
    *, name: str, body: bytes, sections: Iterable[Section], by: Editor
) -> IcsSubscription:
    """Raises reading.NoCalendar before anything is kept."""
    read = _read(body)
    source = subscribe(name=name, url="", sections=sections, by=by)
    _take_all(source, read)
    return source


def take_file_for(
    *, key: str, name: str, body: bytes, sections: Iterable[Section], signs: Signs
) -> IcsSubscription:
    """For one who keeps one calendar here, by a ``key``, each file after the one before.
    ``signs``: what PUBLICATION_LISTENERS know of who it is. Raises reading.NoCalendar
    before anything is kept."""
    read = _read(body)
    if len(read.events) > MOST_OF_ONE:
        words = _(
            "This calendar has %(events)s events; %(most)s fit. Send a part of it."
        )
        told = {"events": len(read.events), "most": MOST_OF_ONE}
        raise reading.NoCalendar(words % told)
    source = _kept_for(key, name)
    source.sections.set(sections)
    _take_all(source, read, signs)
    return source


@transaction.atomic
def _kept_for(key: str, name: str) -> IcsSubscription:
    fresh = {"name": name, "added_at": timezone.now()}
    source, _made = IcsSubscription.objects.get_or_create(kept_for=key, defaults=fresh)
    source.name, source.ended_at = name, None
    source.save()
    return source


def look(*, source: IcsSubscription) -> None:
    """Fetch a calendar and take it over. What went wrong is said at the desk; what this
    program will never fetch, it asks for no more until an editor does."""
    try:
        found = _fetched(source)
    except fetching.NotAllowed as refused:
        source.refused_at = timezone.now()
        _say(source, refused.words)
        return
    except fetching.NotThere as refused:
        _say(source, refused.words)
        return
    source.refused_at = None
    _receive(source, found)


def _fetched(source: IcsSubscription) -> fetching.Fetched:
    return fetching.fetch(
        source.url,
        headers={"If-None-Match": source.etag} if source.etag else {},
        most_bytes=reading.MOST_BYTES,
        seconds=FETCH_SECONDS,
    )


def _receive(source: IcsSubscription, found: fetching.Fetched) -> None:
    if found.status == 304:  # noqa: PLR2004 - not modified
        _say(source, _("Nothing has changed."), source.report)
        return
    source.etag = found.headers.get("etag", "")[:200]
    take_over(source=source, body=found.body)


def take_over(*, source: IcsSubscription, body: bytes) -> Result | None:
    """None when it is no calendar; that is said at the desk, like the rest."""
    try:
        read = _read(body)
    except reading.NoCalendar as refused:
        _say(source, str(refused))
        return None
    return _take_all(source, read)


def _read(body: bytes) -> reading.Read:
    return reading.read(body, zone=the_site().time_zone, today=queries.today())


def _take_all(
    source: IcsSubscription, read: reading.Read, signs: Signs = NO_SIGNS
) -> Result:
    result = Result(unused=read.unused)
    for incoming in read.events:
        _take(source, incoming, result, signs)
    _say(source, result.words, result.unused)
    return result


def _say(source: IcsSubscription, words: str, report: list[str] | None = None) -> None:
    source.said, source.report = words[:500], report or []
    source.looked_at = timezone.now()
    source.save(update_fields=["said", "report", "looked_at", "refused_at", "etag"])


@transaction.atomic
def _take(
    source: IcsSubscription, incoming: Incoming, result: Result, signs: Signs
) -> None:
    event = Event.objects.filter(uid=incoming.uid).select_related("post").first()
    if event is None:
        if TakenBack.objects.filter(uid_hash=scheduling.hash_of(incoming.uid)).exists():
            words = _("“%(title)s”: it was withdrawn here.")
            result.unused.append(words % {"title": incoming.title[:80]})
            return
        _add(source, incoming, signs)
        result.added += 1
    elif event.source_id != source.pk:
        words = _("“%(title)s”: it is here already, from elsewhere.")
        result.unused.append(words % {"title": incoming.title[:80]})
    elif _change(event, incoming):
        result.changed += 1
    else:
        result.same += 1


def _add(source: IcsSubscription, incoming: Incoming, signs: Signs) -> None:
    now = timezone.now()
    sections = list(source.sections.all())
    content = Content(
        kind="event",
        title=incoming.title,
        byline=source.name,
        body=incoming.body,
        language=_language(),
        related_url=incoming.url,
        topics=tuple(s for s in sections if s.kind == SectionKind.TOPIC),
        regions=tuple(s for s in sections if s.kind == SectionKind.REGION),
        own=replace(incoming.content, source=source.pk),
    )
    post = publish(
        content=content,
        facts=Facts(
            network=_ELSEWHERE,
            now=now,
            through_form=False,
            doubts=_doubts(incoming) if source.kept_for else (),
            signs=signs,
        ),
        # Nobody has this key.
        phrase_hash=keys.hash_of(secrets.token_urlsafe(24)),
        by=source.added_by or (source if source.kept_for else None),
    )
    _cancel(Event.objects.get(post=post), incoming)


def _doubts(incoming: Incoming) -> tuple[Doubt, ...]:
    """A calendar is no flood, and its events are like one another; their words are
    looked at like all that nobody of the editors brought in."""
    return tuple(doubts_about(f"{incoming.title}\n\n{incoming.body}"))


def _language() -> str:
    found = the_site().languages
    return str(found[0]) if found else "en"


def _change(event: Event, incoming: Incoming) -> bool:
    """Whether something was different, and is not any more."""
    post = event.post
    if post.withdrawn_at:
        return False
    content = incoming.content
    coming = event.occurrences.filter(last_day__gte=queries.today(), cancelled_at=None)
    standing = {(row.starts_at, row.ends_at) for row in coming}
    wanted = {
        span.moments
        for span in content.dates or ()
        if span.start not in incoming.cancelled
    }
    own = replace(content, dates=None)
    if standing != wanted:
        own = replace(content, dates=(*_over(event), *(content.dates or ())))
    fields = {
        "title": incoming.title,
        "body": incoming.body,
        "related_url": incoming.url,
    }
    note = _("As in the calendar that it was imported from.")
    revision = Revision(fields=fields, note=note, own=own)
    made = corrections.correct(post=post, revision=revision)
    return _cancel(event, incoming) or made is not None


def _over(event: Event) -> list[Span]:
    """Dates that were: they stay as they were."""
    over = event.occurrences.filter(last_day__lt=queries.today())
    return [Span(row.begins, row.ends) for row in over]


def _cancel(event: Event, incoming: Incoming) -> bool:
    rows = event.occurrences.filter(starts_at__in=incoming.cancelled, cancelled_at=None)
    numbers = list(rows.values_list("number", flat=True))
    for number in numbers:
        dates.cancel(post=event.post, number=number)
    return bool(numbers)
