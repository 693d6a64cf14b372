"""What operators set, and what they are told when it cannot be used."""

import ipaddress

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


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("s3://wire", ("wire", "", "", "")),
        ("s3://wire/a/b/", ("wire", "a/b", "", "")),
        (
            "s3://wire/a?endpoint=http://127.0.0.1:9000/&region=eu-central-1",
            ("wire", "a", "http://127.0.0.1:9000", "eu-central-1"),
        ),
    ],
)
def test_a_bucket_is_read_from_its_address(monkeypatch, url, place):
    monkeypatch.setenv("COMMONWIRE_STORE", url)
    assert env.bucket() == env.BucketPlace(*place)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("gs://wire", "gs:// is no store"),
        ("s3://", "'' is no name of a bucket"),
        ("s3://KEY:secret@wire", "holds credentials"),
        ("s3://Wire", "'Wire' is no name of a bucket"),
        ("s3://wire/../a", "is no prefix"),
        ("s3://wire?endpoint=ftp://a", "endpoint 'ftp://a' is no http"),
        ("s3://wire?zone=x", "says 'zone'"),
        ("s3://wire?region", "no address"),
        ("s3://[wire", "no address"),
    ],
)
def test_a_wrong_bucket_is_refused_with_the_mend(monkeypatch, tmp_path, url, why):
    monkeypatch.setenv("COMMONWIRE_STORE", url)
    with pytest.raises(env.WrongSetting, match=why) as refused:
        env.store(tmp_path)
    assert str(refused.value).startswith("COMMONWIRE_STORE cannot be used: ")
    assert "secret" not in str(refused.value).replace("AWS_SECRET", "")


def test_without_a_bucket_the_tree_is_a_directory(monkeypatch, tmp_path):
    monkeypatch.setenv("COMMONWIRE_STORE", str(tmp_path / "tree"))
    assert (env.bucket(), env.store(tmp_path)) == (None, tmp_path / "tree")


ONION = f"http://{'a' * 56}.onion"


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("METRICS", "", ""),
        ("METRICS", "loopback", "loopback"),
        ("METRICS", "a token that is long", "a token that is long"),
        ("LOG", "json", "json"),
        ("CACHE_URL", "", ""),
        ("CACHE_URL", "valkey://:word@cache:6379/1", "redis://:word@cache:6379/1"),
        ("CACHE_URL", "valkeys://cache", "rediss://cache"),
        ("ONION_URL", f"{ONION}/", ONION),
        ("PROXIES", "10.0.3.0/24", (ipaddress.ip_network("10.0.3.0/24"),)),
    ],
)
def test_what_operators_set(monkeypatch, name, value, read):
    monkeypatch.setenv(f"COMMONWIRE_{name}", value)
    assert OPERATORS[name]() == read


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("METRICS", "short"),
        ("LOG", "xml"),
        ("CACHE_URL", "memcached://cache"),
        ("CACHE_URL", "valkey://cache/words"),
        ("CACHE_URL", "valkey://cache:port"),
        ("CACHE_URL", "valkey://"),
        ("ONION_URL", "http://news.example.org"),
        ("ONION_URL", "http://short.onion"),
        ("PROXIES", "10.0.3.1/24"),
        ("PROXIES", "nginx"),
        ("MAP_FRAME", "http://maps.example.org/{lat}/{lon}"),
        ("MAP_FRAME", "https://maps.example.org/"),
        ("MAP_FRAME", "https://maps.example.org/{lat}/{lon}/{zoom}"),
    ],
)
def test_what_operators_cannot_set(monkeypatch, name, value):
    monkeypatch.setenv(f"COMMONWIRE_{name}", value)
    with pytest.raises(env.WrongSetting, match=f"COMMONWIRE_{name}"):
        OPERATORS[name]()


OPERATORS = {
    "MAP_FRAME": env.map_frame,
    "METRICS": env.metrics,
    "LOG": env.log_form,
    "CACHE_URL": env.cache_url,
    "ONION_URL": env.onion_url,
    "PROXIES": env.proxies,
}
