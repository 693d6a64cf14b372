"""What becomes of each stored field: public, private, wiped and when, or never filled.

Every model carries an inner class ``Fates`` that names each of its fields; a test
fails on silence and ``/privacy/`` is printed from the declarations.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Fate:
    kind: Literal["public", "private", "wiped", "never"]
    when: str = ""


PUBLIC = Fate("public")
PRIVATE = Fate("private")
# A library's table has it; this site never writes it.
NEVER = Fate("never")


def wiped(when: str) -> Fate:
    """Kept for a while only; ``when`` completes the sentence "wiped …"."""
    return Fate("wiped", when)
