"""What stands in the address of a link in a mail: made from a seed and the site's
secret, so that it need not be stored while the mail waits."""

import hashlib
import hmac
import secrets

from django.conf import settings


def new_seed() -> str:
    return secrets.token_hex(16)


def token_of(seed: str) -> str:
    return keyed("link in a mail", seed)


def hash_of(token: str) -> str:
    """What is stored of a token: it has 256 bits, so no slow hash is needed."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def address_hash(address: str, *, within: str) -> str:
    """The same for the same mail address within one thing, and telling nothing across
    two: who pledges on two calls cannot be found to be one person."""
    return keyed(f"mail address {within}", normalised(address))


def normalised(address: str) -> str:
    """One mailbox, one spelling: case, and what stands behind a plus, do not matter."""
    name, _at, host = address.strip().lower().rpartition("@")
    return f"{name.partition('+')[0] or name}@{host}"


def keyed(what: str, value: str) -> str:
    """A secret that belongs to ``value``, the same every time."""
    secret = settings.SECRET_KEY.encode()
    return hmac.digest(secret, f"{what}:{value}".encode(), hashlib.sha256).hex()
