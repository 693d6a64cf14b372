"""The rule of two, where a site has it: hiding takes a second editor."""

from datetime import datetime, timedelta

from django.utils import timezone

from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.actions.placing import unhide
from commonwire.moderation.models import Decision
from commonwire.moderation.states import Act
from commonwire.publishing.queries import the_site
from commonwire.publishing.states import WireClass

CONFIRMED_WITHIN = timedelta(hours=24)


def lapse_hidings(*, now: datetime | None = None) -> int:
    """Bring back what one editor hid a day ago and no other confirmed; how many."""
    if not the_site().hides_lapse:
        return 0
    lapsed = 0
    for hiding in _unconfirmed((now or timezone.now()) - CONFIRMED_WITHIN):
        if hiding.post is None:
            continue
        try:
            unhide(by=None, post=hiding.post)
        except Refused:  # an editor was faster
            continue
        lapsed += 1
    return lapsed


def _unconfirmed(before: datetime) -> list[Decision]:
    hidings = Decision.objects.filter(
        act=Act.HIDE, undone_by=None, at__lt=before, post__wire_class=WireClass.HIDDEN
    ).exclude(editor=None)
    confirmed = Decision.objects.filter(
        act=Act.CONFIRM_HIDE, post__in=hidings.values("post")
    )
    numbers = {decision.facts["confirms"] for decision in confirmed}
    return [h for h in hidings.select_related("post") if h.number not in numbers]
