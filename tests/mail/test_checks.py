"""What `commonwire check` says of mail."""

from commonwire.mail.checks import mail_is_set_up


def test_a_site_without_mail_is_told_what_it_lacks(settings):
    settings.MAIL_FROM = ""
    (finding,) = mail_is_set_up()
    assert "sends no mail" in finding.msg
    assert "COMMONWIRE_EMAIL_URL" in finding.hint


def test_links_that_lead_to_this_machine_are_found(settings):
    settings.MAIL_FROM = "wire@example.org"
    settings.SITE_URL = "http://127.0.0.1:8000"
    assert [finding.id for finding in mail_is_set_up()] == ["mail.W001"]


def test_a_site_with_mail_lacks_nothing(settings):
    settings.MAIL_FROM = "wire@example.org"
    assert mail_is_set_up() == []
