"""The author's key: its phrase, its lookup, and the pass that opens the author's room."""

from django.conf import settings
from django.core import signing

from commonwire.kit import phrases
from commonwire.kit.buckets import Buckets, Network
from commonwire.publishing.models import Key

ROOM_SECONDS = 2 * 3600
_SALT = "author's room"
# Guessing 77 bits is hopeless; this keeps it from costing us anything.
_tries = Buckets("publishing.keys.tries", capacity=10, seconds=360, shared=20)


def _secret() -> bytes:
    return settings.SECRET_KEY.encode()


def phrase_for(seed: str) -> str:
    """The phrase of a draft's token or of an API request; stored nowhere."""
    return phrases.derive(_secret(), seed)


def hash_of(phrase: str) -> str:
    return phrases.keyed_hash(_secret(), phrases.normalise(phrase))


def find(phrase: str) -> Key | None:
    """The key that a phrase opens. Hashing is the same work for a wrong one."""
    return Key.objects.filter(phrase_hash=hash_of(phrase)).first()


def may_try(network: Network) -> bool:
    """Whether this network may still ask; right and wrong phrases count alike."""
    return _tries.take(network)


def room_pass(key: Key) -> str:
    """What stands in the address of the author's room, good for two hours."""
    return signing.dumps(key.pk, salt=_SALT, compress=False)


def key_of_pass(token: str) -> Key | None:
    try:
        pk = signing.loads(token, salt=_SALT, max_age=ROOM_SECONDS)
    except signing.BadSignature:
        return None
    return Key.objects.filter(pk=pk).first()
