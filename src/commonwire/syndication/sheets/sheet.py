"""A sign-up sheet as PDF: one page across, a column for each ask."""

from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from commonwire.calls.facts import CallFacts
from commonwire.publishing.models import Site
from commonwire.syndication import qr
from commonwire.syndication.posters.poster import breakable, shortened
from commonwire.syndication.sheets.words import words
from commonwire.syndication.typesetting import how_set, pdf

_TEMPLATE: Final = Path(__file__).with_name("sheet.typ")
# A page has room for as many columns to tick; the rest is asked on the call's page.
MOST_ASKS: Final = 6
LONGEST_ASK: Final = 60
LONGEST_HEADLINE: Final = 110
LINES: Final = 18


def render(facts: CallFacts, site: Site, paper: str) -> bytes:
    return pdf(_TEMPLATE, _data(facts, site), paper)


def _data(facts: CallFacts, site: Site) -> dict[str, Any]:
    said = words(facts.language)
    asks = [breakable(shortened(ask.line, LONGEST_ASK)) for ask in facts.asks]
    shown = unquote(facts.address).removeprefix("https://").rstrip("/")
    return {
        **how_set(facts.language),
        **{name: said[name] for name in ("kicker", "intro", "name", "place")},
        **{name: said[name] for name in ("sum", "sheet", "people")},
        "after": said["after"] % site.name,
        "headline": breakable(shortened(facts.title, LONGEST_HEADLINE)),
        "issuer": breakable(shortened(facts.issuer, LONGEST_HEADLINE)),
        "when": facts.when,
        "off": facts.called_off or facts.ended,
        "asks": asks[:MOST_ASKS],
        "lines": LINES,
        "address": facts.address,
        "shown": breakable(shown),
        "qr": qr.drawn_tight(facts.address, small=True),
    }
