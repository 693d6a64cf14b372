"""Settings from the environment, prefix COMMONWIRE_, refused with a clear line when wrong.

Reads variables only; nothing here needs Django, so the command line can ask before it
starts anything.
"""

import base64
import ipaddress
import os
import re
import secrets
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

PREFIX = "COMMONWIRE_"
MINIMUM_SECRET = 32
# In the data directory.
_SITE = "site_url"
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


class WrongSetting(ValueError):
    """A variable's value cannot be used; the message names it and the mend."""


def text(name: str, default: str = "") -> str:
    return os.environ.get(PREFIX + name, default).strip()


def data_directory() -> Path:
    return Path(text("DATA", "data")).expanduser().resolve()


def site_url() -> str:
    """The variable, or what the site was last served on."""
    value = (text("SITE_URL") or _served_on() or "http://127.0.0.1:8000").rstrip("/")
    if not _is_site(value):
        raise WrongSetting(
            f"{PREFIX}SITE_URL is {value!r}; write the site's address without a path, "
            "such as https://news.example.org"
        )
    return value


def remember_site(url: str) -> None:
    """For commands beside `serve`: links, and the log's name, are made of it."""
    if _served_on() != url:
        (data_directory() / _SITE).write_text(f"{url}\n", encoding="utf-8")


def _served_on() -> str:
    path = data_directory() / _SITE
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""


def _is_site(address: str) -> bool:
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises for what is no number of a port
    except ValueError:
        return False
    named = parts.scheme in {"http", "https"} and parts.hostname
    return bool(named and f"{parts.scheme}://{parts.netloc}" == address)


def store(data: Path) -> Path:
    """The directory of the public tree; of what this machine keeps of it beside a
    bucket."""
    value = text("STORE")
    if "://" in value:
        bucket()
        return data / "public"
    return Path(value).expanduser().resolve() if value else data / "public"


_CACHES = {"valkey": "redis", "valkeys": "rediss", "redis": "redis", "rediss": "rediss"}


def cache_url() -> str:
    """The Valkey or Redis that processes share, as the client calls it; "" for none."""
    value = text("CACHE_URL")
    try:
        parts = urlsplit(value)
        wrong = parts.port == 0  # asking raises for what is no number of a port
    except ValueError:
        wrong = True
    number = "" if wrong else parts.path.strip("/")
    if value and (
        wrong
        or parts.scheme not in _CACHES
        or not parts.hostname
        or (number and not number.isdecimal())
    ):
        raise WrongSetting(
            f"{PREFIX}CACHE_URL is no address of a Valkey; write "
            "valkey://:PASSWORD@host:6379/0 (valkeys:// with TLS)"
        )
    return _CACHES[parts.scheme] + value[len(parts.scheme) :] if value else ""


@dataclass(frozen=True)
class BucketPlace:
    """Where an S3 store is; its credentials are in the environment that boto3 reads."""

    name: str
    prefix: str
    endpoint: str
    region: str


_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_PREFIX = re.compile(r"[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*")


def bucket() -> BucketPlace | None:
    """The bucket of the public tree; None when that is a directory."""
    value = text("STORE")
    if "://" not in value:
        return None
    try:
        parts = urlsplit(value)
        told = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError:
        raise _wrong_store("it is no address") from None
    prefix, endpoint = parts.path.strip("/"), told.get("endpoint", "").rstrip("/")
    wrong = _wrong_bucket(parts.scheme, parts.netloc, prefix) or _wrong_endpoint(told)
    if wrong:
        raise _wrong_store(wrong)
    return BucketPlace(parts.netloc, prefix, endpoint, told.get("region", ""))


def _wrong_bucket(scheme: str, name: str, prefix: str) -> str:
    if scheme != "s3":
        return f"{scheme}:// is no store that this version knows"
    if "@" in name:
        return (
            "it holds credentials, which belong into AWS_ACCESS_KEY_ID and "
            "AWS_SECRET_ACCESS_KEY"
        )
    if not _BUCKET.fullmatch(name):
        return f"{name!r} is no name of a bucket"
    steps = set(prefix.split("/"))
    if prefix and (not _PREFIX.fullmatch(prefix) or {".", ".."} & steps):
        return f"{prefix!r} is no prefix of letters, digits, . _ - and /"
    return ""


