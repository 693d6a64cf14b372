"""A call for calendars: its own time, then its local events."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings

from commonwire.calendar import ics
from commonwire.calendar.models import Occurrence
from commonwire.calendar.queries import whole
from commonwire.calls.facts import CallFacts
from commonwire.calls.standing import called_off_posts
from commonwire.kit.mail_mask import mask


def render(facts: CallFacts) -> bytes:
    dates = Occurrence.objects.filter(
        event__post__under_call__call__post=facts.post_id,
        event__post__under_call__listed_at__isnull=False,
        event__post__listed=True,
    )
    own = ics.Entry(
        tuple(_lines(facts)),
        "" if facts.all_day else facts.zone,
        facts.first_day.year,
        facts.last_day.year,
    )
    head = ics.Head(facts.title, facts.path, "call.ics")
    rows = list(whole(dates))
    off = called_off_posts([row.event_id for row in rows]) if facts.is_off else {}
    return ics.render(head, rows, own=own, off=off)


def _lines(facts: CallFacts) -> Iterator[str]:
    changed = ics.utc(facts.updated_at)
    host = urlsplit(settings.SITE_URL).hostname
    yield "BEGIN:VEVENT"
    # Known before anybody asks, and no secret: its number and whose it is.
    yield f"UID:call-{facts.post_id}@{host}"
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"CREATED:{ics.utc(facts.published_at)}"
    yield f"SEQUENCE:{facts.sequence}"
    yield f"STATUS:{'CANCELLED' if facts.is_off else 'CONFIRMED'}"
    yield from _times(facts)
    yield f"SUMMARY;LANGUAGE={facts.language}:{ics.text(mask(facts.title))}"
    yield f"DESCRIPTION;LANGUAGE={facts.language}:{ics.text(_description(facts))}"
    yield f"URL:{facts.address}"
    yield "CLASS:PUBLIC"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _times(facts: CallFacts) -> Iterator[str]:
    if facts.all_day:
        yield f"DTSTART;VALUE=DATE:{facts.first_day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{facts.last_day + timedelta(days=1):%Y%m%d}"
        return
    whole = not facts.open_end or facts.last_day != facts.first_day
    ends = facts.local(facts.ends_at) if whole else None
    yield from ics.hours(facts.local(facts.starts_at), ends, facts.zone)


def _description(facts: CallFacts) -> str:
    told = [facts.called_off or facts.ended, facts.when]
    if facts.issuer:
        told.append(f"{facts.word('issued')}: {facts.issuer}")
    told.append(facts.summary)
    for name, lines in (
        ("asks", [ask.line for ask in facts.asks]),
        ("demands", [each.line for each in facts.demands]),
    ):
        if lines:
            rows = (f"{number}. {line}" for number, line in enumerate(lines, 1))
            told.append("\n".join([f"{facts.word(name)}:", *rows]))
    told += [facts.endorsed_in_full, facts.know, facts.ask_whom]
    if facts.contacts:
        people = "\n".join(", ".join(lines) for lines in facts.contacts)
        told.append(f"{facts.word('contact')}:\n{people}")
    told.append(facts.address)
    return "\n\n".join(mask(each) for each in told if each)
