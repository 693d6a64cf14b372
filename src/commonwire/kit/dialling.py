"""Connections to the open internet and to nothing else, cut when their time is over.

Whoever types addresses may mean the network behind the server. So a name is looked up
once, every address of it has to be a public one, and the connection goes to the very
address that was looked at: what the name says a moment later does not matter.
"""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from time import monotonic

from commonwire.kit import names

# A host may have dozens of addresses; one that does not answer holds the rest up.
_ADDRESSES_TRIED = 4
_SECONDS_TO_CONNECT = 5.0
# IPv4 addresses hide in these.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_6TO4 = ipaddress.ip_network("2002::/16")
# Names that lead to this machine or to the network behind it, whatever they lead to, by
# RFC 6761, 6762 and 8375.
_NAMES_INSIDE = ("localhost", "local", "internal", "home.arpa")
# Of protocols, and not a host's; older Pythons call them global.
_NOBODYS = (
    ipaddress.ip_network("192.0.0.0/24"),
    ipaddress.ip_network("192.88.99.0/24"),
)


class NotPublic(ValueError):
    """An address of this name is not on the open internet."""


class TimeIsOver(OSError):
    """It did not end by itself."""


def is_public(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = _inner(address)
        if inner is not None:
            return is_public(str(inner))
        if address.is_site_local:
            return False
    if any(address in block for block in _NOBODYS):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that one of version 6 leads to."""
    if address in _NAT64:
        return ipaddress.IPv4Address(address.packed[-4:])
    return address.sixtofour if address in _6TO4 else address.ipv4_mapped


def look_up(host: str, *, inside: bool = False) -> list[str]:
    """The addresses of a host. Raises names.Unknown, or NotPublic if one of them is
    not public, whatever the others are. ``inside``: the operator named this host, which
    may be this machine or one beside it."""
    if inside:
        return _as_the_system_says(host)
    try:
        found = [str(ipaddress.ip_address(host))]
    except ValueError:
        if _is_inside(host):
            raise NotPublic(host) from None
        found = names.addresses(host)
    if not found:
        raise names.Unknown(host)
    if not all(is_public(address) for address in found):
        raise NotPublic(host)
    return found


def _is_inside(host: str) -> bool:
    name = host.lower().rstrip(".")
    return any(name == each or name.endswith(f".{each}") for each in _NAMES_INSIDE)


def _as_the_system_says(host: str) -> list[str]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        raise names.Unknown(host) from None
    return [str(address[4][0]) for address in found]


@contextmanager
def dialled(
    host: str, port: int, *, secure: bool, ends: float, inside: bool = False
) -> Iterator[socket.socket]:
    """A connection to a host that has public addresses only. Raises what `look_up`
    does, and OSError: TimeIsOver when it was cut at ``ends`` (by `time.monotonic`).

    A timeout for each read is not enough: a server may send a byte a second for ever.
    """
    sock = _connected(look_up(host, inside=inside), port, ends)
    if secure:
        sock = _tls().wrap_socket(
            sock, server_hostname=host, do_handshake_on_connect=False
        )
    is_over = threading.Event()

    def cut() -> None:
        is_over.set()
        with suppress(OSError):
            # A TLS socket's own would take it apart under its reader's hands.
            socket.socket.shutdown(sock, socket.SHUT_RDWR)

    watch = threading.Timer(max(ends - monotonic(), 0), cut)
    watch.daemon = True
    watch.start()
    try:
        if isinstance(sock, ssl.SSLSocket):
            sock.do_handshake()
        yield sock
    finally:
        watch.cancel()
        sock.close()
        if is_over.is_set():
            # Whatever came of it: what was read may be half of what was sent.
            raise TimeIsOver


def _connected(addresses: list[str], port: int, ends: float) -> socket.socket:
    failure: OSError = TimeIsOver()
    for address in addresses[:_ADDRESSES_TRIED]:
        left = ends - monotonic()
        if left <= 0:
            raise TimeIsOver
        try:
            sock = socket.create_connection(
                (address, port), timeout=min(left, _SECONDS_TO_CONNECT)
            )
        except OSError as error:
            failure = error
        else:
            sock.settimeout(left)
            return sock
    raise failure


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