def _wrong_endpoint(told: dict[str, str]) -> str:
    if unknown := sorted(told.keys() - {"endpoint", "region"}):
        return f"it says {unknown[0]!r}, which is neither endpoint nor region"
    endpoint = told.get("endpoint", "").rstrip("/")
    if endpoint and not _is_site(endpoint):
        return f"its endpoint {endpoint!r} is no http or https address"
    return ""


def _wrong_store(why: str) -> WrongSetting:
    return WrongSetting(
        f"{PREFIX}STORE cannot be used: {why}; write a directory, or "
        "s3://bucket/prefix?endpoint=https://s3.example.org&region=eu-central-1"
    )


def secret_key(data: Path) -> str:
    """The variable, or the file that the first run made."""
    value = text("SECRET_KEY")
    if value:
        if len(value) < MINIMUM_SECRET:
            raise WrongSetting(
                f"{PREFIX}SECRET_KEY is shorter than {MINIMUM_SECRET} characters; "
                "leave it out and one is made in the data directory"
            )
        return value
    path = data / "secret_key"
    if not path.is_file():
        raise WrongSetting(
            f"there is no secret key in {data}; run `commonwire serve` once, or set "
            f"{PREFIX}DATA to the site's data directory"
        )
    return path.read_text(encoding="ascii").strip()


def make_data_directory(data: Path) -> None:
    """The directory and its secret key, if they are not there. Others may pass through
    the directory to the public tree, but not list it."""
    try:
        if not data.is_dir():
            data.mkdir(parents=True)
            data.chmod(0o711)  # whatever the umask
        _make_secret_key(data)
        _make_log_key(data)
    except OSError as error:
        raise WrongSetting(
            f"{PREFIX}DATA is {str(data)!r}, which cannot be written: {error.strerror}"
        ) from error


def log_key(data: Path) -> str:
    """What the public log is signed with: the file that the first run made."""
    _make_log_key(data)
    return (data / "log_key").read_text(encoding="ascii").strip()


def has_log_key(data: Path) -> bool:
    return (data / "log_key").is_file()


def _make_secret_key(data: Path) -> None:
    if not text("SECRET_KEY"):
        _make_key(data / "secret_key", secrets.token_urlsafe(48))


def _make_log_key(data: Path) -> None:
    """Base64 of an Ed25519 key's 32 bytes."""
    _make_key(data / "log_key", base64.b64encode(secrets.token_bytes(32)).decode())


def _make_key(path: Path, key: str) -> None:
    """Write a file of one line that only we may read, unless it is there."""
    if path.exists():
        return
    new = path.with_suffix(f".{os.getpid()}-{secrets.token_hex(4)}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as f:
        f.write(key + "\n")
        f.flush()
        os.fsync(f.fileno())
    try:
        os.link(new, path)
    except FileExistsError:
        pass  # another process was first; its key counts
    finally:
        new.unlink()


@dataclass(frozen=True)
class Mail:
    """The server that mail is handed to, and who it is from."""

    host: str
    port: int
    user: str
    password: str
    tls: Literal["", "from the start", "after greeting"]
    sender: str


def mail() -> Mail | None:
    """None: this site sends no mail. The value is not shown when it is wrong: there is a
    password in it."""
    value = text("EMAIL_URL")
    if not value:
        return None
    try:
        parts = urlsplit(value)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _wrong_mail("its port is no number") from None
    if parts.scheme not in {"smtp", "smtps"} or not host or parts.path not in {"", "/"}:
        raise _wrong_mail("it is no address of a mail server")
    return Mail(
        host=host,
        port=port or _usual_port(parts.scheme, host),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=_tls(parts.scheme, host),
        sender=_sender(parts.query),
    )


def _usual_port(scheme: str, host: str) -> int:
    if scheme == "smtps":
        return 465
    return 25 if host in _THIS_MACHINE else 587


def _tls(scheme: str, host: str) -> Literal["", "from the start", "after greeting"]:
    """Passwords and addresses never cross a network in the clear."""
    if scheme == "smtps":
        return "from the start"
    return "" if host in _THIS_MACHINE else "after greeting"


def _sender(query: str) -> str:
    given = parse_qs(query).get("from", [""])[0]
    name, address = parseaddr(given)
    local, _at, host = address.partition("@")
    if given.isprintable() and local and host and not set(given) & set("\r\n"):
        return f"{name} <{address}>" if name else address
    raise _wrong_mail("it does not say whom mail is from")


def _wrong_mail(why: str) -> WrongSetting:
    return WrongSetting(
        f"{PREFIX}EMAIL_URL cannot be used: {why}; write "
        "smtp://NAME:PASSWORD@mail.example.org:587/?from=wire@example.org "
        "(smtps:// for TLS from the start; %40 for an @ in a name or password)"
    )


Networks = tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]


