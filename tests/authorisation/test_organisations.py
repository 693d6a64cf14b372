"""A steward acts for one organisation: not for the one above, not for the one below, not
for another. A new address of the room without a row here fails."""

import re

import pytest

from commonwire.calls import stewardship
from commonwire.calls.actions import issuing
from commonwire.calls.actions.organisations import affiliate
from commonwire.calls.models import Organisation, Steward
from commonwire.publishing.models import Post
from tests.authorisation.test_table import addresses
from tests.calls.factories import a_call
from tests.factories import a_key_to, an_organisation

pytestmark = pytest.mark.django_db
ROOM = "organisations/room/<token>/"
OWN = 200
NOT_THERE = 404
NUMBER = re.compile("<int:[a-z_]+>")

# What its own steward gets; and, where the address names a thing of an organisation,
# what it is: with the number of another's it is not there.
ADDRESSES = {
    "": (OWN, ""),
    "change/": (OWN, ""),
    # A button; asked for as a page it leads back.
    "publish/": (303, ""),
    "verify/": (OWN, ""),
    "sources/": (OWN, ""),
    "calendar/": (OWN, ""),
    "stewards/": (OWN, ""),
    "stewards/<int:number>/": (OWN, "steward"),
    "places/<int:number>/": (OWN, "place"),
    "pledges/<int:post_id>/": (OWN, "call"),
    "calls/": (OWN, ""),
    "calls/<int:post_id>/": (OWN, "call"),
}


# Any organisation may endorse any call, for itself.
OF_ALL = {"calls/<int:post_id>/"}


class Tree:
    """A federation, its region and the region's local, each with a steward."""

    def __init__(self):
        top = an_organisation("Whole Country")
        self.bodies = {
            name: an_organisation(name) for name in ("federation", "region", "local")
        }
        self.numbers, self.rooms, above = {}, {}, top
        for name, body in self.bodies.items():
            steward = stewardship.by_phrase(a_key_to(body))
            place = affiliate(organisation=body, parent=above)
            call = a_call()
            issuing.issue(post=call.post, by=stewardship.as_acting(steward))
            self.numbers[name] = {
                "steward": steward.pk,
                "place": place.pk,
                "call": call.post_id,
            }
            token = stewardship.room_pass(steward)
            self.rooms[name] = f"/organisations/room/{token}/"
            above = body
        # They say nearly the same, and would wait for an editor.
        Post.objects.update(waiting_since=None, listed=True)

    def address(self, room, pattern, of):
        _answer, thing = ADDRESSES[pattern]
        number = self.numbers[of].get(thing, 0)
        return self.rooms[room] + NUMBER.sub(str(number), pattern)


@pytest.fixture
def tree():
    return Tree()


def test_every_address_of_the_room_has_a_row():
    there = {
        pattern.removeprefix(ROOM)
        for pattern, _view in addresses()
        if pattern.startswith(ROOM)
    }
    assert there == set(ADDRESSES)


@pytest.mark.parametrize("pattern", ADDRESSES)
def test_its_own_steward_is_let_in(client, tree, pattern):
    reply = client.get(tree.address("region", pattern, of="region"))
    assert reply.status_code == ADDRESSES[pattern][0]


@pytest.mark.parametrize("other", ["federation", "local"])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "pattern", [p for p, row in ADDRESSES.items() if row[1] and p not in OF_ALL]
)
def test_what_is_of_a_body_above_or_below_is_not_there(
    client, tree, pattern, method, other
):
    reply = getattr(client, method)(tree.address("region", pattern, of=other))
    assert reply.status_code == NOT_THERE


def test_what_a_steward_sends_changes_their_own_organisation_alone(client, tree):
    form = {"name": "Renamed", "kind": "other", "seen": "1"}
    reply = client.post(tree.rooms["region"] + "change/", form)
    assert reply.status_code == 303
    names = set(Organisation.objects.values_list("name", flat=True))
    assert names == {"Whole Country", "federation", "Renamed", "local"}


def test_a_steward_invites_to_their_own_organisation_alone(client, tree):
    client.post(tree.rooms["region"] + "stewards/", {"label": "Treasurer"})
    made = Steward.objects.get(label="Treasurer")
    assert made.organisation == tree.bodies["region"]


def test_an_author_s_key_opens_no_organisation_s_room(client, tree):
    reply = client.post("/organisations/room/", {"key": "one two three four five six"})
    assert reply.status_code == 422
