from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from commonwire.calendar.models import Event, Occurrence, SignUp

# After the last of an event's dates.
LIFE = timedelta(days=60)


@transaction.atomic
def sign_up(*, event: Event, name: str = "", people: int = 1) -> SignUp:
    now = timezone.now()
    return SignUp.objects.create(event=event, name=name, people=people, at=now)


@transaction.atomic
def wipe_old() -> int:
    """Who came, and where it was, is nobody's business any more."""
    day = (timezone.now() - LIFE).date()
    later = Occurrence.objects.filter(event=OuterRef("pk"), last_day__gte=day)
    old = Event.objects.exclude(private_address="").filter(~Exists(later))
    numbers = list(old.values_list("pk", flat=True)[:500])
    SignUp.objects.filter(event__in=numbers).delete()
    return Event.objects.filter(pk__in=numbers).update(private_address="")
