"""What operators set, and what they are told when it cannot be used."""

import pytest

from commonwire import env

URL = "smtp://wire%40example.org:p%40ss@mail.example.org/?from="
SENDER = "The Wire <wire@example.org>"


@pytest.fixture
def mail(monkeypatch):
    def read(url):
        monkeypatch.setenv("COMMONWIRE_EMAIL_URL", url)
        return env.mail()

    return read


def test_a_mail_server_is_read_from_its_address(mail):
    expected = env.Mail(
        host="mail.example.org",
        port=587,
        user="wire@example.org",
        password="p@ss",
        tls="after greeting",
        sender=SENDER,
    )
    assert mail(URL + SENDER) == expected


def test_without_an_address_there_is_no_mail(mail):
    assert mail("") is None


@pytest.mark.parametrize(
    ("url", "port", "tls"),
    [
        ("smtps://mail.example.org", 465, "from the start"),
        ("smtp://localhost", 25, ""),
        ("smtp://mail.example.org:2525", 2525, "after greeting"),
    ],
)
def test_nothing_crosses_a_network_in_the_clear(mail, url, port, tls):
    found = mail(f"{url}?from=wire@example.org")
    assert (found.port, found.tls) == (port, tls)


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "https://mail.example.org/?from=wire@example.org",
        "smtp://a:secret@mail.example.org",
        "smtp://a:secret@mail.example.org?from=wire",
        "smtp://a:secret@mail.example.org?from=a@b%0d%0aBcc: c@d",
        "smtp://a:secret@mail.example.org:port/?from=wire@example.org",
        "smtp://a:secret@[::1/?from=wire@example.org",
    ],
)
def test_what_is_no_mail_server_is_refused_without_its_password(mail, url):
    with pytest.raises(env.WrongSetting, match="COMMONWIRE_EMAIL_URL") as told:
        mail(url)
    assert "secret" not in str(told.value)
