"""What mail says to who endorsed a call through the form."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from commonwire.calls.actions import calling, endorsing
from commonwire.calls.actions.telling_endorsers import SETTLED, tell_endorsers
from commonwire.calls.endorsers import endorsers_of
from commonwire.calls.models import Endorsement
from commonwire.mail.sending import send_due
from tests.calls.actions.test_calling import stands
from tests.calls.factories import a_call, a_time, changed, told
from tests.calls.test_endorsing import offered
from tests.contributor import Contributor
from tests.factories import a_key_to, an_organisation
from tests.page import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(settings):
    settings.MAIL_FROM = "wire@example.org"
    return a_call()


@pytest.fixture
def endorsed(call):
    return given(call)


def given(call, *, sure=True, body=None):
    """An endorsement by the form, its address confirmed."""
    named = body.name if body else "Milltown Bakers"
    made = offered(call, body, named=named, email="office@bakers.example")
    if sure:
        endorsing.confirm_mail(endorsement=made)
    return endorsing.confirm(endorsement=made)


def moved(call, day=23):
    changed(call, told(a_time(date(2027, 1, day)), demands=stands(call)))


def mails(*, after=SETTLED + timedelta(seconds=1)):
    """What came of the worker's round, some time from now."""
    with time_machine.travel(timezone.now() + after, tick=False):
        tell_endorsers()
        tell_endorsers()
        mail.outbox.clear()
        send_due(timezone.now())
    return [each for each in mail.outbox if "endorsed" in each.subject]


def link_in(sent):
    return re.search(r"http://testserver(/confirm/\w+/)", sent.body)[1]


def test_several_changes_are_one_mail_when_it_is_quiet(call, endorsed):
    moved(call, 23)
    moved(call, 30)
    assert mails(after=SETTLED / 2) == []
    [sent] = mails()

    assert sent.to == ["office@bakers.example"]
    assert sent.subject == "A call that you endorsed has changed"
    assert call.post.title in sent.body


def test_another_version_is_another_mail(call, endorsed):
    moved(call, 23)
    assert (len(mails()), len(mails())) == (1, 0)
    moved(call, 30)
    assert len(mails()) == 1


def test_its_link_gives_the_endorsement_for_the_call_as_it_is(client, call, endorsed):
    moved(call)
    client.post(link_in(mails()[0]))

    assert endorsers_of(call).for_older == 0


def test_or_withdraws_it_and_then_the_address_is_gone(client, call, endorsed):
    moved(call)
    somebody = Contributor(client)
    somebody.get(link_in(mails()[0]))
    somebody.send(do="instead")

    endorsed.refresh_from_db()
    assert (endorsed.state, endorsed.email) == ("withdrawn", "")
    assert mails() == []


def test_an_address_that_nobody_confirmed_gets_nothing(call):
    given(call, sure=False)
    moved(call)

    assert mails() == []


def test_whose_address_was_wiped_gets_nothing(call, endorsed):
    Endorsement.objects.update(email="")
    moved(call)

    assert mails() == []


def test_a_body_with_stewards_reads_it_in_its_room(client, call):
    riders = an_organisation("Riverton Riders")
    given(call, body=riders)
    room = Contributor(client).post("/organisations/room/", {"key": a_key_to(riders)})
    moved(call)

    assert mails() == []
    said = Page(client.get(room.where).content).text
    assert "A call that you endorse has another day" in said


def test_that_it_is_off_and_that_it_takes_place_are_told(call, endorsed):
    calling.call_off(call=call, because="The ice is too thin.")
    [off] = mails()
    calling.take_up(call=call)
    [on] = mails()

    assert off.subject == "A call that you endorsed was called off"
    assert on.subject == "A call that you endorsed takes place after all"


def test_what_was_called_off_by_mistake_a_moment_ago_is_no_mail(call, endorsed):
    calling.call_off(call=call, because="A slip.")
    calling.take_up(call=call)

    assert mails() == []


def test_a_full_mailbox_is_told_later(call, endorsed, monkeypatch):
    full = "commonwire.mail.actions.per_address.take"
    moved(call)
    with monkeypatch.context() as patched:
        patched.setattr(full, lambda _mailbox: False)
        assert mails() == []
    assert len(mails()) == 1
