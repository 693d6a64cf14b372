import pytest
from django.core import mail
from django.utils import timezone

from commonwire.calls.actions.telling import tell_met
from commonwire.calls.models import Pledge
from commonwire.mail.sending import send_due
from tests.calls.factories import a_call
from tests.calls.pledger import Pledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(settings):
    settings.MAIL_FROM = "wire@example.org"
    return a_call()


def waits(call, address, place):
    fields = {"others": "1", "others_in_place": "on", "place": place}
    return Pledger(call).pledge(email=address, **fields).confirm()


def test_who_waits_for_others_gets_one_mail_when_they_pledge(call):
    waits(call, "ada@example.org", "North")
    waits(call, "bo@example.org", "South")
    assert tell_met() == 0
    Pledger(call).pledge(email="cy@example.org", place="north").confirm()
    assert [tell_met(), tell_met()] == [1, 0]
    send_due(timezone.now())
    assert mail.outbox[-1].to == ["ada@example.org"]
    assert "your pledge stands" in mail.outbox[-1].body
    kept = Pledge.objects.exclude(email="").values_list("email", flat=True)
    assert list(kept) == ["bo@example.org"]


def test_they_are_told_in_the_language_of_the_call(settings):
    settings.MAIL_FROM = "wire@example.org"
    Pledger(a_call(language="es")).pledge(email="ada@example.org")
    send_due(timezone.now())
    assert mail.outbox[-1].subject.startswith("Confirma tu compromiso: ")


def test_unconfirmed_pledges_are_no_others(call):
    waits(call, "ada@example.org", "North")
    Pledger(call).pledge(place="North")
    assert tell_met() == 0