def proxies() -> Networks:
    """Networks of proxies on other machines."""
    try:
        return tuple(map(ipaddress.ip_network, text("PROXIES").split()))
    except ValueError as error:
        raise WrongSetting(
            f"{PREFIX}PROXIES is {text('PROXIES')!r}: {error}; write the networks of "
            "your proxies with spaces between them, such as 10.0.3.0/24"
        ) from None


def log_form() -> str:
    value = text("LOG", "plain")
    if value not in {"plain", "json"}:
        raise WrongSetting(f"{PREFIX}LOG is {value!r}; write plain or json")
    return value


# Of METRICS: for who asks on the machine itself.
LOOPBACK = "loopback"
_SHORTEST_TOKEN = 16


def metrics() -> str:
    """Empty: nobody reads them; a token, or LOOPBACK. The value is not shown when it is
    wrong: it may be meant as a secret."""
    value = text("METRICS")
    if value and value != LOOPBACK and len(value) < _SHORTEST_TOKEN:
        raise WrongSetting(
            f"{PREFIX}METRICS is neither {LOOPBACK} nor a token of at least "
            f"{_SHORTEST_TOKEN} characters; leave it out and nobody reads them"
        )
    return value


def onion_url() -> str:
    """Where the same site is to be found in Tor; empty when it is not."""
    value = text("ONION_URL").rstrip("/")
    host = (urlsplit(value).hostname or "") if _is_site(value) else ""
    if value and not _ONION.fullmatch(host):
        raise WrongSetting(
            f"{PREFIX}ONION_URL is {value!r}; write the onion service's address, such "
            "as http:// and 56 letters and digits and .onion"
        )
    return value


_ONION = re.compile(r"[a-z2-7]{56}\.onion")
_OPEN_STREET_MAP = (
    "https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=17/{lat}/{lon} "
    "https://www.openstreetmap.org/search?query={words}"
)


def map_frame() -> str:
    """A page that shows a map in a frame, of a server of the operator's choice."""
    value = text("MAP_FRAME", "")
    if not value:
        return ""
    corners = dict.fromkeys(("lat", "lon", "west", "south", "east", "north"), 0.0)
    try:
        address = value.format(**corners)
        host = urlsplit(address).hostname or ""
    except (KeyError, IndexError, ValueError):
        address = host = ""
    named = "{lat}" in value and "{lon}" in value
    if not named or not address.startswith("https://") or "." not in host:
        raise WrongSetting(
            f"{PREFIX}MAP_FRAME is {value!r}; write one https address with {{lat}} and "
            "{lon} in it (and {west}, {south}, {east}, {north} where it takes a frame), "
            "or leave it out"
        )
    return value


def map_site() -> dict[str, str]:
    """Where links to a place lead: by its position, and by its address in words."""
    value = text("MAP_SITE", _OPEN_STREET_MAP)
    if value == "none":
        return {}
    position, _space, words = value.partition(" ")
    try:
        position.format(lat=0.0, lon=0.0)
        words.format(words="")
    except (KeyError, IndexError, ValueError):
        words = ""
    addresses = (position, words)
    if not words or not all(each.startswith("https://") for each in addresses):
        raise WrongSetting(
            f"{PREFIX}MAP_SITE is {value!r}; write two https addresses with a space "
            "between them, one with {lat} and {lon} and one with {words}, or none"
        )
    return {"position": position, "words": words}
