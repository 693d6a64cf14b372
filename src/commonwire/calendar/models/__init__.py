from commonwire.calendar.models.event import Event, Occurrence

__all__ = ["Event", "Occurrence"]
