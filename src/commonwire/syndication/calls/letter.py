"""A call as a letter: PDF, set as releases are."""

from pathlib import Path
from typing import Final

from commonwire.calls.facts import CallFacts
from commonwire.syndication.calls.blocks import blocks
from commonwire.syndication.releases.blocks import as_data
from commonwire.syndication.typesetting import how_set, pdf

_TEMPLATE: Final = Path(__file__).parents[1] / "releases" / "letter.typ"


def render(facts: CallFacts, paper: str, site: str) -> bytes:
    return pdf(_TEMPLATE, _data(facts, site), paper)


def _data(facts: CallFacts, site: str) -> dict[str, object]:
    press = facts.press_address
    return {
        **how_set(facts.language),
        "issuer": facts.issuer or site,
        "site": site,
        "address": facts.address,
        "status": facts.word("call"),
        "kind": "" if facts.is_off else facts.standing,
        "issued": "",
        # Where a correction says what it corrects: before anything else.
        "corrects": facts.called_off,
        "note": "",
        "headline": facts.title,
        "subheadline": facts.when,
        "summary": facts.summary,
        "dateline": "",
        "blocks": [as_data(block) for block in blocks(facts)],
        "abouts": [],
        "contact": facts.word("contact"),
        "contacts": [list(lines) for lines in facts.contacts],
        "press": f"{facts.word('press')}: {press}" if press else "",
        "pictures": "",
        "captions": [],
        "licence": "",
        "end": "",
    }
