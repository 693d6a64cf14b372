from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from commonwire.calls.actions import calling, pledging
from commonwire.calls.models import Pledge
from commonwire.calls.pledge_tally import tally
from commonwire.calls.views.pledging import pledges_per_network
from commonwire.changes.models import Change
from commonwire.moderation.models import ScreeningRule
from commonwire.publishing.actions.sources import name_source
from commonwire.publishing.models import SourceDay
from tests.calls.factories import ASKS, DAY, a_call, told
from tests.calls.pledger import Pledger
from tests.page import Page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail_is_on(settings):
    settings.MAIL_FROM = "wire@example.org"


@pytest.fixture
def call(db):
    with time_machine.travel(f"{DAY.year}-01-05T12:00:00Z", tick=False):
        yield a_call()


def at(day, hour=12):
    return time_machine.travel(f"{day}T{hour:02}:00:00Z", tick=False)


@pytest.fixture
def somebody(call):
    return Pledger(call)


def test_a_pledge_needs_no_more_than_a_tick(call, somebody):
    ask = call.asks.first()
    somebody.pledge(ask)
    pledge = Pledge.objects.get()
    assert list(pledge.asks.all()) == [ask]
    assert (pledge.name, pledge.email, pledge.place) == ("", "", "")
    assert not somebody.client.cookies
    assert b"counted as unconfirmed" in somebody.client.get(somebody.own).content


def test_several_asks_are_pledged_at_once(call, somebody):
    somebody.pledge(*call.asks.all())
    assert {count.unconfirmed for count in tally(call).asks.values()} == {1}


def test_a_link_ticks_what_was_chosen_on_the_page(call, somebody):
    ask = call.asks.last()
    page = somebody.client.get(f"{somebody.form}?ask={ask.pk}&ask=made-up&from=flyer")
    text = page.content.decode()
    assert text.count(" checked") == 1
    assert 'name="from" value="flyer"' in text


def test_a_form_that_is_sent_twice_is_one_pledge(somebody):
    opened = somebody.opened()
    first = somebody.pledge(opened=opened).own
    assert somebody.pledge(opened=opened).own == first
    assert Pledge.objects.count() == 1


def test_whoever_is_faster_than_people_waits_a_moment(somebody):
    somebody.pledge(opened=somebody.opened(seconds=1), note="I am in")
    assert somebody.reply.status_code == 422
    assert "faster than people write" in somebody.words
    assert "I am in" in somebody.words
    assert not Pledge.objects.exists()


@pytest.mark.parametrize("opened", ["", "made-up", "\x00"])
def test_a_form_without_its_sign_is_sent_again(somebody, opened):
    somebody.reply = somebody.client.post(somebody.form, {"opened": opened})
    assert somebody.reply.status_code == 422
    assert "send it again" in somebody.words


def test_a_program_that_fills_in_everything_is_told(somebody):
    somebody.pledge(homepage="https://example.org")
    assert "A field that people do not see" in somebody.words
    assert not Pledge.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"asks": []}, "Tick what you pledge"),
        ({"asks": ["999999"]}, "does not ask one of these"),
        ({"asks": ["x" * 400]}, "does not ask one of these"),
        ({"place": "x" * 61}, "60 fit"),
        ({"note": "x" * 301}, "300 fit"),
        ({"note": "Look at www.example.org"}, "Links are not shown here"),
        ({"email": "ada"}, "This is no mail address"),
        ({"email": "a" * 300 + "@example.org"}, "No mail address is longer"),
        ({"others": "many"}, "Write a number"),
        ({"others": "-3"}, "Write a number"),
        ({"others": "9" * 30}, "Write a number"),
        ({"others": "3", "others_in_place": "on"}, "Say which area"),
    ],
)
def test_a_fault_is_named_with_its_mend(somebody, fields, said):
    somebody.pledge(**fields)
    assert somebody.reply.status_code == 422
    assert said in somebody.words
    assert not Pledge.objects.exists()


def test_what_cannot_be_seen_is_taken_out(somebody):
    somebody.pledge(place="Alder\x00 \u202eBend", note="In\x00deed")
    assert (somebody.row.place, somebody.row.note) == ("Alder Bend", "Indeed")


def test_a_note_that_an_editor_would_have_to_look_at_is_not_taken(somebody):
    ScreeningRule.objects.create(pattern="casino", active=True)
    somebody.pledge(note="Visit our casino")
    assert "cannot be shown" in somebody.words
    assert "Visit our casino" in somebody.words
    assert not Pledge.objects.exists()


def test_a_name_is_kept_only_to_be_shown(somebody):
    somebody.pledge(name="Ada Quill")
    assert somebody.row.name == ""
    somebody.pledge(name="Ada Quill", shows_name="on", note="See you there")
    (words,) = tally(somebody.call).words
    assert (words.name, words.note) == ("Ada Quill", "See you there")


# By mail


