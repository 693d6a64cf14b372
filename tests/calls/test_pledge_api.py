"""Numbers for programs of issuers."""

import pytest

from commonwire.calls.actions import stewards
from commonwire.calls.models import Issuer
from tests.calls.factories import a_call
from tests.calls.pledger import Pledger
from tests.factories import an_organisation

pytestmark = pytest.mark.django_db
PHRASE = "one two three four five six"


@pytest.fixture
def call(settings):
    settings.MAIL_FROM = "wire@example.org"
    call = a_call(key=PHRASE)
    Pledger(call).pledge(place="Alder", email="ada@example.org", name="Ada Quill")
    return call


def ask(client, call, authorization):
    headers = {"Authorization": authorization}
    return client.get(f"/api/v1/posts/{call.post_id}/pledges", headers=headers)


def test_an_author_gets_numbers_and_no_people(client, call):
    told = ask(client, call, f"Key {PHRASE}")
    answer = told.json()
    numbers = {"counted": 0, "unconfirmed": 1}
    assert answer["by_area"] == [{"area": "Alder", **numbers}]
    assert answer["by_ask"][0] == {"ask": str(call.asks.first()), **numbers}
    assert [each["unconfirmed"] for each in answer["by_day"]] == [1]
    assert answer["goal"] is None
    assert b"ada" not in told.content
    assert b"Quill" not in told.content


def test_a_program_of_an_issuer_does_and_another_organisation_does_not(client, call):
    body = an_organisation()
    token = stewards.add_organisations_token(organisation=body, name="numbers")
    assert ask(client, call, f"Bearer {token}").status_code == 403
    Issuer.objects.create(
        post=call.post, organisation=body, accepted_at=call.post.published_at
    )
    assert ask(client, call, f"Bearer {token}").json()["unconfirmed"] == 1


def test_nobody_else_gets_them(client, call):
    for wrong in ("", "Key a b c d e f", "Bearer made-up"):
        assert ask(client, call, wrong).status_code in {401, 403}
