"""The OpenAPI description says what the API does."""

import re
from pathlib import Path

import openapi_spec_validator
import pytest

from commonwire.publishing.api import attempts, posting, shapes

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).parents[2] / "docs" / "api.md"


@pytest.fixture
def described(program):
    return program.get("openapi.json").json()


@pytest.fixture
def operations(described):
    return {
        f"{method.upper()} {path}": operation
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    }


def test_it_is_valid(described):
    openapi_spec_validator.validate(described)


def test_it_names_every_address_of_the_contract(operations):
    assert set(operations) == {
        "GET /api/v1/challenge",
        "GET /api/v1/search",
        "GET /api/v1/posts/{post_id}/endorsement",
        "POST /api/v1/posts/{post_id}/endorsement",
        "DELETE /api/v1/posts/{post_id}/endorsement",
        "POST /api/v1/posts/{post_id}/events",
        "GET /api/v1/rules",
        "POST /api/v1/decisions",
        "POST /api/v1/media",
        "GET /api/v1/posts",
        "POST /api/v1/posts",
        "GET /api/v1/posts/{post_id}",
        "PATCH /api/v1/posts/{post_id}",
        "DELETE /api/v1/posts/{post_id}",
        "POST /api/v1/posts/{post_id}/addenda",
        "GET /api/v1/posts/{post_id}/pledges",
    }


def test_every_operation_is_described(operations):
    for name, operation in operations.items():
        assert operation["description"], name
        assert operation["operationId"], name


def test_every_refusal_is_a_problem(operations):
    for operation in operations.values():
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                assert list(answer["content"]) == ["application/problem+json"]


def test_every_name_of_a_scheme_is_explained(described, operations):
    named = {
        name
        for operation in operations.values()
        for way in operation.get("security", ())
        for name in way
    }
    assert named == set(described["components"]["securitySchemes"])


def test_an_answer_is_as_described(described, program):
    published = described["components"]["schemas"]["Published"]
    assert set(program.publish().json()) == set(published["properties"])


def test_no_page_runs_anything_from_elsewhere(program):
    assert program.get("docs").status_code == 404


def test_the_manual_names_every_field_and_header():
    manual = DOCS.read_text()
    told = set(re.findall(r"`([A-Za-z_-]+)`", manual))
    fields = set(shapes.PostSent.model_json_schema()["properties"])
    assert fields | {attempts.HEADER, "Altcha"} <= told
    assert posting.router
