"""Token buckets in memory, for networks that nobody can name.

A network's key is a hash under a secret that lives in memory only (with a Valkey, half
of it there) and is thrown away each day; neither the address nor the key is stored,
logged or shown.
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

from commonwire.kit import shared

KEY_LIFE_SECONDS = 24 * 3600
MOST_NETWORKS = 50_000
_LOOK_SECONDS = 60

_lock = threading.Lock()
_secret: tuple[bytes, float] = secrets.token_bytes(32), time.monotonic()
_looked = -float("inf")


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
    global _secret, _looked  # noqa: PLW0603 - it lives here and nowhere else
    with _lock:
        now = time.monotonic()
        if settings.CACHE_URL and now - _looked > _LOOK_SECONDS:
            _looked = now
            if found := shared.secret_of_the_day():
                _secret = found, now
        if now - _secret[1] > KEY_LIFE_SECONDS:
            _secret = secrets.token_bytes(32), now
        return _secret[0]


# How many tokens there are; one is taken if it shall and can be, or given back. By the
# Valkey's clock.
_TAKE = """
local full, each_second = tonumber(ARGV[1]), tonumber(ARGV[2])
local takes = tonumber(ARGV[3])
local clock = redis.call("TIME")
local now = clock[1] + clock[2] / 1000000
local known = redis.call("HMGET", KEYS[1], "level", "at")
local level = full
if known[1] then
  level = math.min(full, known[1] + (now - known[2]) * each_second)
end
if takes ~= 0 then
  local left = level
  if level >= takes then left = math.min(full, level - takes) end
  redis.call("HSET", KEYS[1], "level", tostring(left), "at", string.format("%.6f", now))
  redis.call("EXPIRE", KEYS[1], math.ceil((full - left) / each_second) + 1)
end
return tostring(level)
"""


class Buckets:
    """``capacity`` at once, then one every ``seconds``; networks that many people share
    get ``shared`` times as much.

    They live in one process, or in the Valkey that all of them share; ``name`` is
    theirs there.
    """

    def __init__(
        self, name: str, *, capacity: int, seconds: float, shared: int = 50
    ) -> None:
        self.name = name
        self.capacity = capacity
        self.seconds = seconds
        self.shared = shared
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, network: Network) -> bool:
        """Take a token; False when there is none."""
        level = self._together(network, takes=1)
        if level is not None:
            return level >= 1
        with self._lock:
            level = self._level(network)
            taken = level >= 1
            self._put(network, level - taken)
            return taken

    def give_back(self, network: Network) -> None:
        """What was taken for something that came to nothing."""
        if self._together(network, takes=-1) is None:
            with self._lock:
                full = self.capacity * self._times(network)
                self._put(network, min(full, self._level(network) + 1))

    def has_token(self, network: Network) -> bool:
        return self._now(network) >= 1

    def wait(self, network: Network) -> float:
        """Seconds until there is a token."""
        missing = max(0.0, 1 - self._now(network))
        return missing * self.seconds / self._times(network)

    def clear(self) -> None:
        with self._lock:
            self._levels.clear()

    def _now(self, network: Network) -> float:
        level = self._together(network, takes=0)
        if level is not None:
            return level
        with self._lock:
            return self._level(network)

    def _put(self, network: Network, level: float) -> None:
        self._levels[network.key] = (level, time.monotonic())
        self._levels.move_to_end(network.key)
        while len(self._levels) > MOST_NETWORKS:
            self._levels.popitem(last=False)

    def _together(self, network: Network, *, takes: int) -> float | None:
        """The level in the Valkey; None where there is none."""
        if not settings.CACHE_URL:
            return None
        times = self._times(network)
        each = (self.capacity * times, times / self.seconds, takes)
        key = shared.named("bucket", self.name, network.key)
        found = shared.asked(lambda there: there.eval(_TAKE, 1, key, *each))
        return None if found is None else float(found)

    def _times(self, network: Network) -> int:
        return self.shared if network.shared else 1

    def _level(self, network: Network) -> float:
        times = self._times(network)
        full = float(self.capacity * times)
        level, at = self._levels.get(network.key, (full, 0.0))
        if network.key not in self._levels:
            return full
        return min(full, level + (time.monotonic() - at) * times / self.seconds)
