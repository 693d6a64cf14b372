"""A manifest's head: a note, signed by the key of the public log, under another name."""

import re
from dataclasses import dataclass
from typing import Final

from commonwire.moderation.log import keys, notes
from commonwire.moderation.log.notes import BadNote, Signer, Verifier
from commonwire.rescue.manifest.folders import BadManifest

LARGEST: Final = 10_000
_LINES: Final = 5
_NUMBER = re.compile("0|[1-9][0-9]{0,18}")
_HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Head:
    """``number``: grows with each. ``removed``: the hash of the list of what was taken
    away."""

    origin: str
    number: int
    root: str
    files: int
    size: int
    removed: str

    @property
    def text(self) -> str:
        return (
            f"{self.origin}\n{self.number}\n{self.root}\n"
            f"{self.files} {self.size}\n{self.removed}\n"
        )


def the_signer() -> Signer:
    """The log's key under a name of its own: neither can stand for the other."""
    ours = keys.the_signer()
    return Signer(ours.name.removesuffix("/log") + "/manifest", ours.seed)


def signed(head: Head) -> bytes:
    return the_signer().sign(head.text).encode()


def opened(note: bytes, verifier: Verifier) -> Head:
    """Raises BadManifest."""
    try:
        lines = notes.open_note(note, verifier).split("\n")[:-1]
    except BadNote as error:
        raise BadManifest(str(error)) from error
    if len(lines) != _LINES or lines[0] != verifier.name:
        raise BadManifest("it is no head of a manifest")
    origin, number, root, counts, removed = lines
    files, _space, size = counts.partition(" ")
    numbers = all(map(_NUMBER.fullmatch, (number, files, size)))
    if not numbers or not all(map(_HASH.fullmatch, (root, removed))):
        raise BadManifest("it is no head of a manifest")
    return Head(origin, int(number), root, int(files), int(size), removed)


def verifier_of(text: str) -> Verifier:
    """The key that somebody told, of a manifest or of the log beside it."""
    try:
        found = notes.parse_verifier(text)
    except BadNote as error:
        raise BadManifest(str(error)) from error
    site = found.name.removesuffix("/manifest").removesuffix("/log")
    return Verifier(f"{site}/manifest", found.public)
