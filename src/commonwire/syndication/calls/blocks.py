"""A call as the plain blocks that its text and its letter are set from."""

from collections.abc import Iterable, Iterator

from commonwire.calls.endorsers import Endorser
from commonwire.calls.facts import CallFacts
from commonwire.calls.words import day_in
from commonwire.kit.mail_mask import mask
from commonwire.syndication.releases.blocks import Block, Run, blocks_of

# Of endorsers and events: beyond it the page is named.
MOST_NAMES = 100


def blocks(facts: CallFacts) -> list[Block]:
    return [
        *blocks_of(facts.body_html),
        *_list(facts.word("asks"), (ask.line for ask in facts.asks)),
        *_list(facts.word("demands"), (each.line for each in facts.demands)),
        *_section(facts.word("know"), blocks_of(facts.know_html)),
        *_section(facts.word("ask"), _paragraphs(facts.ask_whom)),
        *_list(facts.word("events"), _events(facts), numbered=False),
        *_endorsers(facts),
        *_list(facts.word("links"), _links(facts), numbered=False),
        *_list(facts.word("translations"), _translations(facts), numbered=False),
    ]


def _section(head: str, below: list[Block]) -> list[Block]:
    return [Block("h", [Run(head)]), *below] if below else []


def _paragraphs(text: str) -> list[Block]:
    return [Block("p", [Run(text)])] if text else []


def _list(head: str, lines: Iterable[str], *, numbered: bool = True) -> list[Block]:
    rows = [
        Block("li", [Run(mask(line))], f"{number}." if numbered else "•", depth=1)
        for number, line in enumerate(lines, 1)
    ]
    return _section(head, rows)


def _events(facts: CallFacts) -> Iterator[str]:
    for event in facts.events[:MOST_NAMES]:
        off = facts.word("cancelled") if event.cancelled else ""
        yield " — ".join(filter(None, (off, event.title, event.when, event.place)))


def _endorsers(facts: CallFacts) -> list[Block]:
    found = facts.endorsers
    names = [_endorser(facts, each) for each in found.standing[:MOST_NAMES]]
    more = found.count - len(names)
    told = ", ".join(names) + (f" … +{more}" if more else "")
    gone = [
        facts.word("withdrew") % (each.name, day_in(facts.language, each.withdrawn))
        for each in found.withdrawn[:MOST_NAMES]
        if each.withdrawn
    ]
    below = [facts.endorsed_in_full, told, "; ".join(gone)]
    blocks = [block for text in below for block in _paragraphs(text)]
    return _section(facts.word("endorsed"), blocks)


def _endorser(facts: CallFacts, endorser: Endorser) -> str:
    """Nobody is shown behind a day or a demand that they have not seen."""
    if not endorser.version_of:
        return endorser.name
    day = day_in(facts.language, endorser.version_of)
    return f"{endorser.name} ({facts.word('version') % day})"


def _links(facts: CallFacts) -> Iterator[str]:
    for url, words in facts.links:
        yield f"{words}: {url}" if words else url


def _translations(facts: CallFacts) -> Iterator[str]:
    for each in facts.translations:
        yield each.title
