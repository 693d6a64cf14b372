"""The rule of two, where a site has it: hiding takes a second editor."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from commonwire.moderation import queries
from commonwire.moderation.actions.clearing import take_back
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.actions.placing import unhide
from commonwire.moderation.models import Decision
from commonwire.moderation.states import Act
from commonwire.publishing.queries import the_site

CONFIRMED_WITHIN = timedelta(hours=24)
# Nobody confirms their own hiding, nor answers an appeal against it.
_STANDING = (Act.CONFIRM_HIDE, Act.ANSWER_APPEAL)


def lapse_hidings(*, now: datetime | None = None) -> int:
    """Bring back what one editor hid a day ago and no other confirmed; how many times."""
    if not the_site().hides_lapse:
        return 0
    lapsed = 0
    for hiding in _unconfirmed((now or timezone.now()) - CONFIRMED_WITHIN):
        try:
            if hiding.post is None:
                take_back(by=None, decision=hiding)
            else:
                unhide(by=None, post=hiding.post)
        except Refused:  # an editor was faster
            continue
        lapsed += 1
    return lapsed


def _unconfirmed(before: datetime) -> list[Decision]:
    found = list(
        queries.hidings()
        .filter(at__lt=before, at__gte=_ruled_since())
        .exclude(editor=None)
    )
    if not found:
        return []
    since = Decision.objects.filter(number__gt=found[-1].number)
    numbers = {_stands_by(decision) for decision in since.filter(act__in=_STANDING)}
    return [hiding for hiding in found if hiding.number not in numbers]


def _ruled_since() -> datetime:
    """When the rule of two was switched on: what was hidden before took one editor."""
    made = Decision.objects.filter(act=Act.CHANGE_SETTINGS).order_by("-number")
    for decision in made.iterator():
        if "hides_lapse" in decision.facts.get("fields", ()):
            return decision.at
    return datetime.min.replace(tzinfo=UTC)


def _stands_by(decision: Decision) -> int | None:
    """Which hiding a second editor confirms, by saying so or in answering an appeal."""
    facts = decision.facts
    if decision.act == Act.CONFIRM_HIDE:
        return int(facts["confirms"])
    return None if facts["upheld"] else int(facts["of"])
