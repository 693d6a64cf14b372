"""What is encrypted by a passphrase opens with any age."""

import pyrage
import pytest
from pyrage import passphrase

from commonwire.rescue.passphrases import encrypted

WORDS = "six words that nobody else says"


@pytest.mark.parametrize("secret", [b"", b"a secret", bytes(range(256)) * 10])
def test_age_opens_it(secret):
    assert passphrase.decrypt(encrypted(secret, WORDS), WORDS) == secret


def test_other_words_do_not():
    with pytest.raises(pyrage.DecryptError):
        passphrase.decrypt(encrypted(b"a secret", WORDS), "other words")


def test_the_same_secret_is_never_written_the_same_way():
    assert encrypted(b"a secret", WORDS) != encrypted(b"a secret", WORDS)
