"""What an event has beside the page of its post: a file for calendars, and a page and a
file for each of its dates."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from commonwire.calendar import ics, queries
from commonwire.calendar.models import Event, Occurrence
from commonwire.calls.standing import called_off_post, called_off_posts
from commonwire.changes.models import Change
from commonwire.delivery.pages.calendar import FILE
from commonwire.delivery.pages.family import Family, Printed, is_of_post, page
from commonwire.delivery.pages.post import POST, outputs_of, post_at
from commonwire.delivery.tree import the_tree
from commonwire.publishing.models import Post
from commonwire.publishing.parts import part_of
from commonwire.publishing.queries import the_site
from commonwire.syndication.events import event as structured

# Longer ago, nobody's page says “coming”.
_LOOKED_BACK = timedelta(days=2)


def event_at(groups: dict[str, Any]) -> Any:
    """The post at an address, if it is an event that may be read."""
    post = post_at(**groups)
    if post is None or not post.may_be_read or post.kind != "event":
        return None
    return post


def _is_of_event(change: Change) -> bool:
    return is_of_post(change) and "path" in change.facts


class EventFiles(Family):
    """`…/calendar.ics`: every date of an event."""

    pattern = re.compile(rf"{POST}calendar\.ics")

    def render(self, **groups: Any) -> bytes | None:
        post = event_at(groups)
        if post is None:
            return None
        head = ics.Head(post.title, post.path)
        return ics.render(head, queries.dates_of(post), off=called_off_posts([post.pk]))

    def forgotten(self, change: Change) -> Iterable[str]:
        if not _is_of_event(change):
            return ()
        return the_tree().there([f"{change.facts['path']}{FILE}"])

    def every(self) -> Iterator[str]:
        for post in _events():
            yield f"{post.path}{FILE}"


class EventDates(Family):
    """`…/dates/<n>/`: one date of an event."""

    pattern = re.compile(
        rf"{POST}dates/(?P<number>[1-9][0-9]{{0,4}})/(?P<file>calendar\.ics)?"
    )

    def render(self, **groups: Any) -> bytes | None:
        number, file = int(groups.pop("number")), groups.pop("file")
        post = event_at(groups)
        row = queries.dates_of(post).filter(number=number).first() if post else None
        part = part_of("event")
        if row is None or part is None:
            return None
        if file:
            off = called_off_posts([post.pk])
            return ics.render(ics.Head(post.title, row.path), [row], off=off)
        told = part.shown(part.content_of(post), post)
        context = {
            "post": post,
            "told": told,
            "date": next(each for each in told.dates if each.row.pk == row.pk),
            "path": row.path,
            "site": the_site(),
            "outputs": outputs_of(post),
            "structured": structured(row, called_off_post(post)),
        }
        return page("calendar/date.html", context)

    def forgotten(self, change: Change) -> Iterable[str]:
        if not _is_of_event(change):
            return ()
        pages = the_tree().folders(f"{change.facts['path']}dates/")
        return [each + name for each in pages for name in ("", FILE)]

    def due(self, now: datetime, printed: Printed) -> Iterator[str]:
        """What is over says so."""
        for row in queries.ended(now - _LOOKED_BACK, now):
            over = row.ends_at or row.starts_at
            for path in (row.event.post.path, row.path):
                last = printed(path)
                if last and last < over:
                    yield path

    def every(self) -> Iterator[str]:
        rows = Occurrence.objects.filter(event__post__in=_events())
        for row in rows.select_related("event__post").iterator():
            yield row.path


def _events() -> Any:
    listed = Post.objects.filter(listed=True, pk__in=Event.objects.values("pk"))
    return listed.only("day", "slug").order_by("pk")
