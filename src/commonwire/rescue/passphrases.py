"""A small secret encrypted by a passphrase, as age writes it (C2SP age, scrypt).

The library has this too, and takes half a gigabyte of memory for it and no less: on a
small server that is the site's own. Any age opens what this makes.
"""

import base64
import hmac
import secrets
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

# 2**16 times a kilobyte of memory, a fifth of a second.
WORK: Final = 16
_LABEL: Final = b"age-encryption.org/v1/scrypt"
_CHUNK: Final = 65_536


def encrypted(secret: bytes, words: str) -> bytes:
    if len(secret) >= _CHUNK:
        raise ValueError("this is for small secrets")
    file_key, salt, nonce = (secrets.token_bytes(16) for _ in range(3))
    wrapping = Scrypt(salt=_LABEL + salt, length=32, n=2**WORK, r=8, p=1)
    body = ChaCha20Poly1305(wrapping.derive(words.encode())).encrypt(
        bytes(12), file_key, None
    )
    header = b"age-encryption.org/v1\n-> scrypt %s %d\n%s\n---" % (
        _base64(salt),
        WORK,
        _base64(body),
    )
    mac = hmac.digest(_derived(file_key, b"", b"header"), header, sha256)
    # The first chunk, which is the last one.
    payload = ChaCha20Poly1305(_derived(file_key, nonce, b"payload")).encrypt(
        bytes(11) + b"\x01", secret, None
    )
    return b"%s %s\n%s%s" % (header, _base64(mac), nonce, payload)


def _derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=salt, info=info).derive(key)


def _base64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")
