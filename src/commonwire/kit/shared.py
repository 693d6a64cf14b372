"""What web processes count together, in a Valkey or Redis that COMMONWIRE_CACHE_URL names.

Nothing in it is worth keeping. Without it, and while it does not answer, each process
counts in its own memory.
"""

import functools
import hashlib
import hmac
import logging
import secrets
import time
from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.conf import settings
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)
T = TypeVar("T")
Client = Any
# Whoever publishes waits for it: it is beside us, or it is not there.
_PATIENCE_SECONDS: Final = 0.5
_REST_SECONDS: Final = 5
_DAY_SECONDS: Final = 24 * 3600
_resting_until = 0.0


def asked(ask: Callable[[Client], T]) -> T | None:
    """None: there is none, or it does not answer."""
    global _resting_until  # noqa: PLW0603 - a process is patient once
    if not settings.CACHE_URL or time.monotonic() < _resting_until:
        return None
    try:
        return ask(client(settings.CACHE_URL))
    except RedisError as error:
        _resting_until = time.monotonic() + _REST_SECONDS
        kind = type(error).__name__
        log.warning("the store of counts does not answer (%s); each counts alone", kind)
        return None


@functools.cache
def client(url: str) -> Client:
    return Redis.from_url(url, **options())


def options() -> dict[str, Any]:
    return {
        "socket_connect_timeout": _PATIENCE_SECONDS,
        "socket_timeout": _PATIENCE_SECONDS,
        "retry": Retry(NoBackoff(), 0),
        "health_check_interval": 30,
    }


def named(*words: str) -> str:
    """A key: of this site, where several share one Valkey."""
    return ":".join(["wire", _site(settings.SECRET_KEY), *words])


def key_of(key: str, _prefix: str, version: int) -> str:
    """Of Django's cache."""
    return named("cache", str(version), key)


@functools.lru_cache(4)
def _site(secret: str) -> str:
    return hashlib.sha256(f"a site's counts {secret}".encode()).hexdigest()[:12]


def secret_of_the_day() -> bytes | None:
    """The same for all processes, and worth nothing without the site's own secret."""

    def ask(there: Client) -> bytes:
        there.set(named("day"), secrets.token_bytes(32), ex=_DAY_SECONDS, nx=True)
        return bytes(there.get(named("day")) or b"")

    found = asked(ask)
    if not found:
        return None
    return hmac.digest(settings.SECRET_KEY.encode(), found, hashlib.sha256)


class SharedCache(RedisCache):
    """Django's cache: tries at signing in, codes that were used. In memory while the
    Valkey does not answer."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, {**params, "OPTIONS": options()})
        self._alone = LocMemCache("alone", {})


def _or_alone(name: str) -> Callable[..., Any]:
    together = getattr(RedisCache, name)

    def method(self: SharedCache, *words: Any, **more: Any) -> Any:
        found = asked(lambda _client: (together(self, *words, **more),))
        if found is not None:
            return found[0]
        return getattr(self._alone, name)(*words, **more)

    return method


for _name in (
    *("add", "get", "set", "touch", "delete", "has_key", "incr", "clear"),
    *("get_many", "set_many", "delete_many"),
):
    setattr(SharedCache, _name, _or_alone(_name))
