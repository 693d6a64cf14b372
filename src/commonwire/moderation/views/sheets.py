"""The page to work from: heads of queues, one below the other, or one queue alone."""

import itertools
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.http import QueryDict

from commonwire.accounts.models import Editor
from commonwire.kit.numbers import row_numbers
from commonwire.moderation import queries
from commonwire.moderation.forms.filters import (
    GOES_ON,
    NAMED,
    Asked,
    asked_of,
    offered_languages,
)
from commonwire.moderation.forms.orders import Typed
from commonwire.moderation.items import Item, items_of
from commonwire.moderation.models import Decision
from commonwire.moderation.queues import QUEUES, Queue, Stretch, read
from commonwire.moderation.sentences import teller
from commonwire.moderation.today import Today, today
from commonwire.publishing.models import Post
from commonwire.publishing.queries import sections
from commonwire.publishing.states import Kind

PER_PAGE = 20
# Of a queue above another one.
HEAD = 6
_MEMBERS = ("kind", "language", "section", "q", "since", "until")


@dataclass
class Heap:
    """A queue's items, as many as are shown, and the address of the next ones."""

    queue: Queue
    items: list[Item]
    more: str = ""
    # It stopped before it had found enough.
    stopped: bool = False


@dataclass
class Flooded:
    """Posts that came for one reason, for one act."""

    heap: Any
    # What it looks like.
    newest: list[Post] = field(default_factory=list)
    typed: Typed | None = None

    @property
    def more(self) -> int:
        left: int = self.heap.left
        return left - len(self.newest)


@dataclass
class Sheet:
    asked: Asked
    heaps: list[Heap]
    today: Today
    last_own: Decision | None
    # What to come back to.
    back: str
    done: list[Decision] = field(default_factory=list)
    bulk: Typed | None = None
    ticked: tuple[str, ...] = ()
    # What was acted on and lies in none of the queues any more.
    apart: Item | None = None
    floods: list[Flooded] = field(default_factory=list)
    flood: Any = None
    # What cannot be done, when there is no form left to say it beside.
    refusals: list[str] = field(default_factory=list)
    # On a further page: the address of the first one.
    first: str = ""

    @property
    def items(self) -> list[Item]:
        return [item for heap in self.heaps for item in heap.items]


def sheet_at(address: str, editor: Editor) -> Sheet:
    """The sheet of an address, such as where a form was sent from."""
    parts = urlsplit(address)
    name = parts.path.removeprefix("/desk/").strip("/")
    data = QueryDict(parts.query)
    asked = asked_of(data, name if name in NAMED else "")
    heaps = _heaps(asked, data, editor)
    _lead_on([item for heap in heaps for item in heap.items])
    return Sheet(
        asked=asked,
        heaps=heaps,
        today=today(),
        last_own=queries.last_own(editor),
        back=without_done(address),
        done=done_of(data.get("done", ""), editor),
        floods=_floods(asked),
        flood=queries.flood(),
        first=_address(asked.state, data) if asked.after else "",
    )


def _floods(asked: Asked) -> list[Flooded]:
    if asked.state or asked.filters.any or asked.after:
        return []
    return [
        Flooded(heap, queries.newest_in(heap, limit=HEAD)) for heap in queries.heaps()
    ]


def _heaps(asked: Asked, data: Any, editor: Editor) -> list[Heap]:
    heaps: list[Heap] = []
    shown: set[str] = set()
    for queue in asked.queues:
        alone = len(asked.queues) == 1 or queue.name == GOES_ON.get(asked.state)
        limit = PER_PAGE if alone else HEAD
        found = read(queue, asked.filters, limit=limit, after=asked.after)
        # What is flagged and waits lies on the first heap only.
        items = [
            item
            for item in items_of(queue, found.ids, editor=editor)
            if item.target not in shown
        ]
        shown |= {item.target for item in items}
        more = _more(queue, found, asked, data)
        heaps.append(Heap(queue, items, more, found.stopped))
    return heaps


def _more(queue: Queue, found: Stretch, asked: Asked, data: Any) -> str:
    if found.after is None:
        return ""
    goes_on = GOES_ON.get(asked.state) == queue.name
    state = asked.state if goes_on else queue.name
    return _address(state, data, after=str(found.after))


def _address(state: str, data: Any, after: str = "") -> str:
    """Of a sheet, with the filters that it has."""
    kept = {name: data[name] for name in _MEMBERS if data.get(name)}
    wanted = {**kept, "state": state, "after": after}
    query = urlencode({k: v for k, v in wanted.items() if v})
    return "/desk/" + (f"?{query}" if query else "")


def _lead_on(items: list[Item]) -> None:
    """Each knows the next one, where who works without scripts goes on."""
    for item, after in itertools.pairwise(items):
        item.next_id = after.id


def done_of(text: str, editor: Editor) -> list[Decision]:
    """What the editor did a moment ago, to be told and taken back."""
    numbers = row_numbers(text.split(","))
    if not numbers:
        return []
    own = queries.decisions().filter(number__in=numbers[:250], editor=editor)
    return list(own)


def without_done(address: str) -> str:
    parts = urlsplit(address)
    kept = {k: v for k, v in parse_qs(parts.query).items() if k != "done"}
    query = urlencode(kept, doseq=True)
    return parts.path + (f"?{query}" if query else "")


def page_of(sheet: Sheet) -> dict[str, Any]:
    """What the templates of a sheet read."""
    return {
        "sheet": sheet,
        "queues": list(QUEUES.values()),
        "kinds": Kind.choices,
        "languages": offered_languages(sheet.asked.filters.language),
        "sections": sections(),
        "lines": [] if sheet.asked.state else queries.unanswered_lines(),
        "newest": queries.newest_number(),
        **parts_of_items(ticked=sheet.ticked),
        "back": sheet.back,
    }


def parts_of_items(
    *, ticked: tuple[str, ...] = (), picks: bool = True
) -> dict[str, Any]:
    """What every item's forms offer; ``picks``: whether several can be ticked."""
    topics, regions = sections()
    offered = {"rules": queries.rules(), "topics": topics, "regions": regions}
    return {**offered, "ticked": ticked, "picks": picks, "tell": teller()}


def mark(sheet: Sheet, target: str, typed: Typed, apart: Item | None) -> None:
    """Put what cannot be done beside its fields, where it was typed."""
    for item in sheet.items:
        if item.target == target:
            item.typed = typed
            return
    if apart is None:
        sheet.refusals = list(typed.faults.values())
        return
    apart.typed = typed
    sheet.apart = apart