def test_a_confirmed_address_counts_once(call, somebody):
    for address in ("ada@example.org", "ADA+calls@example.org"):
        somebody.pledge(email=address).confirm()
        assert "counts as confirmed" in somebody.words
    assert "It stands for the one" in somebody.words
    found = tally(call)
    assert (found.counted, found.unconfirmed) == (1, 0)


def test_an_address_that_nobody_confirmed_is_counted_apart(call, somebody):
    somebody.pledge(email="ada@example.org")
    Pledger(call).pledge()
    found = tally(call)
    assert (found.counted, found.unconfirmed) == (0, 2)


def test_no_address_is_kept_of_who_waits_for_nobody(somebody):
    somebody.pledge(email="ada@example.org").confirm()
    row = Pledge.objects.get()
    assert row.email == ""
    assert "ada" not in repr(Pledge.objects.values())


def test_one_address_cannot_be_followed_from_call_to_call(call):
    other = a_call(body="Something else.", content=told(asks=ASKS[:1], demands=()))
    for each in (call, other):
        Pledger(each).pledge(email="ada@example.org")
    first, second = Pledge.objects.values_list("email_hash", flat=True)
    assert first != second


def test_a_confirmation_of_what_was_taken_back_says_so(somebody):
    somebody.pledge(email="ada@example.org").press("take back", sure="1")
    somebody.confirm()
    assert somebody.reply.status_code == 410
    assert "it was taken back" in somebody.words


def test_without_mail_no_address_is_asked_for_and_all_count(call, somebody, settings):
    settings.MAIL_FROM = ""
    assert b'name="email"' not in somebody.client.get(somebody.form).content
    somebody.pledge(email="ada@example.org")
    assert (tally(call).counted, mail.outbox) == (1, [])


# Afterwards


def test_who_did_it_says_so_once_the_day_has_come(call, somebody):
    somebody.pledge().press("done")
    assert "The day has not come yet" in somebody.words
    with at(DAY):
        somebody.press("done").press("done")
    assert tally(call).done == 1


def test_a_pledge_that_is_taken_back_leaves_nothing(call, somebody):
    somebody.pledge(note="See you there").press("take back")
    assert "Tick the box" in somebody.words
    somebody.press("take back", sure="1")
    assert not Pledge.objects.exists()
    assert somebody.client.get(somebody.own).status_code == 404


def test_after_the_day_it_is_too_late(somebody):
    with at(DAY + timedelta(days=1)):
        assert b"is over" in somebody.client.get(somebody.form).content
        somebody.pledge()
        assert somebody.reply.status_code == 409
        assert "The day of this call is over" in somebody.words
    assert not Pledge.objects.exists()


def test_a_call_that_was_called_off_takes_none(call, somebody):
    calling.call_off(call=call, because="The ice is too thin.")
    somebody.pledge()
    assert somebody.reply.status_code == 409
    assert "This call was called off" in somebody.words


def test_what_is_no_call_takes_none(client, call):
    for number in (call.post_id + 1, 10**30):
        assert client.get(f"/pledge/{number}/").status_code == 404
    assert client.get(f"/pledge/{call.post_id}/made-up/").status_code == 404


def test_sixty_days_after_the_day_nobody_can_be_reached(call, somebody):
    somebody.pledge(email="ada@example.org", others="5", note="See you").confirm()
    with at(DAY + timedelta(days=60)):
        pledging.wipe_pledges()
        assert Pledge.objects.get().email == "ada@example.org"
    with at(DAY + timedelta(days=62)):
        pledging.wipe_pledges()
    row = Pledge.objects.get()
    assert (row.email, row.email_hash, row.token_hash) == ("", "", None)
    assert tally(call).counted == 1


def test_every_act_has_its_change(somebody):
    somebody.pledge(email="ada@example.org").confirm()
    with at(DAY):
        somebody.press("done").press("take back", sure="1")
    kinds = Change.objects.values_list("kind", flat=True)
    assert list(kinds).count("call.pledged") == 4


def test_many_pledges_of_one_network_have_to_wait(call, monkeypatch):
    monkeypatch.setattr(pledges_per_network, "capacity", 1)
    monkeypatch.setattr(pledges_per_network, "shared", 1)
    Pledger(call).pledge()
    second = Pledger(call).pledge(note="See you")
    assert second.reply.status_code == 422
    assert "Many pledges came from your network" in second.words
    assert "See you" in second.words


def test_who_came_by_a_named_link_is_counted_with_it():
    call = a_call()
    name_source(post=call.post, code="flyer")
    pledger = Pledger(call)
    behind = f"http://testserver{call.post.path}?from=flyer"
    form = pledger.client.get(pledger.form, headers={"referer": behind})
    code = Page(form.content).fields["from"][0]
    pledger.pledge(**{"from": code})
    rows = SourceDay.objects.values_list("source__code", "act", "count")
    assert list(rows) == [("flyer", "pledged", 1)]
