"""A call of the town's: its bodies, what it asks and demands, who endorses it."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from commonwire.calendar.content import EventContent
from commonwire.calendar.dates import Span
from commonwire.calls.actions import calling, endorsing, issuing, local_events
from commonwire.calls.actions.endorsing import Authority
from commonwire.calls.actions.verifying import verify
from commonwire.calls.content import AskContent, CallContent, DemandContent, Link
from commonwire.calls.models import Call, Organisation
from commonwire.calls.states import DemandStatus, Proof
from commonwire.calls.stewardship import Acting
from commonwire.calls.when import When
from commonwire.kit.buckets import Network
from commonwire.publishing.actions.publish import publish
from commonwire.publishing.content import Content, Facts, Placed
from commonwire.publishing.models import Post, Section
from commonwire.publishing.release import Contact

_ZONE = "America/Chicago"
# Of the federation that `organisations.found` has made.
_BODIES = (
    "Alder Valley Federation of Labor",
    "Lower Alder Council",
    "Ferry and Lock Keepers",
    "Weir Teachers’ Circle",
    "Ferry Street Neighbours",
    "Mill Lane Bakers",
)
_ASKS = (
    AskContent("attend", "Stand with the crews at the ferry landing, 7 a.m."),
    AskContent("dont-shop", "Buy nothing on Front Street that day"),
    AskContent("display", "Hang a blue cloth from your window"),
)
_DEMANDS = (
    DemandContent("A ferry every half hour until midnight", "the Alder Bend council"),
    DemandContent("No boat goes out with fewer than three crew", "Bend Ferries"),
    DemandContent("The fare stays at two dollars", "the Alder Bend council"),
    DemandContent("A shelter with light at both landings", "Bend Ferries"),
)
_TITLE = "Blue cloth day: keep the night ferry"
_SUMMARY = (
    "One day for the night ferry: come to the landing, buy nothing on Front Street, hang "
    "out a blue cloth."
)
_BODY = """The last boat leaves at nine since October. Who works late on the south bank \
walks home over the rail bridge, in the dark, beside the trains.

The crews have asked for a winter timetable **for three years**. On this day both banks \
ask with them."""
_KNOW = """* Warm clothes; the wind on the landing is worse than it looks.
* Blue cloth, any size.
* The crews speak first. If you are new, listen, and carry something.
* The ramp on the north landing is step-free; the south one is not."""


def call_out(*, phrase_hash: str, sections: tuple[Section, ...]) -> None:
    now = timezone.now()
    facts = Facts(network=Network("demo", shared=True), now=now, through_form=False)
    day = timezone.localdate(now) + timedelta(days=24)
    post = publish(
        content=Content(
            kind="call",
            title=_TITLE,
            byline="Ferry and Lock Keepers",
            summary=_SUMMARY,
            body=_BODY,
            topics=sections,
            own=_content(day),
        ),
        facts=facts,
        phrase_hash=phrase_hash,
        placed=Placed(now - timedelta(hours=20)),
    )
    _endorse(post.call, post)
    _local_event(day, post.call, facts, phrase_hash)


def _content(day: date) -> CallContent:
    return CallContent(
        When(day, day, time(7), time(19), _ZONE),
        asks=_ASKS,
        demands=_DEMANDS,
        know=_KNOW,
        ask_whom="The table with the blue flag at the north landing, from 6 a.m.",
        links=(Link("https://example.org/night-ferry", "The crews’ winter timetable"),),
        contacts=(
            Contact(
                "Iris Marsh", "secretary", "Ferry and Lock Keepers", "555-010-0142"
            ),
        ),
        press_contacts=(Contact("Press desk of the keepers", phone="555-010-0143"),),
    )


def _endorse(call: Call, post: Post) -> None:
    """By their stewards, by invitation, by the form; one takes it back."""
    federation, council, local, teachers, tenants, bakers = (
        Organisation.objects.get(name=name) for name in _BODIES
    )
    verify(organisation=local, by=Proof.EDITOR)
    issuing.issue(post=post, by=Acting(local))
    by_vote = Authority("chair", how="vote", note="Carried without a vote against.")
    endorsing.endorse(call=call, acting=Acting(local), authority=by_vote)
    endorsing.endorse(call=call, acting=Acting(council), authority=by_vote)
    endorsing.invite(call=call, organisation=teachers)
    endorsing.endorse(
        call=call,
        acting=Acting(teachers),
        authority=Authority("president", how="board"),
    )
    gone = endorsing.endorse(
        call=call, acting=Acting(bakers), authority=Authority("manager")
    )
    endorsing.take_back(endorsement=gone, acting=Acting(bakers))
    offered = endorsing.offer(
        call=call,
        organisation=tenants,
        named=tenants.name,
        email="",
        authority=Authority("delegate", how="vote"),
    )
    endorsing.confirm(endorsement=offered)
    endorsing.invite(call=call, organisation=federation)
    calling.set_status(
        demand=call.demands.get(number=4),
        status=DemandStatus.PARTLY,
        day=timezone.localdate(),
        note="The north landing has its light since this week.",
    )


def _local_event(day: date, call: Call, facts: Facts, phrase_hash: str) -> None:
    begins = datetime.combine(day, time(18), When(day, day, None, None, _ZONE).tzinfo)
    content = EventContent(
        zone=_ZONE,
        dates=(Span(begins, begins + timedelta(hours=1)),),
        place="South landing",
        step_free="no",
    )
    post = publish(
        content=Content(
            kind="event",
            title="Lanterns at the south landing",
            byline="Ferry Street Neighbours",
            body="We light the way that the boat no longer lights.",
            own=content,
        ),
        facts=facts,
        phrase_hash=phrase_hash,
    )
    event = local_events.add(call=call, post=post, agreed=True)
    local_events.list_event(event=event)
