"""What every output of a call prints: its page, poster, letter, plain text, calendar
and ninjs. One set of plain facts, in the language that the call is written in."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation
from django.utils.encoding import iri_to_uri
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from commonwire.calls.ask_words import ask_line
from commonwire.calls.content import CallContent
from commonwire.calls.endorsers import Endorsers, endorsers_of
from commonwire.calls.local import LocalEvent, local_events_of
from commonwire.calls.models import Call, Demand
from commonwire.calls.readable import CALLED_OFF
from commonwire.calls.standing import called_off, standing
from commonwire.calls.states import CallState
from commonwire.calls.words import ask_label, day_in, word
from commonwire.kit import markup
from commonwire.kit.mail_mask import mask
from commonwire.kit.markup import to_plain
from commonwire.publishing.models import Post

# The files that are made of a call, beside its page.
OUTPUTS = {
    "call.txt": _("Plain text"),
    "call-letter.pdf": _("PDF, US Letter"),
    "call-a4.pdf": _("PDF, A4"),
    "call.ics": _("Calendar (.ics)"),
    "call.ninjs.json": _("ninjs (JSON)"),
}


@dataclass(frozen=True)
class AskFact:
    kind: str
    label: str
    text: str

    @property
    def line(self) -> str:
        return ask_line(self.kind, self.label, self.text)


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
    history: tuple[Any, ...] = ()

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
    # Those that are organisations here, with the paths of their pages.
    bodies: tuple[tuple[str, str], ...]
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
    press_only: bool
    # Of which it says that it is a translation, while that call's author has not agreed.
    translation_of: Translation | None
    translations: tuple[Translation, ...]
    endorsers: Endorsers
    endorsed: str
    events: tuple[LocalEvent, ...]
    is_open: bool
    sequence: int
    published_at: datetime
    updated_at: datetime

    def word(self, name: str) -> str:
        return word(self.language, name)

    @property
    def starts(self) -> str:
        """For programs."""
        if self.all_day:
            return self.first_day.isoformat()
        return self.local(self.starts_at).isoformat(timespec="minutes")

    @property
    def ends(self) -> str:
        if self.all_day:
            return self.last_day.isoformat()
        return self.local(self.ends_at).isoformat(timespec="minutes")

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self.zone))

    @property
    def outputs(self) -> list[tuple[str, Any]]:
        return list(OUTPUTS.items())

    @property
    def is_off(self) -> bool:
        return self.state == CallState.CALLED_OFF

    @property
    def issuer(self) -> str:
        return ", ".join(self.issuers)

    @property
    def endorsed_in_full(self) -> str:
        """With how many of them stand behind an earlier version."""
        older = self.endorsers.for_older
        told = self.word("earlier") % older if older else ""
        return ", ".join(filter(None, (self.endorsed, told)))

    @property
    def ended(self) -> str:
        return self.standing if self.state == CallState.ENDED else ""


def facts_of(post: Post, now: datetime | None = None) -> CallFacts:
    """Of a post of the kind `call`, whose call `queries.with_call` read."""
    call: Call = post.call
    bodies = bodies_of(post)
    return replace(
        bare_facts_of(post, now),
        issuers=tuple(name for name, _path in bodies) or _signed(post),
        bodies=bodies,
        translations=tuple(translations_of(call)),
        translation_of=_claimed(call),
        is_open=call.takes_part(now),
        **_taking_part(call, post.language),
    )


def bare_facts_of(post: Post, now: datetime | None = None) -> CallFacts:
    """The same without who issues it, who takes part and what is related."""
    call: Call = post.call
    asks = tuple(ask for ask in call.asks.all() if not ask.dropped)
    return _facts(post, call, (asks, tuple(call.demands.all())), now)


def facts_of_draft(content: CallContent, post: Post) -> CallFacts:
    """What a call would say, for its preview. ``post`` is not one yet."""
    call = Call(post=post)
    put(call, content)
    demands = (
        Demand(
            number=each.number or number,
            text=each.text,
            addressee=each.addressee,
            status=each.status,
            since=each.since or call.when.today(),
        )
        for number, each in enumerate(content.demands, 1)
    )
    told = _facts(post, call, (content.asks, tuple(demands)), None)
    return replace(told, press_only=bool(content.press_contacts))


def put(call: Call, content: CallContent) -> None:
    """What a call says itself, its rows apart."""
    call.when = content.when
    call.know, call.ask_whom = content.know, content.ask_whom
    call.know_html = markup.render(content.know)
    call.links = [vars(each) for each in content.links]
    call.contacts = [vars(each) for each in content.contacts]


Rows = tuple[tuple[Any, ...], tuple[Demand, ...]]


def _facts(
    post: Post,
    call: Call,
    rows: Rows,
    now: datetime | None,
) -> CallFacts:
    """What the call and its rows say; who issues it and what is related comes to it."""
    now = now or timezone.now()
    language = post.language
    return CallFacts(
        post_id=post.pk,
        title=post.title,
        address=str(iri_to_uri(settings.SITE_URL + post.path)),
        path=post.path,
        language=language,
        summary=post.summary,
        body_html=post.body_html,
        issuers=(),
        bodies=(),
        press_only=False,
        translation_of=None,
        endorsers=Endorsers(),
        endorsed="",
        events=(),
        is_open=False,
        state=call.state(now).value,
        standing=standing(call, language, now),
        called_off=called_off(call, language),
        when=call.when.words(language),
        zone=call.zone,
        press_address=_press_address(post),
        translations=(),
        sequence=_sequence(call, post),
        published_at=post.published_at,
        updated_at=post.updated_at,
        **_times(call),
        **_rows(call, rows, language),
        **_words(call),
    )


def _sequence(call: Call, post: Post) -> int:
    """Calendars take up only what counts higher than before: another version, that it
    is off, that it is taken up again."""
    taken_up = 0
    if post.pk:
        taken_up = post.corrections.filter(after__has_key=CALLED_OFF).count()
    return call.version - 1 + 2 * taken_up + (1 if call.called_off_at else 0)


def bodies_of(post: Post) -> tuple[tuple[str, str], ...]:
    """The organisations that issue it."""
    own = [each.organisation for each in post.issuers.all() if each.accepted_at]
    return tuple((each.name, each.path) for each in own)


def _signed(post: Post) -> tuple[str, ...]:
    return (mask(post.byline),) if post.byline else ()


def _taking_part(call: Call, language: str) -> dict[str, Any]:
    endorsers = endorsers_of(call)
    return {
        "endorsers": endorsers,
        "endorsed": _endorsed(endorsers, language),
        "events": tuple(local_events_of(call)),
    }


def _endorsed(endorsers: Endorsers, language: str) -> str:
    """“12 organisations, with 3,400 members, each counted once”."""
    if not endorsers.count:
        return ""
    with translation.override(language):
        bodies = number_format(endorsers.count, force_grouping=True)
        total = number_format(endorsers.members.total, force_grouping=True)
    one = endorsers.count == 1
    said = word(language, "one body") if one else word(language, "bodies") % bodies
    if not endorsers.members.total:
        return said
    return f"{said}, {word(language, 'members') % total}"


def _times(call: Call) -> dict[str, Any]:
    return {
        "starts_at": call.starts_at,
        "ends_at": call.ends_at,
        "first_day": call.first_day,
        "last_day": call.last_day,
        "all_day": call.from_time is None,
        "open_end": call.from_time is not None and call.until_time is None,
    }


def _rows(call: Call, rows: Rows, language: str) -> dict[str, Any]:
    asks, demands = rows
    return {
        "asks": tuple(
            AskFact(ask.kind, ask_label(language, ask.kind), ask.text) for ask in asks
        ),
        "demands": tuple(_demand(each, language) for each in demands),
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
        history=tuple(demand.history.all()) if demand.pk else (),
    )


def _press_address(post: Post) -> str:
    return f"{settings.SITE_URL}/press/{post.pk}/" if post.press_contacts else ""


def translations_of(call: Call) -> list[Translation]:
    """The same call in other languages; what only says so of itself is not among
    them."""
    own, found = call.translates, []
    agreed = call.translation_agreed_at is not None
    source = own if own and agreed else call
    relatives = [
        source,
        *source.translations.select_related("post").exclude(translation_agreed_at=None),
    ]
    for each in relatives:
        if each.pk != call.pk and each.post.may_be_read:
            post = each.post
            found.append(Translation(post.language, post.title, post.path))
    return found


def _claimed(call: Call) -> Translation | None:
    source = call.translates
    if source is None or call.translation_agreed_at or not source.post.may_be_read:
        return None
    post = source.post
    return Translation(post.language, post.title, post.path)
