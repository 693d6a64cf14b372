"""Signed notes (C2SP signed-note): text, a blank line, and signatures by named keys."""

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

ED25519 = b"\x01"
KEY_SIZE = 32
ID_SIZE = 4
MOST_SIGNATURES = 100
LARGEST_NOTE = 1_000_000
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f]")


class BadNote(ValueError):
    """A note or a key is not what it is said to be; the message completes "…: "."""


@dataclass(frozen=True)
class Verifier:
    """A public key under its name."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        named = self.name.encode() + b"\n" + ED25519 + self.public
        return sha256(named).digest()[:ID_SIZE]

    def __str__(self) -> str:
        """As it is published, for `--key`."""
        told = base64.b64encode(ED25519 + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{told}"

    def signed(self, text: str, signature: bytes) -> bool:
        try:
            key = Ed25519PublicKey.from_public_bytes(self.public)
            key.verify(signature, text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """A secret key under its name."""

    name: str
    seed: bytes

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.name, self._key.public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """The note: the text, which ends in a new line, and our signature."""
        _check_text(text)
        signature = self.verifier.key_id + self._key.sign(text.encode())
        return f"{text}\n— {self.name} {base64.b64encode(signature).decode()}\n"

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def parse_verifier(line: str) -> Verifier:
    """The key in `name+id+base64`; raises BadNote."""
    parts = line.strip().split("+", 2)
    if len(parts) != 3:  # noqa: PLR2004 - the format's own
        raise BadNote("a verifier key is NAME+ID+KEY")
    name, key_id, told = parts
    key = _decoded(told)
    if not _is_name(name) or key[:1] != ED25519 or len(key) != 1 + KEY_SIZE:
        raise BadNote("this is no Ed25519 verifier key")
    found = Verifier(name, key[1:])
    if found.key_id.hex() != key_id:
        raise BadNote("the verifier key's parts do not belong together")
    return found


def open_note(note: bytes, verifier: Verifier) -> str:
    """The text of a note that this key signed; raises BadNote."""
    text, signatures = parse_note(note)
    verified = False
    for name, key_id, signature in signatures:
        if (name, key_id) != (verifier.name, verifier.key_id):
            continue  # a witness's, say
        if not verifier.signed(text, signature):
            raise BadNote(f"the signature of {name} is wrong: something was changed")
        verified = True
    if not verified:
        raise BadNote(f"it is not signed by the key {verifier}")
    return text


def parse_note(note: bytes) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """The text, and each signature's name, key and bytes; nothing is verified yet."""
    try:
        whole = note.decode()
    except UnicodeDecodeError as error:
        raise BadNote("it is no text") from error
    text, blank, signed = whole.rpartition("\n\n")
    text += "\n"
    lines = signed.split("\n")[:-1]
    if len(note) > LARGEST_NOTE or not blank or _CONTROLS.search(whole):
        raise BadNote("it is no signed note")
    if not signed.endswith("\n") or not 0 < len(lines) <= MOST_SIGNATURES:
        raise BadNote("it is no signed note")
    return text, [_signature(line) for line in lines]


def _signature(line: str) -> tuple[str, bytes, bytes]:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != "—" or not _is_name(parts[1]):  # noqa: PLR2004
        raise BadNote("a line after its text is no signature")
    signature = _decoded(parts[2])
    if len(signature) <= ID_SIZE:
        raise BadNote("a signature is too short")
    return parts[1], signature[:ID_SIZE], signature[ID_SIZE:]


def _check_text(text: str) -> None:
    if not text.endswith("\n") or _CONTROLS.search(text):
        raise BadNote("a note's text is lines")


def _is_name(name: str) -> bool:
    return bool(name) and not any(letter.isspace() or letter == "+" for letter in name)


def _decoded(text: str) -> bytes:
    """Base64 in its one spelling: others would be a note changed without a trace."""
    try:
        found = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadNote("something in it is no base64") from error
    if base64.b64encode(found).decode() != text:
        raise BadNote("something in it is no base64")
    return found
