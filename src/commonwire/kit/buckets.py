"""Token buckets in memory, for networks that nobody can name.

A network's key is a hash under a secret that lives in this process only and is thrown
away each day; neither the address nor the key is stored, logged or shown.
"""

import hashlib
import hmac
import ipaddress
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

KEY_LIFE_SECONDS = 24 * 3600
MOST_NETWORKS = 50_000

_lock = threading.Lock()
_secret: tuple[bytes, float] = secrets.token_bytes(32), time.monotonic()


@dataclass(frozen=True)
class Network:
    """``key``: one network for a day. ``shared``: everybody who comes through an onion
    service or from this machine itself has the same one."""

    key: str
    shared: bool


def network_of(environ: Mapping[str, str]) -> Network:
    """Who sends a request, as a keyed hash of IPv4/32 or IPv6/64.

    ``X-Forwarded-For`` counts only from a proxy on this machine or in the networks that
    the operator named, and then its last entry, the one that the proxy wrote.
    """
    address = _parse(environ.get("REMOTE_ADDR", ""))
    if address is None or address.is_loopback or _is_proxy(address):
        forwarded = environ.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        address = _parse(forwarded) or address
    if address is None:
        return Network("unknown", shared=True)
    prefix = 32 if address.version == 4 else 64  # noqa: PLR2004
    block = ipaddress.ip_network((address, prefix), strict=False)
    digest = hmac.digest(_daily_secret(), block.network_address.packed, hashlib.sha256)
    return Network(digest[:16].hex(), shared=address.is_loopback)


def _is_proxy(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return any(address in network for network in settings.PROXIES)


def _parse(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address


def _daily_secret() -> bytes:
    global _secret  # noqa: PLW0603 - it lives here and nowhere else
    with _lock:
        if time.monotonic() - _secret[1] > KEY_LIFE_SECONDS:
            _secret = secrets.token_bytes(32), time.monotonic()
        return _secret[0]


class Buckets:
    """``capacity`` at once, then one every ``seconds``; networks that many people share
    get ``shared`` times as much.

    They live in one process. Where several share the work, each has its own; a store
    that they have in common would answer `take`, `has_token` and `wait`, and nothing
    else here would change.
    """

    def __init__(self, *, capacity: int, seconds: float, shared: int = 50) -> None:
        self.capacity = capacity
        self.seconds = seconds
        self.shared = shared
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, network: Network) -> bool:
        """Take a token; False when there is none."""
        with self._lock:
            level = self._level(network)
            taken = level >= 1
            self._levels[network.key] = (level - taken, time.monotonic())
            self._levels.move_to_end(network.key)
            while len(self._levels) > MOST_NETWORKS:
                self._levels.popitem(last=False)
            return taken

    def has_token(self, network: Network) -> bool:
        with self._lock:
            return self._level(network) >= 1

    def wait(self, network: Network) -> float:
        """Seconds until there is a token."""
        with self._lock:
            missing = max(0.0, 1 - self._level(network))
            return missing * self.seconds / self._times(network)

    def clear(self) -> None:
        with self._lock:
            self._levels.clear()

    def _times(self, network: Network) -> int:
        return self.shared if network.shared else 1

    def _level(self, network: Network) -> float:
        times = self._times(network)
        full = float(self.capacity * times)
        level, at = self._levels.get(network.key, (full, 0.0))
        if network.key not in self._levels:
            return full
        return min(full, level + (time.monotonic() - at) * times / self.seconds)
