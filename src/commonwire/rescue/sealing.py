"""Encryption of backups by age (https://age-encryption.org), as a stream.

A passphrase opens a key made for one backup, and that key opens the rest: the library
encrypts with a passphrase only what fits in memory, and age itself does the same twice.
"""

import contextlib
import getpass
import os
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pyrage
from pyrage import passphrase, x25519

from commonwire import env
from commonwire.rescue import passphrases
from commonwire.rescue.failures import Refused

SHORTEST = 12
_PIECE = 1 << 20


@dataclass(frozen=True)
class Seal:
    """``recipient``: whom the backup is encrypted to. ``key``: the secret half, itself
    encrypted, to lie beside it; empty when somebody keeps it elsewhere."""

    recipient: Any
    key: bytes = b""


def by_passphrase(words: str) -> Seal:
    identity = x25519.Identity.generate()
    return Seal(
        identity.to_public(), passphrases.encrypted(str(identity).encode(), words)
    )


def by_recipient(text: str) -> Seal:
    try:
        return Seal(x25519.Recipient.from_str(text.strip()))
    except pyrage.RecipientError:
        raise Refused(
            f"{text!r} is no age recipient; it begins with age1, and age-keygen prints it"
        ) from None


def opened(key: bytes, words: str) -> Any:
    """The identity that a passphrase opens."""
    try:
        return x25519.Identity.from_str(passphrase.decrypt(key, words).decode())
    except pyrage.DecryptError:
        raise Refused("the passphrase does not open this backup") from None


def identity_in(file: str) -> Any:
    lines = _read(file, "identity").splitlines()
    secret = [line for line in lines if line.startswith("AGE-SECRET-KEY-")]
    try:
        return x25519.Identity.from_str(secret[0].strip())
    except (IndexError, pyrage.IdentityError):
        raise Refused(f"{file} holds no age identity; age-keygen makes one") from None


def passphrase_from(file: str, *, twice: bool) -> str:
    """From a file, the environment or a prompt, in this order; "" for none. ``twice``:
    it is a new one, so a slip of the finger would lock its maker out."""
    words = env.text("BACKUP_PASSPHRASE")
    if file:
        words = _read(file, "passphrase").strip()
    elif not words and sys.stdin.isatty():
        words = _asked(twice=twice)
    if twice and words and len(words) < SHORTEST:
        raise Refused(
            f"the passphrase is shorter than {SHORTEST} characters; take six words"
        )
    return words


def _asked(*, twice: bool) -> str:
    hint = " (empty: the backup is not encrypted)" if twice else ""
    words = getpass.getpass(f"passphrase{hint}: ").strip()
    if twice and words and getpass.getpass("once more: ").strip() != words:
        raise Refused("the two passphrases differ")
    return words


def _read(file: str, what: str) -> str:
    try:
        mode = Path(file).stat().st_mode
        text = Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise Refused(f"{what} file {file}: {why}") from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        sys.stderr.write(f"others may read {file}: chmod 600 {file}\n")
    if not text.strip():
        raise Refused(f"{what} file {file} is empty")
    return text


@contextlib.contextmanager
def writing(raw: BinaryIO, seal: Seal) -> Iterator[BinaryIO]:
    """What is written here reaches ``raw`` encrypted."""
    inner, outer = _pipe()
    target = _Told(raw)
    worker = _Worker(
        lambda: pyrage.encrypt_io(inner, target, [seal.recipient]), target, inner
    )
    try:
        yield outer
        outer.close()
    except BrokenPipeError:
        worker.wait()  # it says what is wrong
        raise
    finally:
        with contextlib.suppress(BrokenPipeError):
            outer.close()
        worker.thread.join()
    worker.wait()


@contextlib.contextmanager
def reading(raw: BinaryIO, identity: Any) -> Iterator[BinaryIO]:
    """What ``raw`` holds, decrypted; Refused for what was cut or changed."""
    outer, inner = _pipe()
    target = _Told(inner)
    worker = _Worker(lambda: pyrage.decrypt_io(raw, target, [identity]), target, inner)
    try:
        yield outer
    finally:
        outer.close()
        # It fails first, and what is read then is too short.
        try:
            worker.wait()
        except (pyrage.DecryptError, OSError) as error:
            raise Refused(
                "this key does not open the backup, or the file was cut or changed"
            ) from error


def _pipe() -> tuple[BinaryIO, BinaryIO]:
    """Its end to read from, and its end to write to."""
    inner, outer = os.pipe()
    return os.fdopen(inner, "rb", _PIECE), os.fdopen(outer, "wb", _PIECE)


class _Told:
    """A file that remembers why it failed: the library tells it as a string."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        try:
            return self._file.write(data)
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        with contextlib.suppress(ValueError):  # closed already
            self._file.flush()


class _Worker:
    """One half of a pipe, in a thread; its end of the pipe is closed with it."""

    def __init__(self, work: Callable[[], None], told: _Told, end: BinaryIO) -> None:
        self._work, self._told, self._end = work, told, end
        self._error: Exception | None = None
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        try:
            self._work()
        except Exception as error:  # noqa: BLE001 - raised by `wait`
            self._error = error
        finally:
            with contextlib.suppress(OSError):
                self._end.close()

    def wait(self) -> None:
        """Until it is done. Whoever stops reading early has seen enough."""
        self.thread.join()
        if isinstance(self._told.error, BrokenPipeError):
            return
        if self._told.error is not None:
            raise self._told.error
        if self._error is not None:
            raise self._error
