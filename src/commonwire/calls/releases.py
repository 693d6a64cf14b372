"""What a press release has of the call that it was made of, and what it says when the
call says something else since."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from commonwire.calls.facts import CallFacts, bare_facts_of
from commonwire.calls.models import Call, CallRelease, DemandChange
from commonwire.calls.queries import with_call
from commonwire.calls.standing import called_off
from commonwire.calls.words import day_in, word
from commonwire.publishing.models import Post

# Parts of a call that a release has, in the order in which they are named.
_CHANGING = ("when", "asks", "demands")


@dataclass(frozen=True)
class CallNote:
    """``words``: what became of the call; ``path``: where it is, if it is anywhere.
    ``behind``: the parts of the release that say what the call no longer says."""

    words: str
    title: str = ""
    path: str = ""
    behind: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        return str(iri_to_uri(settings.SITE_URL + self.path)) if self.path else ""

    @property
    def line(self) -> str:
        """Where nothing can be a link."""
        return f"{self.words} {self.address}".strip()


def pieces(facts: CallFacts) -> dict[str, str]:
    """As they are put into its draft."""
    return {
        "off": facts.called_off,
        "when": facts.when,
        "asks": _list(facts.word("asks"), [ask.line for ask in facts.asks]),
        "demands": _list(facts.word("demands"), [each.line for each in facts.demands]),
    }


def _list(head: str, lines: list[str]) -> str:
    rows = "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
    return f"### {head}\n\n{rows}" if lines else ""


def turns_of(post: Post) -> int:
    """For what counts versions of a release."""
    made = CallRelease.objects.filter(post=post.pk)
    return made.values_list("turns", flat=True).first() or 0


def note_of(post: Post, now: datetime | None = None) -> CallNote | None:
    """None while the release says what its call says, or is of none."""
    made = CallRelease.objects.select_related("of").filter(post=post.pk).first()
    if made is None:
        return None
    of, language = made.of, post.language
    if of.withdrawn_at:
        day = day_in(language, timezone.localdate(of.withdrawn_at))
        return CallNote(word(language, "above-is-gone") % day)
    if not of.may_be_read:
        return None
    call = with_call(of).call
    there = pieces(bare_facts_of(of, now))
    behind = tuple(name for name, text in there.items() if text != made.told[name])
    said = " ".join(_said(made, call, language, behind, now or timezone.now()))
    return CallNote(said, of.title, of.path, behind) if said else None


def _said(
    made: CallRelease, call: Call, language: str, behind: tuple[str, ...], now: datetime
) -> Iterator[str]:
    if "off" in behind:
        off = called_off(call, language, said="above-is-off")
        yield off or word(language, "above-is-on")
    if not call.called_off_at and call.ends_at <= now:
        yield word(language, "above-is-over") % day_in(language, call.last_day)
    changed = [name for name in _CHANGING if name in behind]
    if changed:
        told = [word(language, name) for name in changed]
        if "when" in changed:  # so that nobody comes at the wrong hour
            told[0] += f": {call.when.words(language)}"
        day = timezone.localdate(_changed_at(made, call), call.when.tzinfo)
        yield word(language, "above-changed") % (day_in(language, day), "; ".join(told))


def _changed_at(made: CallRelease, call: Call) -> datetime:
    """When it came to say something else than the release has of it."""
    names = [f"call.{name}" for name in _CHANGING]
    later = made.of.corrections.filter(
        made_at__gt=made.told_at, after__has_any_keys=names
    )
    won = DemandChange.objects.filter(demand__call=call, made_at__gt=made.told_at)
    found = [
        moment
        for rows in (later, won)
        for moment in rows.values_list("made_at", flat=True)
    ]
    moment: datetime = max(found, default=made.of.updated_at)
    return moment
