import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from commonwire.calls import stewardship
from commonwire.calls.actions import stewards
from commonwire.calls.actions.organisations import affiliate, change_organisation
from commonwire.calls.models import Organisation
from commonwire.publishing.actions.sources import Opening, count_openings
from tests.factories import a_key_to, a_post, an_organisation, jpeg
from tests.page import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def local():
    return an_organisation("Local 4", area="Riverton")


@pytest.fixture
def room(client, local):
    """The address of its room, for who came in by the door."""
    reply = client.post("/organisations/room/", {"key": a_key_to(local)})
    return reply["Location"]


def form_of(client, address):
    fields = Page(client.get(address).content).fields
    return {name: values[0] for name, values in fields.items()} | {"name": "Local 4"}


def test_a_wrong_phrase_opens_nothing_and_says_what_to_check(client):
    reply = client.post("/organisations/room/", {"key": "one two three"})
    assert reply.status_code == 422
    assert "six words" in Page(reply.content).text


def test_a_guesser_is_stopped(client):
    stranger = {"REMOTE_ADDR": "203.0.113.5"}
    tries = [
        client.post("/organisations/room/", {"key": "x"}, **stranger).status_code
        for _ in range(11)
    ]
    assert tries == [422] * 10 + [429]


def test_a_link_shows_the_key_once_and_only_by_the_button(client, local):
    path = stewards.invite_first(by=None, organisation=local, label="Press")
    assert "Show me the key" in Page(client.get(path).content).text
    (phrase,) = Page(client.post(path).content).said("p", id="phrase")
    assert stewardship.by_phrase(phrase).organisation == local
    assert "good no more" in Page(client.get(path).content).text


def test_what_it_says_of_itself_is_changed(client, local, room):
    form = form_of(client, room + "change/") | {
        "members": "1200",
        "members_on": "2026-01-31",
        "press-name": "Rosa",
        "press-email": "press@local4.example",
    }
    reply = client.post(room + "change/", form)
    assert reply["Location"] == f"{room}?said=changed"
    local.refresh_from_db()
    assert (local.members, str(local.members_on)) == (1200, "2026-01-31")
    assert local.contact.email == "press@local4.example"
    assert local.press_contact_public


def test_the_second_of_two_stewards_sees_what_the_first_saved(client, local, room):
    form = form_of(client, room + "change/") | {"area": "Hillside"}
    change_organisation(organisation=local, seen=1, area="Lakeside")
    reply = client.post(room + "change/", form)
    shown = Page(reply.content)
    assert reply.status_code == 422
    assert "Somebody else saved a change meanwhile" in shown.text
    assert "Area: Lakeside" in shown.text
    assert shown.fields["area"] == ["Hillside"]
    assert Organisation.objects.get().area == "Lakeside"
    again = {name: values[0] for name, values in shown.fields.items()}
    assert client.post(room + "change/", again).status_code == 303
    assert Organisation.objects.get().area == "Hillside"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", " ", "Give the name"),
        ("website", "not an address", "This is not a web address"),
        ("members", "many", "Write a whole number"),
        ("members", "-3", "greater than or equal to 0"),
        ("members_on", "31/01/2026", "2026-04-30"),
        ("press-email", "nowhere", "press@union.example"),
        ("kind", "cult", "“cult” is no kind of organisation"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(client, room, field, typed, said):
    form = form_of(client, room + "change/") | {"members": "1", field: typed}
    reply = client.post(room + "change/", form)
    assert reply.status_code == 422
    assert said in Page(reply.content).text


def test_a_number_of_tomorrow_is_refused(client, room):
    form = form_of(client, room + "change/") | {
        "members": "1",
        "members_on": "2999-01-01",
    }
    assert "still to come" in Page(client.post(room + "change/", form).content).text


def test_a_logo_is_made_anew_and_can_be_taken_away(client, local, room):
    form = form_of(client, room + "change/")
    sent = SimpleUploadedFile("logo.jpg", jpeg(), "image/jpeg")
    client.post(room + "change/", form | {"logo": sent})
    local.refresh_from_db()
    assert local.logo.published_at is not None
    assert local.logo.has_picture
    form = form_of(client, room + "change/")
    client.post(room + "change/", form | {"no-logo": "1"})
    local.refresh_from_db()
    assert local.logo is None


def test_what_is_no_picture_is_no_logo(client, local, room):
    form = form_of(client, room + "change/")
    sent = SimpleUploadedFile("logo.txt", b"hello", "text/plain")
    reply = client.post(room + "change/", form | {"logo": sent})
    assert reply.status_code == 422
    assert Page(reply.content).errors["id_logo"]


def test_a_steward_invites_another_and_takes_them_back(client, local, room):
    reply = client.post(room + "stewards/", {"label": "Treasurer"})
    (link,) = Page(reply.content).said("p", id="link")
    (phrase,) = Page(client.post(link).content).said("p", id="phrase")
    other = stewardship.by_phrase(phrase)
    client.post(f"{room}stewards/{other.pk}/")
    assert stewardship.by_phrase(phrase) is None
    assert client.get(room).status_code == 200


def test_who_takes_back_their_own_key_is_out(client, room, local):
    own = local.stewards.get()
    reply = client.post(f"{room}stewards/{own.pk}/")
    assert reply["Location"] == "/organisations/room/"
    assert client.get(room).status_code == 403


def test_what_was_typed_is_not_lost_when_the_room_closes(client, local, room):
    form = form_of(client, room + "change/") | {"boilerplate": "Long words."}
    local.stewards.update(ended_at="2026-01-01T00:00Z")
    reply = client.post(room + "change/", form)
    assert Page(reply.content).said("textarea", id="kept")[0].endswith("Long words.")


def test_it_leaves_what_it_belonged_to(client, local, room):
    place = affiliate(organisation=local, parent=an_organisation("Federation"))
    client.post(f"{room}places/{place.pk}/", {"on": "2026-01-31"})
    place.refresh_from_db()
    assert (str(place.until), place.ending) == ("2026-01-31", "left")


def test_links_with_its_name_are_counted_for_it_alone(client, local, room):
    post = a_post("A vote")
    count_openings(
        openings={Opening(post.day, post.slug, each): 3 for each in (local.slug, "x")}
    )
    said = Page(client.get(f"{room}sources/").content).text
    assert ("A vote" in said, "3 loaded" in said) == (True, True)
    other = client.post("/organisations/room/", {"key": a_key_to(an_organisation())})
    assert "A vote" not in Page(client.get(f"{other['Location']}sources/").content).text
