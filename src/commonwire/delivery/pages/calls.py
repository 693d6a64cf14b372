"""`/calls/`, and what is taken along of a call: files and lists of its endorsers."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from commonwire.calls import call_queries as calls
from commonwire.calls.endorsers import Endorser, Endorsers
from commonwire.calls.facts import OUTPUTS, CallFacts, facts_of
from commonwire.calls.models import Call
from commonwire.calls.queries import with_call
from commonwire.calls.states import OrganisationKind
from commonwire.changes.models import Change
from commonwire.delivery.pages.family import Family, Printed, is_of_post, page
from commonwire.delivery.pages.listing import (
    FEED,
    Listing,
    ListingFamily,
    with_feeds,
)
from commonwire.delivery.pages.post import POST, post_at
from commonwire.delivery.tree import the_tree
from commonwire.kit.address import absolute
from commonwire.publishing import queries
from commonwire.publishing.models import Post
from commonwire.syndication.calls import calendar, letter, ninjs, text

FILES = tuple(OUTPUTS)
NAMES = (*FILES, "endorsements.csv", "endorsements.json")
_KINDS = "|".join(OrganisationKind.values)


def _site() -> str:
    return queries.the_site().name


def _call_at(**groups: Any) -> Post | None:
    """A call that may be read, with what its facts are made of."""
    post: Post | None = post_at(**groups)
    if post is None or post.kind != "call" or not post.may_be_read:
        return None
    return with_call(post)


def _is_of_call(change: Change) -> bool:
    return is_of_post(change) and "call" in change.facts and "path" in change.facts


class Calls(ListingFamily):
    """Those to come by their day, then those that are over."""

    pattern = re.compile(rf"/calls/{FEED}")

    def listing(self, **groups: Any) -> Listing:
        return Listing("/calls/", "", calls.newest(), "public/calls.html", _lists())

    def paths(self, change: Change) -> Iterable[str]:
        named = change.kind == "organisation.changed"
        return ("/calls/",) if named or _is_of_call(change) else ()

    def due(self, now: datetime, printed: Printed) -> Iterable[str]:
        """Days are counted on it, and calls end."""
        at = printed("/calls/")
        if at and (calls.ended_between(at, now) or _another_day(at, now)):
            yield "/calls/"

    def every(self) -> Iterator[str]:
        yield from with_feeds("/calls/")


def _another_day(before: datetime, now: datetime) -> bool:
    zone = queries.the_site().zone
    return timezone.localdate(before, zone) != timezone.localdate(now, zone)


def _lists() -> dict[str, Any]:
    now = timezone.now()
    return {"coming": calls.coming(now), "over": calls.over(now)}


class CallFiles(Family):
    """Printed when somebody asks, and forgotten when the call changes or ends."""

    pattern = re.compile(f"{POST}(?P<name>{'|'.join(map(re.escape, NAMES))})")

    def render(self, **groups: Any) -> bytes | None:
        name = groups.pop("name")
        post = _call_at(**groups)
        return _RENDER[name](facts_of(post)) if post else None

    def compresses(self, path: str) -> bool:
        return not path.endswith(".pdf")

    def forgotten(self, change: Change) -> Iterable[str]:
        if _is_of_call(change):
            own = [change.facts["path"] + name for name in NAMES]
            return the_tree().there([*own, *change.facts["call"]["translations"]])
        return the_tree().there(
            path + name
            for path in told_by(change)
            for name in ("", "endorsements/", *NAMES)
        )

    def due(self, now: datetime, printed: Printed) -> Iterator[str]:
        """The call's own page counts the days, and so do these."""
        for call in calls.going(now):
            for name in ("", "endorsements/", *NAMES):
                if _is_older(call, printed(call.post.path + name), now):
                    yield call.post.path + name

    def every(self) -> Iterator[str]:
        for path in calls.paths():
            yield from (path + name for name in NAMES)


def told_by(change: Change) -> list[str]:
    """What names an organisation that changed; the call that lists an event that did."""
    if change.kind == "organisation.changed":
        return calls.paths_naming(change.facts["organisation"])
    if is_of_post(change) and "event" in change.facts:
        return calls.paths_listing(change.post_id)
    return []


def over_since(now: datetime, printed: Printed, names: Iterable[str]) -> Iterator[str]:
    """Files that were printed before their call was over, and are to say that it is."""
    for call in calls.ended_lately(now):
        for name in names:
            at = printed(call.post.path + name)
            if at is not None and at < call.ends_at:
                yield call.post.path + name


def _is_older(call: Call, at: datetime | None, now: datetime) -> bool:
    """Whether it was printed on another day, or before the call began or ended."""
    if at is None:
        return False
    zone = call.when.tzinfo
    if timezone.localdate(at, zone) != timezone.localdate(now, zone):
        return True
    return any(at < turn <= now for turn in (call.starts_at, call.ends_at))


