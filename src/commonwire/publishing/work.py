"""Proofs of work: what a post costs its sender's machine. The challenge is altcha's; a
solution counts once.

How many tries a challenge takes is chosen here, and rises with the pressure; what they
lead to is signed, so that a check costs one HMAC and no try.
"""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import altcha
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from commonwire.publishing.actions.nonces import spend
from commonwire.publishing.content import Doubt
from commonwire.publishing.fares import Fare
from commonwire.publishing.pressure import pressure

ALGORITHM = "PBKDF2/SHA-256"
# Two milliseconds a try: half a second on a phone of today for these, in quiet times.
COST = 5_000
TRIES = range(128, 384)
HARDEST = 16
LIFE = timedelta(hours=1)
LONGEST = 4_000
_CODE = "no work"
_chance = random.SystemRandom()


def challenge() -> dict[str, Any]:
    times = min(pressure(), HARDEST)
    made = altcha.create_challenge(
        ALGORITHM,
        COST,
        counter=int(_chance.choice(TRIES) * times),
        expires_at=timezone.now() + LIFE,
        hmac_secret=_secret("challenge"),
        hmac_key_secret=_secret("key"),
    )
    return made.to_dict()


def check(payload: str) -> Fare | Doubt:
    """The work that a payload proves, or why the post has to wait."""
    if not payload:
        return Doubt(_CODE, _("it came without a proof of work"))
    if len(payload) > LONGEST:
        return _wrong()
    try:
        proof = altcha.Payload.from_base64(payload)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return _wrong()
    result = altcha.verify_solution(
        proof, _secret("challenge"), hmac_key_secret=_secret("key")
    )
    if result.expired:
        return Doubt(_CODE, _("its proof of work came too late"))
    if not result.verified:
        return _wrong()
    parameters = proof.challenge.parameters
    expires_at = datetime.fromtimestamp(parameters.expires_at or 0, UTC)
    return Fare(parameters.nonce, expires_at)


def use(fare: Fare) -> tuple[Doubt, ...]:
    """Use it up; a doubt when somebody did before."""
    if spend(nonce=fare.nonce, expires_at=fare.expires_at):
        return ()
    return (Doubt(_CODE, _("its proof of work was used before")),)


def _wrong() -> Doubt:
    return Doubt(_CODE, _("its proof of work is not right"))


def _secret(of: str) -> bytes:
    return salted_hmac(f"proof of work: {of}", b"altcha", algorithm="sha256").digest()
