import re

import pytest
from django.core import mail
from django.utils import timezone

from commonwire.mail import actions
from commonwire.mail.sending import send_due
from tests.mail import bells


@pytest.fixture(autouse=True)
def mail_is_on(settings):
    settings.MAIL_FROM = "wire@example.org"
    settings.CONFIRMATIONS = {"bell": "tests.mail.bells.Bell"}
    bells.rung.clear()
    bells.taken_back.clear()


@pytest.fixture
def link(db):
    """The address of a link that came by mail."""
    ask()
    send_due(timezone.now())
    return link_in(mail.outbox[-1])


def ask(to="ada@example.org"):
    return actions.ask_to_confirm(
        to=to, subject="A bell", body="Ring here: {link}", purpose="bell", about=7
    )


def link_in(message):
    return re.search(r"http://testserver(/confirm/\w+/)", message.body)[1]
