"""What issuers see: numbers."""

import pytest

from commonwire.calls import stewardship
from commonwire.calls.models import Endorsement, Issuer, Pledge
from commonwire.calls.pledge_tally import Count, tally
from commonwire.delivery.printing import on_demand
from commonwire.publishing import keys
from tests.calls.factories import a_call
from tests.calls.pledger import Pledger
from tests.factories import a_key_to, an_organisation
from tests.page import Page

pytestmark = pytest.mark.django_db
PHRASE = "one two three four five six"


@pytest.fixture
def call(settings):
    settings.MAIL_FROM = "wire@example.org"
    return a_call(key=PHRASE)


@pytest.fixture
def author(call):
    return f"/key/{keys.room_pass(keys.find(PHRASE))}/{call.post_id}/pledges/"


def steward_of(call, *, accepted=True):
    body = an_organisation()
    at = call.post.published_at if accepted else None
    Issuer.objects.create(post=call.post, organisation=body, accepted_at=at)
    room = stewardship.room_pass(stewardship.by_phrase(a_key_to(body)))
    return f"/organisations/room/{room}/pledges/{call.post_id}/"


def test_an_author_sees_numbers_and_no_people(client, call, author):
    Pledger(call).pledge(place="Alder", email="ada@example.org", name="Ada Quill")
    page = client.get(author).content.decode()
    assert "Alder" in page
    assert "ada" not in page
    assert "Quill" not in page


def test_another_author_does_not_get_there(client, call):
    other = "six five four three two one"
    a_call(key=other)
    room = keys.room_pass(keys.find(other))
    path = f"/key/{room}/{call.post_id}/pledges/"
    assert client.get(path).status_code == 404


def test_the_goal_is_set_and_taken_away(client, call, author):
    client.post(author, {"do": "goal", "people": "500", "in_each_area": "on"})
    assert (tally(call).goal, tally(call).in_each_place) == (500, True)
    client.post(author, {"do": "goal", "people": ""})
    assert tally(call).goal == 0


@pytest.mark.parametrize("people", ["0", "-1", "many", "9" * 40])
def test_a_goal_that_is_no_number_is_told(client, author, people):
    page = client.post(author, {"do": "goal", "people": people})
    assert page.status_code == 422
    assert b"Write a number from 1" in page.content


def test_words_are_taken_off_the_page_and_the_pledge_counts_on(client, call, author):
    row = Pledger(call).pledge(note="Something rude").row
    client.post(author, {"do": f"remove words {row.pk}"})
    found = tally(call)
    assert (found.words, found.unconfirmed) == ((), 1)
    assert client.post(author, {"do": "remove words x"}).status_code == 303


def test_what_is_no_area_is_taken_off_and_its_people_count_on(client, call, author):
    Pledger(call).pledge(place="Rude Place", others="3", others_in_place="on")
    client.post(author, {"do": "remove area", "area": "Rude Place"})
    found = tally(call)
    assert (found.places, found.unconfirmed) == ((), 1)


def test_an_issuer_sees_the_numbers_and_nobody_else_does(client, call):
    path = steward_of(call)
    assert client.get(path).status_code == 200
    other = path.replace(f"/{call.post_id}/", f"/{a_call().post_id}/")
    assert client.get(other).status_code == 404


def test_an_organisation_that_was_only_invited_sees_nothing(client, call):
    assert client.get(steward_of(call, accepted=False)).status_code == 404


def test_an_endorser_enters_sheets_and_sees_no_more_than_everybody(client, call):
    body = an_organisation()
    Endorsement.objects.create(
        call=call,
        organisation=body,
        state="confirmed",
        version=1,
        confirmed_at=call.post.published_at,
        confirmed_by="editor",
    )
    room = stewardship.room_pass(stewardship.by_phrase(a_key_to(body)))
    path = f"/organisations/room/{room}/pledges/{call.post_id}/"
    client.post(path, sheet(call, place="Alder"))
    client.post(path, {"do": "goal", "people": "5"})
    page = client.get(path).content.decode()
    assert (tally(call).on_paper, tally(call).goal) == (30, 0)
    assert "By day" not in page


# On paper


def sheet(call, people=30, **fields):
    first, second = call.asks.all()
    ticks = {f"ask_{first.pk}": "20", f"ask_{second.pk}": "25"}
    return {"do": "enter", "sheet": "12", "people": people, **ticks, **fields}


def test_a_sheet_counts_as_many_as_signed_and_ticked(client, call):
    client.post(steward_of(call), sheet(call, place="Alder"))
    found, (first, second) = tally(call), call.asks.all()
    assert (found.counted, found.on_paper, found.unconfirmed) == (30, 30, 0)
    assert found.asks == {first.pk: Count(20), second.pk: Count(25)}
    assert [(each.place, each.counted) for each in found.places] == [("Alder", 30)]


def test_without_mail_paper_is_told_from_those_whom_nobody_can_confirm(
    client, call, settings
):
    settings.MAIL_FROM = ""
    client.post(steward_of(call), sheet(call))
    Pledger(call).pledge()
    text = " ".join(Page(on_demand(call.post.path)).text.split())
    assert "31 people pledged 1 of them unconfirmed: this site sends no mail." in text


def test_a_sheet_is_entered_once(client, call):
    path = steward_of(call)
    client.post(path, sheet(call))
    again = client.post(path, sheet(call))
    assert again.status_code == 422
    assert b"entered on" in again.content
    assert tally(call).counted == 30


def test_a_sheet_that_was_entered_by_mistake_is_taken_back(client, call):
    path = steward_of(call)
    client.post(path, sheet(call))
    client.post(path, {"do": "take sheet back", "sheet": "12"})
    assert not Pledge.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"sheet": ""}, "entered once"),
        ({"sheet": "x" * 50}, "40 fit"),
        ({"people": ""}, "Count the signatures"),
        ({"people": "0"}, "Write a number from 1"),
        ({"people": "22"}, "More ticks than people"),
        ({"place": "www.example.org"}, "Links are not shown"),
    ],
)
def test_a_fault_of_a_sheet_is_named(client, call, fields, said):
    page = client.post(steward_of(call), sheet(call, **fields))
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Pledge.objects.exists()
