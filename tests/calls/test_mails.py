import re

import pytest

from commonwire.calls.languages import WORDS
from commonwire.calls.mails import _WORDS, mail_words

MAILS = sorted(_WORDS["en"])


def slots(words):
    return sorted(re.findall(r"%\(\w+\)s|\{link\}", " ".join(words)))


@pytest.mark.parametrize("language", sorted(WORDS))
def test_mails_say_the_same_in_every_language_of_outputs(language):
    mails = _WORDS[language]
    assert sorted(mails) == MAILS
    assert [slots(mails[name]) for name in MAILS] == [
        slots(_WORDS["en"][name]) for name in MAILS
    ]


def test_in_a_language_that_outputs_do_not_have_they_are_english():
    assert mail_words("ja", "endorsement") == mail_words("en", "endorsement")
