from commonwire.moderation.models.appeal import Appeal
from commonwire.moderation.models.decision import Decision
from commonwire.moderation.models.flag import Flag
from commonwire.moderation.models.log import LogEntry, LogHead, LogTile
from commonwire.moderation.models.message import Message
from commonwire.moderation.models.page_version import PageVersion
from commonwire.moderation.models.presence import Presence
from commonwire.moderation.models.rule import Rule

__all__ = [
    "Appeal",
    "Decision",
    "Flag",
    "LogEntry",
    "LogHead",
    "LogTile",
    "Message",
    "PageVersion",
    "Presence",
    "Rule",
]
