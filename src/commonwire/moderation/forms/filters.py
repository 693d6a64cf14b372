"""What of a queue is to be shown, as the address says it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from commonwire.moderation.queues import (
    MOST_LOOKED_AT,
    QUEUES,
    Filters,
    Place,
    Queue,
)
from commonwire.publishing.forms import languages
from commonwire.publishing.models import Post, Section
from commonwire.publishing.queries import section_at, the_site
from commonwire.publishing.states import Kind

LONGEST_SEARCH = 100
# In the order of urgency. Of each the head is shown; ``GOES_ON`` with the second page.
SHEETS: dict[str, tuple[str, ...]] = {
    "": ("appeals", "flags", "waiting", "waiting-comments", "new"),
    "waiting": ("waiting", "waiting-comments"),
}
GOES_ON = {"": "new", "waiting": "waiting"}
# What has an address of its own.
NAMED = ("appeals", "flags", "waiting", "comments")


@dataclass(frozen=True)
class Asked:
    """``state``: the name of a queue; empty for what is to be done, of all sorts."""

    state: str
    filters: Filters
    after: Place | None
    # As typed, for the form.
    section: str = ""

    @property
    def queues(self) -> list[Queue]:
        if self.after is not None and self.state in GOES_ON:
            return [QUEUES[GOES_ON[self.state]]]
        return [QUEUES[name] for name in SHEETS.get(self.state, (self.state,))]


def asked_of(data: Any, state: str = "") -> Asked:
    """What is no filter here is none."""
    state = data.get("state", state)
    return Asked(
        state=state if state in QUEUES else "",
        filters=Filters(
            kind=data.get("kind", "") if data.get("kind") in Kind.values else "",
            language=_language(data.get("language", "")),
            section=_section(data.get("section", "")),
            words=" ".join(data.get("q", "").split())[:LONGEST_SEARCH],
            since=_day(data.get("since", "")),
            until=_day(data.get("until", "")),
        ),
        after=Place.read(data.get("after", "")),
        section=data.get("section", ""),
    )


def offered_languages(chosen: str) -> list[tuple[str, str]]:
    """The site's, and those of the posts that came last: as many as one page looks at
    for a filter."""
    posts = Post.objects.order_by("-pk").values_list("language", flat=True)
    wanted = {*posts[:MOST_LOOKED_AT], *the_site().languages, chosen}
    return [language for language in languages() if language[0] in wanted]


def _language(code: str) -> str:
    return code if code in dict(languages()) else ""


def _section(path: str) -> Section | None:
    kind, _slash, slug = path.partition("/")
    return section_at(kind, slug) if slug else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
