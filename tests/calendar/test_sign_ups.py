"""An address that is told to those who sign up."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from commonwire.calendar.actions import sign_ups
from commonwire.calendar.models import Event, SignUp
from tests.calendar import an_event
from tests.contributor import Contributor
from tests.publishing.program import Program

pytestmark = pytest.mark.django_db
ADDRESS = "12 Quiet Lane"


@pytest.fixture
def post():
    return an_event(address=ADDRESS, address_private=True, place="A kitchen", key="k")


def form(client, post):
    return Contributor(client).get(f"/calendar/sign-up/{post.pk}/")


def test_nobody_is_told_before(client, post):
    paths = [
        post.path,
        f"{post.path}calendar.ics",
        f"{post.path}dates/1/",
        "/calendar/",
    ]
    paths += [f"/api/v1/posts/{post.pk}", f"/calendar/sign-up/{post.pk}/"]
    told = [path for path in paths if ADDRESS.encode() in client.get(path).content]
    assert told == []


def test_who_signs_up_is_told(client, post):
    page = form(client, post)
    later = timezone.now() + timedelta(minutes=5)
    with time_machine.travel(later, tick=False):
        page.send(name="Ana", people="2")
    assert ADDRESS in page.answer.content.decode()
    assert SignUp.objects.values_list("name", "people").get() == ("Ana", 2)


def test_programs_that_do_not_wait_are_not(client, post):
    page = form(client, post).send(name="Ana")
    assert page.status == 422
    assert not SignUp.objects.exists()


def test_the_author_sees_who_comes(client, post):
    sign_ups.sign_up(event=post.event, name="Ana", people=2)
    page = Contributor(client).enter("k").room(post, "dates").answer
    assert "Ana (2)" in page.content.decode()


def test_all_of_it_is_wiped_sixty_days_after(post):
    sign_ups.sign_up(event=post.event, name="Ana")
    with time_machine.travel("2027-05-17T12:00Z", tick=False):
        assert sign_ups.wipe_old() == 0
    with time_machine.travel("2027-05-21T12:00Z", tick=False):
        assert sign_ups.wipe_old() == 1
    assert not SignUp.objects.exists()
    assert Event.objects.get().private_address == ""


def test_its_author_corrects_without_giving_it_away(client, post):
    Contributor(client).enter("k").room(post, "correct").send(
        **{"event-address": "14 Quiet Lane"}
    )
    assert Event.objects.get().private_address == "14 Quiet Lane"
    assert not post.corrections.exists()
    answer = Program(client).get(f"posts/{post.pk}").json()
    assert (answer["event"]["address"], answer["event"]["address_private"]) == (
        "",
        True,
    )


# An address that was public


@pytest.fixture
def open_post():
    return an_event(address=ADDRESS, position="43.07, -89.38", place="A hall", key="k")


def correct(client, post, **typed):
    fields = {f"event-{name}": value for name, value in typed.items()}
    Contributor(client).enter("k").room(post, "correct").send(**fields)


def is_told(client, post):
    paths = (post.path, f"{post.path}dates/1/", f"/api/v1/posts/{post.pk}")
    pages = "".join(client.get(path).content.decode() for path in paths)
    return [told for told in (ADDRESS, "89.38", "1 Old Road") if told in pages]


def test_its_correction_says_that_it_is_private_and_no_more(client, open_post):
    correct(client, open_post, address_private="on", position="")
    made = open_post.corrections.get()
    assert made.before == {"event.address": "", "event.position": ""}
    assert made.after["event.address"] == "for those who sign up from now on"
    assert is_told(client, open_post) == []
    assert made.after["event.address"] in client.get(open_post.path).content.decode()


def test_earlier_corrections_lose_it(client, open_post):
    correct(client, open_post, address="1 Old Road", position="43.08, -89.38")
    assert open_post.corrections.get().before["event.address"] == ADDRESS
    correct(client, open_post, address_private="on", position="")
    assert is_told(client, open_post) == []
    nothing = {"event.address": "", "event.position": ""}
    earlier = open_post.corrections.first()
    assert (earlier.before, earlier.after) == (nothing, nothing)


def test_it_leaves_the_text_without_a_trace(client, post):
    for body in (f"Come to {ADDRESS}.", "Come."):
        Contributor(client).enter("k").room(post, "correct").send(body=body)
    first, second = post.corrections.all()
    assert first.after == second.before == {"body": "Come to …."}


def test_one_that_becomes_public_and_private_again_is_in_no_correction(client, post):
    correct(client, post, address_private=None)
    made = post.corrections.get()
    assert (made.before, made.after) == (
        {"event.address": ""},
        {"event.address": ADDRESS},
    )
    correct(client, post, address_private="on")
    assert is_told(client, post) == []
