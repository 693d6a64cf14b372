"""What a post costs: work or time. Neither asks who somebody is; each counts once."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Fare:
    """Right and in time; whether it was used before is known when it is spent."""

    nonce: str
    expires_at: datetime


class Spent(Exception):
    """It was used before."""
