"""The one door through which the program fetches an address that somebody typed.

It leads to the open internet only (`kit.dialling`), each redirect is looked at like the
first address, and time and size end what does not end by itself. Proxies of the
environment are not asked: they would look up the name anew.
"""

import http.client
import re
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import BinaryIO, NoReturn
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from commonwire.kit import dialling, names
from commonwire.kit.disk import FULL

SECONDS = 15.0
MOST_BYTES = 1_000_000
MOST_REDIRECTS = 4
LONGEST_ADDRESS = 2_000
_AGENT = "Commonwire (an open newswire; fetches what somebody asked it to)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_USUAL_PORTS = {"http": 80, "https": 443}
# Below it are other services, which would take a request for something else.
_FIRST_FREE_PORT = 1_024
_CHUNK = 65_536
# A name as the name system writes it, or an address of version 6 without a zone.
_HOST = re.compile("[a-z0-9._-]+|[0-9a-f:.]+")


class Unfetched(ValueError):
    """Nothing was fetched; ``words`` say why and what to do."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class NotAllowed(Unfetched):
    """This door does not go there; trying again will not help."""


class NotThere(Unfetched):
    """The other side failed or refused; it may be different later."""


class NoSuchSite(NotThere):
    """Nobody has this name, or nobody answers for it."""


@dataclass(frozen=True)
class Fetched:
    """``url``: where it was found in the end. ``status``: 200; or 304, without a body,
    when the headers asked for what has changed and nothing has. ``headers``: their
    names in small letters."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


def fetch(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    most_bytes: int = MOST_BYTES,
    seconds: float = SECONDS,
) -> Fetched:
    """What is at an http or https address. Raises NotAllowed or NotThere."""
    ends = monotonic() + seconds
    for _hop in range(MOST_REDIRECTS + 1):
        found = _hop_to(url, headers or {}, most_bytes, ends)
        if isinstance(found, Fetched):
            return found
        url = found
    raise NotThere(_("It redirects too often. Enter the address that it ends at."))


def fetch_into(
    url: str, into: BinaryIO, *, most_bytes: int, seconds: float, inside: bool = False
) -> int:
    """Add what is at an address to a file, from where the file ends; returns how much
    came. Follows no redirect. ``inside``: the operator named this address, and it may be
    on this machine. Raises NotAllowed or NotThere; what came before is in the file."""
    target, start = _Target.of(url), into.tell()
    line = dialling.dialled(
        target.host,
        target.port,
        secure=target.secure,
        ends=monotonic() + seconds,
        inside=inside,
    )
    headers = {"Range": f"bytes={start}-"} if start else {}
    try:
        with line as sock:
            answer = _ask(sock, target, headers)
            if start and answer.status == 200:  # noqa: PLR2004 - all of it, once more
                into.seek(0)
                into.truncate()
            return _poured(answer, target, into, most_bytes)
    except (dialling.NotPublic, http.client.HTTPException, OSError) as error:
        if isinstance(error, OSError) and error.errno in FULL:
            raise
        _explain(error, target)
    except names.Unknown:
        words = _("There is no site called %(host)s. Check how it is spelt.")
        raise NoSuchSite(words % {"host": target.host}) from None


def _hop_to(
    url: str, headers: Mapping[str, str], most_bytes: int, ends: float
) -> Fetched | str:
    """What is there, or where it redirects to."""
    target = _Target.of(url)
    line = dialling.dialled(target.host, target.port, secure=target.secure, ends=ends)
    try:
        with line as sock:
            answer = _ask(sock, target, headers)
            if answer.status in _REDIRECTS:
                return _next(url, answer)
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Fetched(url, answer.status, told, _body(answer, target, most_bytes))
    except (dialling.NotPublic, OSError, http.client.HTTPException) as error:
        _explain(error, target)
    except names.Unknown:
        words = _("There is no site called %(host)s. Check how it is spelt.")
        raise NoSuchSite(words % {"host": target.host}) from None


