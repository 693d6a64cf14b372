"""Which pages of the public log show a decision. As many as there are, whatever was
decided before: the newest pages are printed again, old ones are only taken away."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from commonwire.changes.models import Change
from commonwire.delivery.pages.listing import with_feeds
from commonwire.moderation.archive import name_slug
from commonwire.moderation.log.pages import PER_BUNDLE
from commonwire.moderation.models import Decision

# The title of a post stands in the lines of its decisions, and whether it is there.
_RETOLD = {
    "post.corrected",
    "post.withdrawn",
    "post.released",
    "post.kept_waiting",
}
_ANSWERED = {
    "appeal.opened",
    "appeal.answered",
    "appeal.settled",
    "appeal.shown",
    "decision.redacted",
}
SCREENING_PATH = "/log/screening/"


@dataclass(frozen=True)
class Trace:
    """What a decision's pages are found by."""

    number: int
    act: str
    rule: str
    name: str  # empty: automatic
    at: datetime

    @property
    def lists(self) -> list[str]:
        """The lists that it is in, beside the log itself."""
        found = [f"/log/acts/{self.act}/"]
        found += [f"/log/rules/{self.rule}/"] if self.rule else []
        own = f"/log/editors/{name_slug(self.name)}/" if self.name else SCREENING_PATH
        return [*found, own]

    @property
    def newest(self) -> Iterator[str]:
        """Pages that show it while it is new."""
        yield from with_feeds("/log/")
        yield "/log/decisions.json"
        yield from self.lists

    def archived(self, zone: tzinfo) -> Iterator[str]:
        """Pages that show it for ever."""
        local = self.at.astimezone(zone)
        yield f"/log/{self.number}/"
        yield f"/log/{self.number}/decision.json"
        yield bundle_path(self.number // PER_BUNDLE)
        yield f"{bundle_path(self.number // PER_BUNDLE)}decisions.json"
        yield f"/log/{local:%Y/%m/%d}/"
        for path in self.lists:
            yield f"{path}{local:%Y/%m}/"


def bundle_path(place: int) -> str:
    return f"/log/numbers/{place}/"


def made(change: Change) -> Trace | None:
    """The decision that a change tells of, from what the change itself says."""
    facts = change.facts
    if change.kind != "decision.made" or "at" not in facts:
        return None
    at = datetime.fromisoformat(facts["at"])
    return Trace(facts["number"], facts["act"], facts["rule"], facts["by"], at)


def is_retelling(change: Change) -> bool:
    """Whether it says something new about earlier decisions."""
    if change.kind == "decision.made":
        return bool(change.facts.get("earlier"))
    return change.kind in _ANSWERED | _RETOLD


def retold(change: Change) -> list[Trace]:
    """Decisions of which there is something new to say."""
    if not is_retelling(change):
        return []
    if change.kind == "decision.made":
        return _traces(number__in=change.facts["earlier"])
    if change.kind in _ANSWERED:
        return _traces(number=change.facts["number"])
    return _traces(post=change.post_id)


def _traces(**which: object) -> list[Trace]:
    fields = ("number", "act", "rule__slug", "editor", "signed_as", "at")
    rows = Decision.objects.filter(**which).values_list(*fields)
    return [
        Trace(number, act, rule or "", name if editor else "", at)
        for number, act, rule, editor, name, at in rows
    ]
