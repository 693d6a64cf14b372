"""A call as it stands, as what would say or type it."""

from typing import Any

from django.utils import timezone

from commonwire.calls.content import AskContent, CallContent, DemandContent, Link
from commonwire.calls.facts import OUTPUTS, CallFacts, facts_of
from commonwire.calls.models import Call, Demand
from commonwire.kit.address import absolute
from commonwire.publishing.models import Post
from commonwire.publishing.release import Contact


def content_of(post: Post) -> CallContent:
    call: Call = post.call
    return CallContent(
        when=call.when,
        asks=tuple(
            AskContent(ask.kind, ask.text) for ask in call.asks.all() if not ask.dropped
        ),
        demands=tuple(
            DemandContent(d.text, d.addressee, d.status, d.since, d.number)
            for d in call.demands.all()
        ),
        know=call.know,
        ask_whom=call.ask_whom,
        links=tuple(Link(**each) for each in call.links),
        contacts=tuple(call.shown_contacts),
        press_contacts=tuple(Contact(**each) for each in post.press_contacts),
        issuers=tuple(each.organisation_id for each in post.issuers.all()),
        translates=call.translates_id,
        embargo_until=post.embargo_until,
        called_off=call.called_off_because,
    )


def typed_of(post: Post) -> dict[str, Any]:
    """What would have to be typed for a call as it stands."""
    content, when = content_of(post), post.call.when
    contacts = [{**vars(each), "press_only": ""} for each in content.contacts]
    contacts += [{**vars(each), "press_only": "on"} for each in content.press_contacts]
    source = post.call.translates
    until = content.embargo_until
    local = timezone.localtime(until, when.tzinfo) if until else None
    return {
        "first_day": when.first_day.isoformat(),
        "last_day": "" if when.last_day == when.first_day else str(when.last_day),
        "from_time": f"{when.from_time:%H:%M}" if when.from_time else "",
        "until_time": f"{when.until_time:%H:%M}" if when.until_time else "",
        "zone": when.zone,
        "know": content.know,
        "ask_whom": content.ask_whom,
        "called_off": content.called_off,
        "issuers": "\n".join(each.organisation.slug for each in post.issuers.all()),
        "translates": source.post.path if source else "",
        "embargo_at": f"{local:%Y-%m-%dT%H:%M}" if local else "",
        "embargo_zone": when.zone if local else "",
        "asks": [vars(each) for each in content.asks],
        "demands": [
            {**vars(d), "since": str(d.since or ""), "number": str(d.number)}
            for d in content.demands
        ],
        "links": [vars(each) for each in content.links],
        "contacts": contacts,
    }


def for_programs(post: Post) -> dict[str, Any]:
    facts = facts_of(post)
    call: Call = post.call
    return {
        "state": facts.state,
        "called_off_because": call.called_off_because,
        "start": facts.starts,
        "end": facts.ends,
        "all_day": facts.all_day,
        "zone": facts.zone,
        "version": call.version,
        "issuers": list(facts.issuers),
        "asks": [{"kind": ask.kind, "text": ask.text} for ask in facts.asks],
        "demands": [_demand(each, facts) for each in call.demands.all()],
        "know": facts.know,
        "ask_whom": facts.ask_whom,
        "links": [{"url": url, "words": words} for url, words in facts.links],
        "contacts": [list(lines) for lines in facts.contacts],
        "press_contacts": facts.press_address or None,
        "translations": {
            each.language: absolute(each.path) for each in facts.translations
        },
        "outputs": {name: facts.address + name for name in OUTPUTS},
    }


def _demand(demand: Demand, facts: CallFacts) -> dict[str, Any]:
    return {
        "number": demand.number,
        "url": f"{facts.address}#{demand.anchor}",
        "text": demand.text,
        "addressee": demand.addressee,
        "status": demand.status,
        "since": demand.since.isoformat(),
        "history": [
            {
                "day": change.day.isoformat(),
                "before": change.before,
                "after": change.after,
                "note": change.note,
            }
            for change in demand.history.all()
        ],
    }
