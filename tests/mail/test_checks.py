from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def told():
    out = StringIO()
    call_command("check", stdout=out)
    return out.getvalue()


def test_a_site_without_mail_is_told_what_it_lacks(settings):
    settings.MAIL_FROM = ""
    assert "sends no mail" in told()
    assert "COMMONWIRE_EMAIL_URL" in told()


def test_links_that_lead_to_this_machine_are_found(settings):
    settings.SITE_URL = "http://127.0.0.1:8000"
    with pytest.raises(CommandError):
        told()


def test_a_site_with_mail_lacks_nothing():
    assert told() == "Nothing is lacking.\n"
