"""Whether the log's feeds say what the log committed to. What stands in an entry's HTML
is marked as on pages; the bare fields have to say the same."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any

from lxml import etree
from lxml.html import document_fromstring

from commonwire.moderation.log import reasons, shown
from commonwire.moderation.log.shown import Entry, EntryOf, Shown

_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_AUTHOR = "{http://purl.org/dc/elements/1.1/}creator"


@dataclass(frozen=True)
class Item:
    """A decision in a feed, whatever the feed's format. ``summary``: bare text."""

    html: str
    title: str
    summary: str
    author: str
    times: list[datetime]
    tags: list[str] = field(default_factory=list)


def look(name: str, data: bytes, entry_of: EntryOf, where: str) -> Shown:
    """At all decisions in a feed."""
    found = Shown([], {}, set(), [])
    try:
        for item in _READERS[name](data):
            _look_at(item, entry_of, where, found)
    except (ValueError, KeyError, TypeError, AttributeError, etree.LxmlError) as error:
        found.faults.append(f"{where} cannot be checked: {type(error).__name__}")
    return found


def _look_at(item: Item, entry_of: EntryOf, where: str, found: Shown) -> None:
    own = shown.look(item.html, entry_of, where)
    found.faults += own.faults
    found.removed |= own.removed
    found.numbers += own.numbers
    for slug, titles in own.titles.items():
        found.titles.setdefault(slug, set()).update(titles)
    if own.faults:
        return
    root = document_fromstring(item.html)
    marked = root.xpath("//*[@data-decision]")
    if len(marked) != 1:
        raise ValueError("an item is of one decision")
    number = int(marked[0].get("data-decision"))
    entry = entry_of(number)
    if entry is not None:
        found.faults += _fields(item, entry, number, where, root)


def _fields(
    item: Item, entry: Entry, number: int, where: str, root: Any
) -> Iterator[str]:
    said = shown.text_of(root.xpath("//*[@data-decision]/p")[0])
    if said != f"{item.title}.":
        yield shown.other(where, number, "sentence", item.title)
    if item.author != entry["by"]:
        yield shown.other(where, number, "by", item.author)
    for moment in item.times:
        if shown.in_utc(moment) != entry["at"]:
            yield shown.other(where, number, "at", moment.isoformat())
    words = [shown.text_of(each) for each in root.xpath("//*[@data-reason]")]
    if item.summary != "".join(words):
        yield reasons.changed(number, where)
    titles = [shown.text_of(each) for each in root.xpath("//*[@data-rule]")]
    if item.tags[:1] != [entry["act"]] or set(titles) - set(item.tags):
        yield shown.other(where, number, "act or rule", ", ".join(item.tags))


def _of_json(data: bytes) -> Iterator[Item]:
    for item in reasons.parsed(data)["items"]:
        names = [author["name"] for author in item["authors"]]
        yield Item(
            html=item["content_html"],
            title=item["title"],
            summary=item["summary"],
            author=", ".join(names),
            times=[
                datetime.fromisoformat(item["date_published"]),
                datetime.fromisoformat(item["date_modified"]),
            ],
            tags=item["tags"],
        )


def _of_atom(data: bytes) -> Iterator[Item]:
    for item in _xml(data).iter(f"{_ATOM}entry"):
        author = item.find(f"{_ATOM}author")
        yield Item(
            html=_text(item, f"{_ATOM}content"),
            title=_text(item, f"{_ATOM}title"),
            summary=unescape(_text(item, f"{_ATOM}summary")),
            author=_text(author, f"{_ATOM}name"),
            times=[
                datetime.fromisoformat(_text(item, _ATOM + n))
                for n in ("published", "updated")
            ],
            tags=[each.get("term", "") for each in item.iter(f"{_ATOM}category")],
        )


def _of_rss(data: bytes) -> Iterator[Item]:
    for item in _xml(data).iter("item"):
        yield Item(
            html=_text(item, _CONTENT),
            title=_text(item, "title"),
            summary=unescape(_text(item, "description")),
            author=_text(item, _AUTHOR),
            times=[parsedate_to_datetime(_text(item, "pubDate"))],
            tags=[each.text or "" for each in item.iter("category")],
        )


_READERS = {"feed.json": _of_json, "feed.atom": _of_atom, "feed.rss": _of_rss}


def _xml(data: bytes) -> Any:
    """Nothing outside the file is read, and nothing in it grows."""
    safe = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, safe)


def _text(element: Any, name: str) -> str:
    found = element.find(name)
    return "" if found is None else found.text or ""
