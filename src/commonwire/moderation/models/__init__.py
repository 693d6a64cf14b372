from commonwire.moderation.models.appeal import Appeal
from commonwire.moderation.models.decision import Decision
from commonwire.moderation.models.fingerprint import Fingerprint
from commonwire.moderation.models.flag import Flag
from commonwire.moderation.models.heap import Heap, Heaped
from commonwire.moderation.models.lesson import Lesson, SignCount
from commonwire.moderation.models.message import Message
from commonwire.moderation.models.rule import Rule
from commonwire.moderation.models.screening_rule import ScreeningRule

__all__ = [
    "Appeal",
    "Decision",
    "Fingerprint",
    "Flag",
    "Heap",
    "Heaped",
    "Lesson",
    "Message",
    "Rule",
    "ScreeningRule",
    "SignCount",
]
