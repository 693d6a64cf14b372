from commonwire.moderation.models.log import LogEntry, LogHead, LogTile

__all__ = ["LogEntry", "LogHead", "LogTile"]
