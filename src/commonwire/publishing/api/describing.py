"""What OpenAPI says beside the types: who may, and which problems may come."""

from http import HTTPStatus
from typing import Any

from commonwire.publishing.api.problems import MEDIA_TYPE
from commonwire.publishing.api.shapes import ProblemShown

DESCRIPTION = """\
Publish and read posts with a program. Anybody may publish, without an account; a token
spares the proof of work, an editor's token may bring an archive in.

Errors are problem details (RFC 9457) whose `errors` name each field in the words of the
publish form. Nothing here sets a cookie, and no address is stored.
"""
SCHEMES: dict[str, Any] = {
    "Bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "An API token, from `commonwire token add`.",
    },
    "Key": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`Key` and the post's six words: "
        "`Authorization: Key ladder overcast jubilant preface gravy wisdom`.",
    },
    "Altcha": {
        "type": "apiKey",
        "in": "header",
        "name": "Altcha",
        "description": "A solved challenge of `GET /api/v1/challenge`, as Base64 of "
        "altcha's payload. It counts once. A post without one is published all the "
        "same, and waits for an editor.",
    },
}
_EXAMPLE = {
    "type": "about:blank",
    "title": "Unprocessable Entity",
    "status": 422,
    "detail": "title: Give it a title.",
    "errors": [{"field": "title", "message": "Give it a title."}],
}


def extra(
    *problems: HTTPStatus,
    security: tuple[str, ...] = (),
    optional: bool = False,
    parameters: tuple[dict[str, Any], ...] = (),
    headers: dict[str, str] | None = None,
) -> dict[str, Any]:
    """For an operation's ``openapi_extra``."""
    told: dict[str, Any] = {"responses": {}}
    if security:
        told["security"] = [{name: []} for name in security]
        told["security"] += [{}] if optional else []
    if parameters:
        told["parameters"] = list(parameters)
    if headers:
        shown = {
            name: {"description": words, "schema": {"type": "string"}}
            for name, words in headers.items()
        }
        told["responses"][HTTPStatus.CREATED.value] = {"headers": shown}
    for status in problems:
        told["responses"][status.value] = _problem(status)
    return told


def header(name: str, description: str) -> dict[str, Any]:
    return {
        "in": "header",
        "name": name,
        "required": False,
        "description": description,
        "schema": {"type": "string"},
    }


def complete(schema: dict[str, Any]) -> dict[str, Any]:
    """Add what ninja does not collect from the operations."""
    components = schema["components"]
    components["securitySchemes"] = SCHEMES
    problem = ProblemShown.model_json_schema(
        ref_template="#/components/schemas/{model}"
    )
    components["schemas"].update(problem.pop("$defs"))
    components["schemas"]["Problem"] = {**problem, "examples": [_EXAMPLE]}
    return schema


def _problem(status: HTTPStatus) -> dict[str, Any]:
    reference = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": status.phrase,
        "content": {MEDIA_TYPE: {"schema": reference}},
    }
