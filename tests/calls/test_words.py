"""Words of outputs in the languages that have them."""

import pytest

from commonwire.calls import when
from commonwire.calls.languages import NAMES, WORDS
from commonwire.calls.words import word
from commonwire.syndication.releases import words as releases
from commonwire.syndication.sheets import words as sheets


def gaps(words):
    return [text.count("%s") for text in words]


@pytest.mark.parametrize("language", WORDS)
def test_each_language_has_each_word_with_the_gaps_that_are_filled(language):
    assert len(WORDS[language]) == len(NAMES)
    assert gaps(WORDS[language]) == gaps(WORDS["en"])
    for others in (releases.WORDS, sheets._WORDS):
        assert others[language].keys() == others["en"].keys()
        assert gaps(others[language].values()) == gaps(others["en"].values())


@pytest.mark.parametrize("language", when._WORDS)
def test_hours_are_said_in_every_language_of_posters(language):
    assert gaps(when._WORDS[language]) == [1, 2, 0]


def test_a_language_without_words_of_its_own_says_them_in_english():
    assert [word(code, "when") for code in ("fr-CA", "de", "eo")] == [
        *("Quand", "Wann", "When")
    ]
