"""A call as plain text of 72 columns that ends in ###, like a release."""

from collections.abc import Iterator

from commonwire.calls.facts import CallFacts
from commonwire.syndication.calls.blocks import blocks
from commonwire.syndication.releases.text import END, body, wrap


def render(facts: CallFacts) -> str:
    paragraphs = [text for text in _paragraphs(facts) if text.strip()]
    return "\n\n".join([*paragraphs, END]) + "\n"


def _paragraphs(facts: CallFacts) -> Iterator[str]:
    yield facts.word("call").upper()
    yield wrap(facts.standing.upper() if facts.is_off else facts.standing)
    yield wrap(f"{facts.word('when')}: {facts.when}")
    if facts.issuers:
        yield wrap(f"{facts.word('issued')}: {facts.issuer}")
    yield wrap(facts.title)
    yield wrap(facts.summary)
    yield from body(blocks(facts), "")
    if facts.contacts:
        people = ["\n".join(map(wrap, lines)) for lines in facts.contacts]
        yield f"{facts.word('contact')}:\n" + "\n\n".join(people)
    if facts.press_address:
        yield f"{facts.word('press')}:\n{facts.press_address}"
    yield f"{facts.word('page')}:\n{facts.address}"
