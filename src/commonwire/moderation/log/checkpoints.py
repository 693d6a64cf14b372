"""The log's signed head (C2SP tlog-checkpoint): how many entries, and their root."""

import base64
import re
from dataclasses import dataclass

from commonwire.moderation.log.merkle import HASH_SIZE
from commonwire.moderation.log.notes import (
    BadNote,
    Signer,
    Verifier,
    open_note,
    parse_note,
)

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_LEAST_LINES = 3


@dataclass(frozen=True)
class Checkpoint:
    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        root = base64.b64encode(self.root).decode()
        return f"{self.origin}\n{self.size}\n{root}\n"

    def signed(self, signer: Signer) -> bytes:
        return signer.sign(str(self)).encode()


def read(note: bytes, verifier: Verifier) -> Checkpoint:
    """The head that this key signed; raises BadNote."""
    return _parse(open_note(note, verifier))


def read_unverified(note: bytes) -> Checkpoint:
    """The head that a note names, whoever signed it."""
    return _parse(parse_note(note)[0])


def _parse(text: str) -> Checkpoint:
    lines = text.split("\n")[:-1]
    if len(lines) < _LEAST_LINES or not all(lines) or not _SIZE.fullmatch(lines[1]):
        raise BadNote("it is no checkpoint")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except ValueError as error:
        raise BadNote("its root is no base64") from error
    if len(root) != HASH_SIZE or base64.b64encode(root).decode() != lines[2]:
        raise BadNote("its root is no hash")
    return Checkpoint(origin=lines[0], size=int(lines[1]), root=root)
