import json
import logging
import re
from datetime import UTC, datetime
from http import HTTPStatus

_SECRET_PATHS = re.compile(
    r"/(publish|key|confirm|pledge/\d+|desk/sign-in|organisations/(?:room|join))/[^\s/]+"
)
_EXPECTED = {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.INSUFFICIENT_STORAGE}


PLAIN = "%(levelname)s %(name)s: %(message)s"


class Json(logging.Formatter):
    """One line an event, for programs that collect lines. Of what is known of an event
    only this is told: requests, and whatever else libraries hang on it, are not."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        told = {
            "time": at.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "process": record.process,
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


class Discreet(logging.Filter):
    """Takes out of every line the secret part of drafts' and authors' addresses."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _SECRET_PATHS.sub(r"/\1/…", record.getMessage())
        record.args = ()
        return True


class Expected(logging.Filter):
    """Leaves out answers that the site is too busy or has no room: whoever asked was
    told when to come back, and on a full site each line would take of the room."""

    def filter(self, record: logging.LogRecord) -> bool:
        return getattr(record, "status_code", None) not in _EXPECTED
