"""Errors as RFC 9457 problem details, each naming its field."""

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from commonwire.kit import pool
from commonwire.kit.disk import is_full

log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
# What is told of one request: a field's name and a sentence may hold what was sent.
MOST_ERRORS = 50
LONGEST_FIELD = 120
LONGEST_MESSAGE = 600


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field; ``field`` is empty for the request as a whole."""

    field: str
    message: str


@dataclass
class Problem(Exception):
    """Raised anywhere below a view; answered as a problem."""

    status: HTTPStatus
    detail: str
    faults: tuple[Fault, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)


def of_fields(
    faults: Iterable[Fault], status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY
) -> Problem:
    """The detail is the first sentence: enough for who reads no further."""
    told = tuple(faults)
    more = len(told) - 1
    detail = f"{told[0].field}: {told[0].message}" if told[0].field else told[0].message
    if more:
        detail += " " + _("(and %(more)s more)") % {"more": more}
    return Problem(status, detail, told)


def of_field(
    name: str, message: str, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY
) -> Problem:
    return of_fields([Fault(name, message)], status)


def answer(problem: Problem) -> HttpResponse:
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": problem.status.phrase,
        "status": problem.status.value,
        "detail": _short(problem.detail, LONGEST_MESSAGE),
    }
    if problem.faults:
        body["errors"] = [
            {
                "field": _short(fault.field, LONGEST_FIELD),
                "message": _short(fault.message, LONGEST_MESSAGE),
            }
            for fault in problem.faults[:MOST_ERRORS]
        ]
    return JsonResponse(
        body,
        status=problem.status,
        content_type=MEDIA_TYPE,
        headers=problem.headers,
    )


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest] + "…"


def on_problem(request: HttpRequest, problem: Any) -> HttpResponse:
    return answer(problem)


def on_http_error(request: HttpRequest, error: Any) -> HttpResponse:
    """ninja's own, which is: the body is not JSON."""
    status = HTTPStatus(error.status_code)
    if status != HTTPStatus.BAD_REQUEST:
        return answer(Problem(status, error.message))
    detail = _("The body of the request is not JSON.")
    if isinstance(error.__cause__, json.JSONDecodeError):
        detail = _("The body of the request is not JSON: %(why)s.") % {
            "why": error.__cause__
        }
    return answer(Problem(status, detail))


def on_fault_of_ours(request: HttpRequest, error: Any) -> HttpResponse:
    log.error("the API failed", exc_info=error)
    if is_full(error):
        detail = _("The site's disk is full. Nothing is lost; try again later.")
        return answer(Problem(HTTPStatus.INSUFFICIENT_STORAGE, detail))
    detail = _("The site could not do this just now. Nothing is lost; try again.")
    if isinstance(error, OperationalError):  # the database is away, or was busy
        pool.mend()
        return answer(Problem(HTTPStatus.SERVICE_UNAVAILABLE, detail))
    return answer(Problem(HTTPStatus.INTERNAL_SERVER_ERROR, detail))


def not_found(detail: str) -> Problem:
    return Problem(HTTPStatus.NOT_FOUND, detail)


def nothing_at_all() -> str:
    told = {"address": "/api/v1/openapi.json"}
    return _("There is nothing at this address; see %(address)s.") % told


def not_allowed(headers: Mapping[str, str]) -> HttpResponse:
    detail = _("This address takes %(methods)s only.") % {"methods": headers["Allow"]}
    allowed = {"Allow": headers["Allow"]}
    return answer(Problem(HTTPStatus.METHOD_NOT_ALLOWED, detail, headers=allowed))
