"""What somebody searches for: words, phrases, and what they are narrowed by. The same
search has one address, for its page, its feeds and programs."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from urllib.parse import urlencode

from commonwire.publishing.models import Section
from commonwire.search import numbers
from commonwire.search.engines import Term
from commonwire.search.texts import marks
from commonwire.search.words import forms

LONGEST = 200
MOST_TERMS = 12
PER_PAGE = 20
MOST_PAGES = 25
_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]|([^\s"“”„«»]+)')


@dataclass(frozen=True)
class Asked:
    q: str = ""
    section: Section | None = None
    kind: str = ""
    by: str = ""
    since: date | None = None
    until: date | None = None
    language: str = ""
    page: int = 1

    @property
    def is_empty(self) -> bool:
        return self == Asked(page=self.page)

    @property
    def chunks(self) -> list[str]:
        """Words, and phrases in quotation marks, as they were written."""
        found = _QUOTED.finditer(self.q)
        return [
            chunk for each in found if (chunk := (each[1] or each[2] or "").strip())
        ]

    def terms(self, languages: tuple[str, ...]) -> list[Term]:
        """``languages``: those that entries have."""
        spoken = (self.language,) if self.language else languages
        words = (forms(chunk, spoken) for chunk in self.chunks)
        sections = [self.section.pk] if self.section else []
        narrowed = marks(self.kind, self.language, sections, self.by)
        terms = [term for term in words if term]
        return [*terms, *(frozenset({(mark,)}) for mark in narrowed)]

    def bounds(self, zone: tzinfo) -> tuple[int, int]:
        """The numbers of what was published in this time. Organisations have none; they
        are found when they are asked for."""
        if self.kind == "organisation":
            return numbers.ORGANISATIONS, numbers.LAST
        low, high = (
            numbers.since(datetime.min.replace(tzinfo=zone, year=2)),
            numbers.ORGANISATIONS,
        )
        if self.since:
            low = numbers.since(datetime.combine(self.since, time(), zone))
        if self.until:
            after = self.until + timedelta(days=1)
            high = numbers.since(datetime.combine(after, time(), zone))
        return low, high

    @property
    def query(self) -> str:
        """What stands after the question mark; empty fields are left out."""
        section = self.section
        told = {
            "q": self.q,
            "section": f"{section.kind}s/{section.slug}" if section else "",
            "kind": self.kind,
            "by": self.by,
            "from": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "language": self.language,
            "page": self.page if self.page > 1 else "",
        }
        return urlencode({name: value for name, value in told.items() if value})

    def at(self, page: int) -> "Asked":
        return replace(self, page=page)
