"""The author of an event invites organisations to stand for it."""

import pytest

from commonwire.calls.actions import issuing
from tests.calendar import an_event
from tests.contributor import Contributor
from tests.factories import an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    return an_event(key="river stone")


@pytest.fixture
def room(client, post):
    return Contributor(client).enter("river stone").room(post, "organisers")


@pytest.mark.parametrize("how", ["name", "path"])
def test_an_organisation_is_invited_by_name_or_address(room, post, how):
    union = an_organisation("Local 41")
    room.send(organisation=getattr(union, how))
    issuer = post.issuers.get()
    assert (issuer.organisation, issuer.accepted_at) == (union, None)


def test_nobody_is_named_who_did_not_accept(room, post, client):
    union = an_organisation("Local 41")
    room.send(organisation="Local 41")
    assert b"Local 41" not in client.get(post.path).content
    calendar = f"/calendar/organisations/{union.slug}/"
    assert b"Vigil" not in client.get(calendar).content


def test_an_unknown_organisation_is_refused_in_words(room, post):
    room.send(organisation="Nobody")
    assert room.status == 422
    assert "There is no such organisation here." in room.page.errors["id_organisation"]
    assert not post.issuers.exists()


def test_twice_is_the_same_as_once(post):
    union = an_organisation()
    for _again in range(2):
        issuing.invite_organiser(post=post, organisation=union)
    assert post.issuers.count() == 1
