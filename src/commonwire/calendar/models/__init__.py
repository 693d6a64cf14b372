from commonwire.calendar.models.event import Event, Occurrence
from commonwire.calendar.models.incoming import IcsSubscription, SignUp, TakenBack

__all__ = ["Event", "IcsSubscription", "Occurrence", "SignUp", "TakenBack"]
