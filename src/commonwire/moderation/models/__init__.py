from commonwire.moderation.models.appeal import Appeal
from commonwire.moderation.models.decision import Decision
from commonwire.moderation.models.fingerprint import Fingerprint
from commonwire.moderation.models.flag import Flag
from commonwire.moderation.models.heap import Heap, Heaped
from commonwire.moderation.models.lesson import Lesson, SignCount
from commonwire.moderation.models.log import LogEntry, LogHead, LogTile
from commonwire.moderation.models.message import Message
from commonwire.moderation.models.page_version import PageVersion
from commonwire.moderation.models.presence import Presence
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
    "LogEntry",
    "LogHead",
    "LogTile",
    "Message",
    "PageVersion",
    "Presence",
    "Rule",
    "ScreeningRule",
    "SignCount",
]
