import codecs
import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError, multipartparser
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _

from commonwire.delivery.headers import SECURITY, onion_of
from commonwire.kit import pool
from commonwire.kit.disk import is_full
from commonwire.kit.numbers import LARGEST
from commonwire.web.views import refused

log = logging.getLogger(__name__)
Handler = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]

# A file of the largest kind, or twenty of forty megabytes, and the text.
# Of one field's headers: a file's name may have some thousand letters, whoever gave it.
# Django's own kilobyte would cost the whole form.
multipartparser.MAX_TOTAL_HEADER_SIZE = 32 * 1024  # type: ignore[attr-defined]
LARGEST_BODY = 1100 * 1024 * 1024
# A refused body is still read up to here, or the browser shows a broken connection
# instead of the sentence.
MOST_DRAINED = 256 * 1024 * 1024
_CHUNK = 1024 * 1024
# Pieces of files go to the disk as they come; their view reads them.
PIECE = "application/offset+octet-stream"
# What browsers send; others may decode to what is no text at all.
_ENCODINGS = {"utf-8", "ascii", "iso8859-1", "cp1252"}


class PlainErrors:
    """A form that cannot be read gets a sentence that says why, and never a 500."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in {"POST", "PATCH", "PUT"}:
            refusal = self._unreadable(request)
            if refusal is not None:
                return refusal
        return self.get_response(request)

    def _unreadable(self, request: HttpRequest) -> HttpResponse | None:
        try:
            if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
                return self._refuse(request, 413, _too_large())
            self._read(request)
        except RequestDataTooBig:
            return self._refuse(request, 413, _too_large())
        except (TooManyFieldsSent, TooManyFilesSent):
            sentence = _(
                "The form has more fields or files than this site reads: twenty files, "
                "ten topics, ten regions and twenty addenda fit. Go back and take some "
                "out; your text is still in the form."
            )
            return self._refuse(request, 413, sentence)
        except (
            MultiPartParserError,
            SuspiciousOperation,
            BadRequest,
            UnreadablePostError,
            ValueError,  # of a length or of a letter
        ):
            sentence = _(
                "The form did not arrive whole. Go back and send it again; your text "
                "is still in the form."
            )
            return self._refuse(request, 400, sentence)
        except OSError as error:
            if not is_full(error):
                raise
            return self._without_room(request, error)
        return None

    def process_view(
        self, request: HttpRequest, view: View, args: Any, kwargs: dict[str, Any]
    ) -> None:
        """No row has a number that columns have no room for, or a name with a sign that
        PostgreSQL takes for an end: the view looks for one that is not there either, and
        says so in its own way."""
        for name, value in kwargs.items():
            if isinstance(value, int):
                kwargs[name] = min(value, LARGEST)
            elif isinstance(value, str):
                kwargs[name] = value.replace("\0", "\ufffd")

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        """A disk that is full, and a database that does not answer or has let somebody
        else go first, are told of in words; all else is a fault of ours."""
        if is_full(error):
            return self._without_room(request, error)
        if isinstance(error, OperationalError):
            return self._without_database(request, error)
        return None

    def _without_database(
        self, request: HttpRequest, error: OperationalError
    ) -> HttpResponse:
        log.error("the database failed a request", exc_info=error)
        pool.mend()
        sentence = _(
            "The site cannot save or look up anything just now; nothing was saved. Go "
            "back and send it again in a moment: your text is still in the form."
        )
        return self._refuse(request, HTTPStatus.SERVICE_UNAVAILABLE, sentence)

    def _without_room(self, request: HttpRequest, error: Exception) -> HttpResponse:
        log.error("the disk is full", exc_info=error)
        sentence = _("The site's disk is full: nothing was saved. Try again later.")
        return self._refuse(request, HTTPStatus.INSUFFICIENT_STORAGE, sentence)

    def _read(self, request: HttpRequest) -> None:
        """Parse forms here, where an error can be answered; programs' bodies too."""
        if request.encoding and codecs.lookup(request.encoding).name not in _ENCODINGS:
            raise BadRequest
        if request.content_type in {
            "multipart/form-data",
            "application/x-www-form-urlencoded",
        }:
            request.POST  # noqa: B018 - reading it parses it
        elif request.content_type != PIECE:
            request.body  # noqa: B018

    def _refuse(self, request: HttpRequest, status: int, why: str) -> HttpResponse:
        drained = 0
        try:
            while drained < MOST_DRAINED:
                data = request.read(_CHUNK)
                if not data:
                    break
                drained += len(data)
        except (OSError, ValueError):
            pass  # the sender has gone
        return refused(request, status, why)


def _too_large() -> str:
    return _(
        "This is more than the site can take in at once: texts may have %(text)s "
        "characters, all files together %(files)s GB. Make it shorter or send it in "
        "parts."
    ) % {"text": "60,000", "files": 1}


class SecurityHeaders:
    """On every answer that Django gives; forms and rooms are never stored."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in SECURITY:
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        if request.method in {"GET", "HEAD"} and request.path.endswith("/"):
            for name, value in onion_of(request.path):
                response.headers.setdefault(name, value)
        return response