class Endorsements(Family):
    """`…/endorsements/`: as a list; of a kind, or of an area."""

    pattern = re.compile(
        rf"{POST}endorsements/(?:(?P<kind>{_KINDS})/|in/(?P<area>[-\w]{{1,120}})/)?"
    )

    def render(self, **groups: Any) -> bytes | None:
        kind, area = groups.pop("kind"), groups.pop("area")
        post = _call_at(**groups)
        if post is None:
            return None
        facts = facts_of(post)
        rows, withdrawn = (
            [
                each
                for each in some
                if kind in (None, each.kind) and area in (None, each.area_slug)
            ]
            for some in (facts.endorsers.standing, facts.endorsers.withdrawn)
        )
        if (kind or area) and not (rows or withdrawn):
            return None
        context = {
            "post": post,
            "facts": facts,
            "standing": facts.called_off or facts.ended,
            "rows": rows,
            "withdrawn": withdrawn,
            "kinds": _counted(facts.endorsers, "kind", "kind_words"),
            "areas": _counted(facts.endorsers, "area_slug", "area"),
            "kind": kind or "",
            "area": area or "",
            "path": f"{post.path}endorsements/",
        }
        return page("calls/endorsements.html", context)

    def forgotten(self, change: Change) -> Iterable[str]:
        own = [change.facts["path"]] if _is_of_call(change) else []
        for path in own or told_by(change):
            yield from _lists_below(f"{path}endorsements/")

    def due(self, now: datetime, printed: Printed) -> Iterator[str]:
        """A call whose time is over says so."""
        for call in calls.ended_lately(now):
            whole = f"{call.post.path}endorsements/"  # which the call's files know of
            for path in _lists_below(whole):
                at = printed(path)
                if path != whole and at is not None and at < call.ends_at:
                    yield path

    def every(self) -> Iterator[str]:
        for path in calls.paths():
            yield f"{path}endorsements/"


def _lists_below(folder: str) -> Iterator[str]:
    kinds = (f"{folder}{kind}/" for kind in OrganisationKind.values)
    yield from the_tree().there([folder, f"{folder}in/", *kinds])
    yield from the_tree().folders(f"{folder}in/")


def _counted(found: Endorsers, name: str, words: str) -> list[tuple[str, str, int]]:
    counts: dict[str, list[Any]] = {}
    for each in found.standing:
        if key := getattr(each, name):
            counts.setdefault(key, [getattr(each, words), 0])[1] += 1
    rows = [(key, label, number) for key, (label, number) in counts.items()]
    return sorted(rows, key=lambda row: (-row[2], row[1]))


_COLUMNS = (
    *("organisation", "url", "kind", "area", "members", "given_on", "how", "office"),
    *("note", "version", "for_version_of", "withdrawn_on"),
)


def _row(each: Endorser) -> dict[str, Any]:
    told = (
        *(each.name, absolute(each.path), each.kind, each.area, each.members),
        *(each.day.isoformat(), each.how, each.office, each.note, each.version),
        each.version_of.isoformat() if each.version_of else None,
        each.withdrawn.isoformat() if each.withdrawn else None,
    )
    return dict(zip(_COLUMNS, told, strict=True))


def _csv(found: Endorsers) -> bytes:
    """For spreadsheets: what begins like a formula is none."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(_COLUMNS)
    for each in (*found.standing, *found.withdrawn):
        writer.writerow(_safe(value) for value in _row(each).values())
    return file.getvalue().encode("utf-8-sig")


def _safe(value: Any) -> Any:
    told = "" if value is None else str(value)
    return f"'{told}" if told[:1] in {"=", "+", "-", "@", "\t"} else told


def _json(facts: CallFacts) -> bytes:
    found = facts.endorsers
    data = {
        "call": facts.address,
        "state": facts.state,
        "standing": facts.called_off or facts.ended,
        "count": found.count,
        "members": found.members.total,
        "counted": found.members.how,
        "items": [_row(each) for each in (*found.standing, *found.withdrawn)],
    }
    return json.dumps(data, ensure_ascii=False).encode()


_RENDER: dict[str, Callable[[CallFacts], bytes]] = {
    "call.txt": lambda facts: text.render(facts).encode(),
    "call-letter.pdf": lambda facts: letter.render(facts, "letter", _site()),
    "call-a4.pdf": lambda facts: letter.render(facts, "a4", _site()),
    "call.ics": calendar.render,
    "call.ninjs.json": ninjs.render,
    "endorsements.csv": lambda facts: _csv(facts.endorsers),
    "endorsements.json": _json,
}
