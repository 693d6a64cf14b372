"""ninja, told to answer everything as this API does."""

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError, ValidationErrorContext
from ninja.parser import Parser

from commonwire.publishing.api import problems, sentences
from commonwire.publishing.api.describing import complete
from commonwire.publishing.api.problems import Problem

View = Callable[..., HttpResponseBase]
_SAFE = ("GET", "HEAD")
_WITH_BODY = ("POST", "PATCH")
_READ = {
    # Anybody's page may read what anybody may read.
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class JsonOnly(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        return json.loads(request.body)


class Api(NinjaAPI):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(parser=JsonOnly(), **kwargs)
        self.add_exception_handler(Problem, problems.on_problem)
        self.add_exception_handler(HttpError, problems.on_http_error)
        self.add_exception_handler(ValidationError, _on_faults)
        self.add_exception_handler(Exception, problems.on_fault_of_ours)

    @property
    def urls(self) -> Any:
        patterns, app, namespace = super().urls
        for pattern in cast("list[Any]", patterns):
            pattern.callback = _as_promised(pattern.callback)
        return patterns, app, namespace

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        return complete(super().get_openapi_schema(**kwargs))

    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext[Any]]
    ) -> ValidationError:
        """Keeps what was sent beside each error: a null gets a sentence of its own."""
        return ValidationError(
            [
                {
                    **error,
                    "loc": (
                        context.model.__ninja_param_source__,
                        *_loc(context, error),
                    ),
                }
                for context in error_contexts
                for error in context.pydantic_validation_error.errors(include_url=False)
            ]
        )


def _loc(context: ValidationErrorContext[Any], error: Any) -> tuple[Any, ...]:
    flattened: dict[Any, Any] = context.model.__ninja_flatten_map_reverse__
    return tuple(flattened.get(error["loc"], error["loc"]))


def _on_faults(request: HttpRequest, error: Any) -> HttpResponse:
    faults = [sentences.fault_of(item) for item in error.errors]
    return problems.answer(problems.of_fields(faults))


def _as_promised(view: View) -> View:
    @wraps(view)
    def promised(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        reading = request.method in _SAFE
        refused = None if reading else _other_type(request)
        response = refused or _answer(view, request, *args, **kwargs)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            response = problems.not_allowed(response.headers)
        if reading and not request.path.endswith("/challenge"):
            response.headers.setdefault("Cache-Control", "no-cache")
            for name, value in _READ.items():
                response.headers.setdefault(name, value)
        return response

    return promised


def _answer(
    view: View, request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    asked = request.method
    if asked == "HEAD":
        request.method = "GET"  # ninja knows no HEAD; the server leaves the body out
    try:
        return view(request, *args, **kwargs)
    except Http404:
        return problems.answer(problems.not_found(problems.nothing_at_all()))
    finally:
        request.method = asked


def _other_type(request: HttpRequest) -> HttpResponse | None:
    """Refuses a body that is not of the kind that the address takes."""
    uploads = request.path.endswith("/media")
    wanted = "multipart/form-data" if uploads else "application/json"
    if request.method not in _WITH_BODY or request.content_type in {wanted, ""}:
        return None
    detail = _("Send this as %(wanted)s; it came as %(sent)s.") % {
        "wanted": wanted,
        "sent": request.content_type,
    }
    return problems.answer(Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail))
