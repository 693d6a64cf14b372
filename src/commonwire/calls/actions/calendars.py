"""An organisation's own calendar, as its stewards send it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from commonwire.calendar.actions import importing
from commonwire.calendar.models import IcsSubscription
from commonwire.calls.stewardship import Acting
from commonwire.publishing.models import Section


class Refused(ValueError):
    """Nothing was taken over; says what to do."""


def take_calendar(
    *, by: Acting, body: bytes, sections: Iterable[Section]
) -> IcsSubscription:
    """Its events are issued by the organisation, each once, and follow its next file.
    Only of a verified one: nobody looks at hundreds of events before they are listed.
    Raises Refused, and reading.NoCalendar."""
    own = by.organisation
    if not own.verified_by:
        words = _(
            "Only a verified organisation brings a whole calendar. Verify it first."
        )
        raise Refused(words)
    return importing.take_file_for(
        key=key_of(by),
        name=own.name,
        body=body,
        sections=sections,
        signs={"steward": by.steward and by.steward.pk},
    )


def key_of(acting: Acting) -> str:
    return f"organisation {acting.organisation.pk}"
