"""What a poster says of its post."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.utils import formats, timezone, translation
from django.utils.encoding import iri_to_uri

from commonwire.calendar.content import EventContent
from commonwire.calendar.showing import Shown
from commonwire.calls.ask_words import ask_line
from commonwire.calls.facts import CallFacts, facts_of
from commonwire.calls.standing import called_off_post
from commonwire.kit.mail_mask import mask
from commonwire.kit.markup import to_plain
from commonwire.publishing.models import Post, Site
from commonwire.publishing.states import Kind
from commonwire.syndication.posters.words import words
from commonwire.syndication.posters.words_of_calls import words_of_calls


@dataclass(frozen=True)
class Poster:
    """``when`` and ``where`` are empty for what is no appointment; ``off``: that it does
    not take place, which is said first. ``lists``: each its heading and items."""

    language: str
    kicker: str
    headline: str
    by: str
    day: str
    address: str
    site: str
    text: str = ""
    when: str = ""
    where: str = ""
    off: str = ""
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def shown_address(self) -> str:
        """As people read and type it; browsers encode its letters."""
        return unquote(self.address).removeprefix("https://").rstrip("/")


def poster_of(post: Any, site: Site) -> Poster:
    """Of a post that `queries.post_at` read."""
    if post.kind == Kind.CALL:
        return _of_call(post, site)
    if post.kind == Kind.EVENT:
        return _of_event(post, site)
    said = words(post.language)
    is_release = post.kind == Kind.RELEASE
    return Poster(
        kicker=said["release" if is_release else "report"],
        text=_text(post),
        day=_day(post, site),
        off=called_off_post(post),
        **_of_any(post, site),
    )


def _of_any(post: Post, site: Site) -> dict[str, Any]:
    return {
        "language": post.language,
        "headline": post.title,
        "by": mask(post.byline),
        "address": str(iri_to_uri(settings.SITE_URL + post.path)),
        "site": site.name,
    }


def _of_call(post: Post, site: Site) -> Poster:
    facts = facts_of(post)
    own = words_of_calls(post.language)
    asks, demands = (_own_lines if own else _lines)(facts, own)
    lists = (
        (own.get("asks") or facts.word("asks"), asks),
        (own.get("demands") or facts.word("demands"), demands),
    )
    return Poster(
        kicker=own.get("call") or facts.word("call"),
        day="",
        when=facts.when,
        off=_off(facts, own),
        text=facts.summary,
        lists=tuple(each for each in lists if each[1]),
        **{**_of_any(post, site), "by": facts.issuer},
    )


Lines = tuple[tuple[str, ...], tuple[str, ...]]


def _lines(facts: CallFacts, _own: dict[str, str]) -> Lines:
    asks = tuple(ask.line for ask in facts.asks)
    return asks, tuple(demand.line for demand in facts.demands)


def _own_lines(facts: CallFacts, own: dict[str, str]) -> Lines:
    """In a language whose words the call itself does not have. What became of a demand
    is said on its page."""
    asks = (ask_line(a.kind, own[a.kind], a.text) for a in facts.asks)
    demands = (" — ".join(filter(None, (d.text, d.addressee))) for d in facts.demands)
    return tuple(asks), tuple(demands)


def _off(facts: CallFacts, own: dict[str, str]) -> str:
    if own:
        return own["off"] if facts.is_off else ""
    return facts.called_off or facts.ended


def _of_event(post: Any, site: Site) -> Poster:
    """The address that is told to those alone who sign up is on no poster."""
    event = EventContent.of(post.event)
    said = words(post.language)
    with translation.override(post.language):
        shown = Shown(event, post.event)
        when, is_off = shown.next.words, shown.next.cancelled
    return Poster(
        kicker=said["event"],
        day="",
        when=when,
        where=mask(", ".join(filter(None, (event.place, event.address)))),
        off=said["cancelled"] if is_off else called_off_post(post),
        text=_text(post),
        **_of_any(post, site),
    )


def _text(post: Post) -> str:
    """Its summary, or how it begins."""
    return mask(post.summary or to_plain(post.body))


def _day(post: Post, site: Site) -> str:
    with translation.override(post.language):
        day = timezone.localdate(post.published_at, site.zone)
        return str(formats.date_format(day, "DATE_FORMAT"))
