"""What every output of a call prints: its page, poster, letter, plain text, calendar
and ninjs. One set of plain facts, in the language that the call is written in."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from commonwire.calls.call_states import CallState
from commonwire.calls.models import Call, Demand
from commonwire.calls.words import ask_label, day_in, word
from commonwire.kit.mail_mask import mask
from commonwire.kit.markup import to_plain
from commonwire.publishing.models import Post


@dataclass(frozen=True)
class AskFact:
    kind: str
    label: str
    text: str

    @property
    def line(self) -> str:
        return f"{self.label}: {self.text}" if self.text else self.label


@dataclass(frozen=True)
class DemandFact:
    """``standing``: “won since January 16, 2026”; empty while it is open."""

    number: int
    text: str
    addressee: str
    to: str
    status: str
    since: date
    standing: str

    @property
    def line(self) -> str:
        to = f" ({self.to})" if self.to else ""
        standing = f" — {self.standing}" if self.standing else ""
        return f"{self.text}{to}{standing}"


@dataclass(frozen=True)
class Translation:
    language: str
    title: str
    path: str


@dataclass(frozen=True)
class CallFacts:
    """``standing``: what has to be said first: called off, over; or how long it is
    still. ``when``: day and hours in words. Contacts are those for everybody, each as
    its lines; ``press_address`` is where those for the press alone are asked for."""

    post_id: int
    title: str
    address: str
    path: str
    language: str
    summary: str
    body_html: str
    issuers: tuple[str, ...]
    state: str
    standing: str
    called_off: str
    when: str
    starts_at: datetime
    ends_at: datetime
    first_day: date
    last_day: date
    all_day: bool
    open_end: bool
    zone: str
    asks: tuple[AskFact, ...]
    demands: tuple[DemandFact, ...]
    know: str
    know_html: str
    ask_whom: str
    links: tuple[tuple[str, str], ...]
    contacts: tuple[tuple[str, ...], ...]
    press_address: str
    translations: tuple[Translation, ...]
    sequence: int
    published_at: datetime
    updated_at: datetime

    def word(self, name: str) -> str:
        return word(self.language, name)

    @property
    def is_off(self) -> bool:
        return self.state == CallState.CALLED_OFF

    @property
    def issuer(self) -> str:
        return ", ".join(self.issuers)


def facts_of(post: Post, now: datetime | None = None) -> CallFacts:
    """Of a post of the kind `call`, best one that `queries.calls_of` read."""
    now = now or timezone.now()
    call, language = post.call, post.language
    return CallFacts(
        post_id=post.pk,
        title=post.title,
        address=str(iri_to_uri(settings.SITE_URL + post.path)),
        path=post.path,
        language=language,
        summary=post.summary,
        body_html=post.body_html,
        issuers=issuers_of(post),
        state=call.state(now).value,
        standing=standing(call, language, now),
        called_off=called_off(call, language),
        when=call.when.words(language),
        zone=call.zone,
        press_address=_press_address(post),
        translations=tuple(_translations(call)),
        # Calendars take up only what counts higher than before.
        sequence=call.version - 1 + (1 if call.called_off_at else 0),
        published_at=post.published_at,
        updated_at=post.updated_at,
        **_times(call),
        **_rows(call, language),
        **_words(call),
    )


def issuers_of(post: Post) -> tuple[str, ...]:
    """The organisations that issue it; without any, who signed it."""
    own = [each for each in post.issuers.all() if each.accepted_at]
    if own:
        return tuple(each.organisation.name for each in own)
    return (mask(post.byline),) if post.byline else ()


def _times(call: Call) -> dict[str, Any]:
    return {
        "starts_at": call.starts_at,
        "ends_at": call.ends_at,
        "first_day": call.first_day,
        "last_day": call.last_day,
        "all_day": call.from_time is None,
        "open_end": call.from_time is not None and call.until_time is None,
    }


def _rows(call: Call, language: str) -> dict[str, Any]:
    asks = (ask for ask in call.asks.all() if not ask.dropped)
    return {
        "asks": tuple(
            AskFact(ask.kind, ask_label(language, ask.kind), ask.text) for ask in asks
        ),
        "demands": tuple(_demand(each, language) for each in call.demands.all()),
        "links": tuple((each["url"], each["words"]) for each in call.links),
        "contacts": tuple(
            tuple(filter(None, (c.name, c.role, c.phone, mask(c.email))))
            for c in call.shown_contacts
        ),
    }


def _words(call: Call) -> dict[str, Any]:
    return {
        "know": to_plain(call.know),
        "know_html": call.know_html,
        "ask_whom": mask(call.ask_whom),
    }


def _demand(demand: Demand, language: str) -> DemandFact:
    standing = ""
    if demand.status != "open":
        said = word(language, demand.status)
        since = day_in(language, demand.since)
        standing = word(language, "since") % (said, since)
    return DemandFact(
        number=demand.number,
        text=demand.text,
        addressee=demand.addressee,
        to=word(language, "of") % demand.addressee if demand.addressee else "",
        status=demand.status,
        since=demand.since,
        standing=standing,
    )


def called_off(call: Call, language: str) -> str:
    """“Called off on January 3, 2026. The ice is too thin.”; empty when it is not."""
    if not call.called_off_at:
        return ""
    day = timezone.localdate(call.called_off_at, call.when.tzinfo)
    said = word(language, "called-off") % day_in(language, day)
    return f"{said} {call.called_off_because}".strip()


def standing(call: Call, language: str, now: datetime) -> str:
    if call.called_off_at:
        return called_off(call, language)
    if call.ends_at <= now:
        return word(language, "ended")
    if call.starts_at <= now:
        return word(language, "now")
    days = call.when.days_left(now)
    if days <= 1:
        return word(language, "tomorrow" if days == 1 else "today")
    return word(language, "days") % days


def _press_address(post: Post) -> str:
    return f"{settings.SITE_URL}/press/{post.pk}/" if post.press_contacts else ""


def _translations(call: Call) -> list[Translation]:
    """The same call in other languages; what only says so of itself is not among
    them."""
    own, found = call.translates, []
    agreed = call.translation_agreed_at is not None
    source = own if own and agreed else call
    relatives = [source, *source.translations.exclude(translation_agreed_at=None)]
    for each in relatives:
        if each.pk != call.pk and each.post.may_be_read:
            post = each.post
            found.append(Translation(post.language, post.title, post.path))
    return found
