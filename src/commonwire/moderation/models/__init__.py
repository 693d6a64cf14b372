from commonwire.moderation.models.fingerprint import Fingerprint
from commonwire.moderation.models.heap import Heap, Heaped
from commonwire.moderation.models.lesson import Lesson, SignCount
from commonwire.moderation.models.screening_rule import ScreeningRule

__all__ = ["Fingerprint", "Heap", "Heaped", "Lesson", "ScreeningRule", "SignCount"]
