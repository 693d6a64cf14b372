import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.db import transaction
from django.utils import timezone

from commonwire.mail.actions import sweep_mail, write
from commonwire.mail.models import OutgoingMail
from commonwire.mail.sending import send_due
from tests.mail.conftest import ask

pytestmark = pytest.mark.django_db
REFUSED = {"ada@example.org": (550, b"no such user")}
BUSY = {"ada@example.org": (451, b"come back later")}


@pytest.fixture
def server(monkeypatch):
    """Says what the mail server answers with."""

    def answers(error):
        def send(self, messages):
            raise error

        monkeypatch.setattr(locmem.EmailBackend, "send_messages", send)

    return answers


def a_mail(to="ada@example.org"):
    return write(to=to, subject="A bell\nBcc: eve@example.org", body="It rang.")


def test_a_mail_is_sent_once_and_its_row_is_gone():
    a_mail()
    assert [send_due(timezone.now()), send_due(timezone.now())] == [1, 0]
    assert not OutgoingMail.objects.exists()
    (sent,) = mail.outbox
    assert (sent.to, sent.from_email) == (["ada@example.org"], "wire@example.org")
    assert sent.subject == "A bell Bcc: eve@example.org"
    assert sent.message()["Message-ID"].endswith("@testserver>")


def test_what_is_rolled_back_sends_nothing():
    with transaction.atomic():
        a_mail()
        transaction.set_rollback(True)
    assert send_due(timezone.now()) == 0


@pytest.mark.parametrize(
    "error", [ConnectionRefusedError(), smtplib.SMTPRecipientsRefused(BUSY)]
)
def test_a_server_that_is_busy_is_tried_again_later_and_later(server, error):
    a_mail()
    server(error)
    now = timezone.now()
    for minutes in (0, 1, 3, 7):
        assert send_due(now + timedelta(minutes=minutes, seconds=-1)) == 0
        send_due(now + timedelta(minutes=minutes, seconds=1))
    assert OutgoingMail.objects.get().tries == 4


def test_a_mailbox_that_is_not_there_is_not_tried_again(server, caplog):
    a_mail()
    server(smtplib.SMTPRecipientsRefused(REFUSED))
    assert send_due(timezone.now()) == 1
    assert not OutgoingMail.objects.exists()
    assert "ada" not in caplog.text


def test_after_two_days_a_mail_is_given_up():
    a_mail()
    OutgoingMail.objects.update(written_at=timezone.now() - timedelta(days=2, hours=1))
    sweep_mail()
    assert not OutgoingMail.objects.exists()


def test_without_a_mail_server_nothing_is_written(settings):
    settings.MAIL_FROM = ""
    assert (a_mail(), ask()) == (False, False)
    assert not OutgoingMail.objects.exists()


def test_nobody_fills_a_mailbox_of_somebody_else():
    written = [a_mail(f"ada+{number}@example.org") for number in range(7)]
    assert written == [True] * 5 + [False] * 2
