"""Events, made by the actions that the site itself uses."""

from commonwire.calendar.forms import EventForm
from commonwire.calendar.typed import clean, from_program
from tests.factories import a_post

ZONE = "America/New_York"


def content(start="2027-03-19T18:30", **fields):
    """Of an event, through the form that people fill."""
    given = from_program({"start": start, "zone": ZONE, **fields})
    form = EventForm(clean(given))
    assert form.is_valid(), form.errors
    return form.content


def an_event(title="Vigil", *, topics=(), regions=(), key="", **fields):
    """A listed event; what is not the post's is the event's."""
    own = content(**fields)
    return a_post(title, kind="event", own=own, topics=topics, regions=regions, key=key)
