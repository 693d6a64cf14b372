"""`Idempotency-Key`: the same request twice is one post, and gets the same answer.

Stored is a keyed hash of who sent which key, and one of what they sent. The post's
phrase is made from the key anew each time, so whoever repeats a request is told it again:
the key has to be hard to guess. One that is not (shorter than a UUID's half, without a
token) is honoured for the same network only, for an hour, from memory (the one that
processes share, where there is one).
"""

import hmac
import json
import secrets
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus

from django.core.cache import cache
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from commonwire.publishing.api.problems import of_field
from commonwire.publishing.api.senders import Sender
from commonwire.publishing.api.shapes import PostSent
from commonwire.publishing.models import Post

HEADER = "Idempotency-Key"
LONGEST = 255
UNGUESSABLE = 16
SHORT_LIFE_SECONDS = 3600
_HALF = 32


@dataclass(frozen=True)
class Attempt:
    """``seed``: what the post's phrase is made from. ``hash``: who and which key in its
    first half, what was sent in its second; None without a key."""

    seed: str
    hash: str | None
    network: str
    guessable: bool


def attempt_of(key: str, sender: Sender, sent: PostSent) -> Attempt:
    if not key:
        return Attempt(f"api:{secrets.token_hex(32)}", None, "", guessable=False)
    if len(key) > LONGEST:
        sentence = _("This is longer than %(most)s characters; a UUID is enough.")
        raise of_field(HEADER, sentence % {"most": LONGEST})
    who = f"token {sender.token.pk}" if sender.token else "anybody"
    named = salted_hmac(HEADER, f"{who}\n{key}", algorithm="sha256").hexdigest()
    body = json.dumps(sent.model_dump(exclude={"altcha"}), sort_keys=True)
    what = hmac.digest(named.encode(), body.encode(), sha256).hex()
    return Attempt(
        seed=f"api:{named}",
        hash=named[:_HALF] + what[:_HALF],
        network=sender.network.key,
        guessable=sender.token is None and len(key) < UNGUESSABLE,
    )


def earlier(attempt: Attempt) -> Post | None:
    """The post that this very request made before."""
    if attempt.hash is None:
        return None
    named = attempt.hash[:_HALF]
    found = Post.everything.filter(
        idempotency_hash__gte=named,
        idempotency_hash__lt=named + "g",  # after every hexadecimal digit
    ).first()
    if found is None:
        return None
    if found.idempotency_hash != attempt.hash:
        sentence = _(
            "This key came with something else before. Use a fresh one for each post."
        )
        raise of_field(HEADER, sentence, HTTPStatus.CONFLICT)
    if attempt.guessable and not _same_network(attempt):
        sentence = _("This key is taken. Use one that nobody guesses, such as a UUID.")
        raise of_field(HEADER, sentence, HTTPStatus.CONFLICT)
    return found


def remember(attempt: Attempt) -> None:
    """Before the post is there for others to repeat."""
    if attempt.hash is None or not attempt.guessable:
        return
    cache.set(_short(attempt), attempt.network, SHORT_LIFE_SECONDS)


def _same_network(attempt: Attempt) -> bool:
    return bool(cache.get(_short(attempt)) == attempt.network)


def _short(attempt: Attempt) -> str:
    return f"attempt-{attempt.hash}"
