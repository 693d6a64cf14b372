"""Proofs of work: what a program without a token pays for a post. The challenge is
altcha's; a solution counts once."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import altcha
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from commonwire.publishing.actions.nonces import spend
from commonwire.publishing.content import Doubt

ALGORITHM = "PBKDF2/SHA-256"
# With a prefix of one byte, 256 tries on average: half a second on a phone of today,
# two milliseconds to check.
COST = 5_000
LIFE = timedelta(hours=1)
LONGEST = 4_000
_CODE = "no work"


@dataclass(frozen=True)
class Work:
    """A proof that is right and in time; whether it was used before is not known."""

    nonce: str
    expires_at: datetime


def challenge() -> dict[str, Any]:
    made = altcha.create_challenge(
        ALGORITHM, COST, expires_at=timezone.now() + LIFE, hmac_secret=_secret()
    )
    return made.to_dict()


def check(payload: str) -> Work | Doubt:
    """The work that a payload proves, or why the post has to wait."""
    if not payload:
        return Doubt(_CODE, _("it came without a proof of work"))
    if len(payload) > LONGEST:
        return _wrong()
    try:
        proof = altcha.Payload.from_base64(payload)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return _wrong()
    result = altcha.verify_solution(proof, _secret())
    if result.expired:
        return Doubt(_CODE, _("its proof of work came too late"))
    if not result.verified:
        return _wrong()
    parameters = proof.challenge.parameters
    expires_at = datetime.fromtimestamp(parameters.expires_at or 0, UTC)
    return Work(parameters.nonce, expires_at)


def use(work: Work) -> tuple[Doubt, ...]:
    """Use it up; a doubt when somebody did before."""
    if spend(nonce=work.nonce, expires_at=work.expires_at):
        return ()
    return (Doubt(_CODE, _("its proof of work was used before")),)


def _wrong() -> Doubt:
    return Doubt(_CODE, _("its proof of work is not right"))


def _secret() -> bytes:
    return salted_hmac("proof of work", b"altcha", algorithm="sha256").digest()
