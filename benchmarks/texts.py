"""Posts to publish: about the length and shape of real ones, no two alike."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.text import slugify

_WORDS = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "that",
    "for",
    "on",
    "with",
    "at",
    "from",
    "by",
    "about",
    "after",
    "before",
    "council",
    "city",
    "transit",
    "workers",
    "tenants",
    "strike",
    "vote",
    "meeting",
    "library",
    "flood",
    "street",
    "neighbours",
    "union",
    "mayor",
    "budget",
    "clinic",
    "school",
    "march",
    "permit",
    "hearing",
    "witnesses",
    "organisers",
    "police",
    "water",
    "rent",
    "housing",
    "contract",
    "wages",
    "drivers",
    "nurses",
    "teachers",
    "students",
    "river",
    "bridge",
    "market",
    "evening",
    "Monday",
    "Thursday",
    "morning",
    "hundreds",
    "dozens",
    "gathered",
    "said",
    "demanded",
    "refused",
    "announced",
    "called",
    "agreed",
    "opened",
    "closed",
    "counted",
    "returned",
    "asked",
    "answered",
    "waited",
]


@dataclass(frozen=True)
class Text:
    number: int
    title: str
    byline: str
    summary: str
    body: str

    @property
    def path(self) -> str:
        """Where it will be when it is published today."""
        return f"/{datetime.now(UTC):%Y/%m/%d}/{slugify(self.title)}/"

    def as_form(self) -> dict[str, str]:
        return {
            "title": self.title,
            "byline": self.byline,
            "summary": self.summary,
            "body": self.body,
        }


def text(number: int, length: int = 3_000) -> Text:
    """The numberth text; its body has about ``length`` characters."""
    chance = random.Random(number)
    title = _sentence(chance, 5)[:45].rstrip(" .")  # short enough for a whole slug
    summary = f"{_sentence(chance, 14)} {_sentence(chance, 12)}"
    parts, size = [f"{title}, report {number}."], 0
    while size < length:
        parts.append(_paragraph(chance, len(parts)))
        size += len(parts[-1]) + 2
    body = "\n\n".join(parts)[:length]
    return Text(number, f"{title} {number}", _byline(chance), summary, body)


def _paragraph(chance: random.Random, place: int) -> str:
    if place % 6 == 3:
        return "\n".join(f"* {_sentence(chance, 9)}" for _ in range(4))
    sentences = " ".join(_sentence(chance, chance.randint(9, 20)) for _ in range(4))
    if place % 6 == 5:
        return f"{sentences} More at https://example.org/{chance.randint(1, 999)}"
    return f"“{sentences}”" if place % 4 == 2 else sentences


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words)).capitalize() + "."


def _byline(chance: random.Random) -> str:
    return (
        " ".join(chance.choices(_WORDS, k=2)).title() if chance.random() < 0.7 else ""
    )