@dataclass(frozen=True)
class _Target:
    secure: bool
    host: str
    port: int
    path: str

    @classmethod
    def of(cls, url: str) -> "_Target":
        if len(url) > LONGEST_ADDRESS:
            raise NotAllowed(_("This address is too long to be one."))
        try:
            parts = urlsplit(url.strip())
            port = parts.port or _USUAL_PORTS.get(parts.scheme, 0)
            host = _host(parts) if parts.scheme in _USUAL_PORTS else ""
        except ValueError:
            raise NotAllowed(_("This is no address that can be fetched.")) from None
        if not host:
            raise NotAllowed(
                _("Enter an address that begins with https:// or http://.")
            )
        if parts.username or parts.password:
            raise NotAllowed(_("Leave name and password out of the address."))
        if port not in _USUAL_PORTS.values() and port < _FIRST_FREE_PORT:
            raise NotAllowed(_("Nothing is fetched from this port. Leave it out."))
        path = iri_to_uri(parts.path or "/")
        query = f"?{iri_to_uri(parts.query)}" if parts.query else ""
        return cls(parts.scheme == "https", host, port, path + query)

    @property
    def name(self) -> str:
        """For the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = _USUAL_PORTS["https" if self.secure else "http"]
        return host if self.port == usual else f"{host}:{self.port}"


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").removesuffix(".")
    if ":" not in host:
        host = host.encode("idna").decode("ascii")
    if host and not _HOST.fullmatch(host):
        raise ValueError
    return host


def _ask(
    sock: socket.socket, target: _Target, headers: Mapping[str, str]
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = sock
    own = {
        "Host": target.name,
        "User-Agent": _AGENT,
        # What unpacks to more than it is would get past the limit of its size.
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    connection.request("GET", target.path, headers={**headers, **own})
    return connection.getresponse()


def _next(url: str, answer: http.client.HTTPResponse) -> str:
    further = urljoin(url, answer.getheader("Location") or "")
    if further == url:
        raise NotThere(_("It redirects to itself. Enter the address that works."))
    if urlsplit(url).scheme == "https" and urlsplit(further).scheme == "http":
        raise NotAllowed(
            _("It redirects from https:// to http://, where anybody may alter it.")
        )
    return further


def _body(answer: http.client.HTTPResponse, target: _Target, most_bytes: int) -> bytes:
    if answer.status == 304:  # noqa: PLR2004 - not modified
        return b""
    _check_status(answer, target)
    parts, size = [], answer.length or 0
    while size <= most_bytes and (part := answer.read(_CHUNK)):
        parts.append(part)
        size = sum(map(len, parts)) + (answer.length or 0)
    if size > most_bytes:
        raise _too_large(most_bytes)
    if answer.length:
        raise http.client.IncompleteRead(b"", answer.length)
    return b"".join(parts)


def _poured(
    answer: http.client.HTTPResponse, target: _Target, into: BinaryIO, most_bytes: int
) -> int:
    if answer.status in _REDIRECTS:
        words = _("It redirects to %(where)s. Use the address that it ends at.")
        raise NotThere(words % {"where": answer.getheader("Location") or "nowhere"})
    if answer.status != 206 or not into.tell():  # noqa: PLR2004 - the rest of it
        _check_status(answer, target)
    came = 0
    while part := answer.read(_CHUNK):
        came += len(part)
        if into.tell() + len(part) > most_bytes:
            raise _too_large(most_bytes)
        into.write(part)
    if answer.length:
        raise http.client.IncompleteRead(b"", answer.length)
    return came


def _check_status(answer: http.client.HTTPResponse, target: _Target) -> None:
    if answer.status != 200:  # noqa: PLR2004 - all is well
        words = _("%(host)s answers with number %(status)s instead of a page.")
        raise NotThere(words % {"host": target.name, "status": answer.status})
    if answer.getheader("Content-Encoding", "identity").lower() != "identity":
        words = _("%(host)s sends it packed, although that was not asked for.")
        raise NotThere(words % {"host": target.name})


def _too_large(most_bytes: int) -> NotAllowed:
    words = _("What is there is too large: at most %(most)s bytes are read.")
    return NotAllowed(words % {"most": f"{most_bytes:,}"})


def _explain(error: Exception, target: _Target) -> NoReturn:
    host = {"host": target.name}
    if isinstance(error, dialling.NotPublic):
        words = _("%(host)s is not on the public internet. Enter a public address.")
        raise NotAllowed(words % host) from error
    if isinstance(error, dialling.TimeIsOver | TimeoutError):
        raise NotThere(_("%(host)s took too long. Try again later.") % host) from error
    if isinstance(error, ssl.SSLCertVerificationError):
        words = _(
            "The certificate of %(host)s is not good, so it may be somebody else."
        )
        raise NotThere(words % host) from error
    words = _("%(host)s does not answer as a website does. Try again later.")
    raise NotThere(words % host) from error
