"""A reason for taking words away does not repeat them."""

import pytest

from commonwire.moderation.repeats import Taken, repeated_in

LONG = "On Monday at nine he goes from his house to the school by the river."


@pytest.mark.parametrize(
    ("reason", "text", "said"),
    [
        ("So “at nine he goes from his house to the” was in it.", LONG, True),
        ("It says when he goes from his house.", LONG, False),
        ("It said: where Jo Hargreaves lives!", "Where Jo Hargreaves lives", True),
        ("It said where JO HARGREAVES LIVES.", "Where: Jo Hargreaves lives", True),
        ("It said where somebody lives.", "Where Jo Hargreaves lives", False),
        # Words that stand in any reason.
        ("The report named a private person.", "Report", False),
        ("Report of a private person.", "Report", False),
        ("The march was not to be told.", "The march", False),
        ("We are sure of it.", "We are", False),
        # But names are told by one.
        ("It was about Hargreaves.", "Hargreaves", True),
        ("It named Jo Li.", "Jo Li", True),
        ("There are nine letters.", "", False),
        ("它写了张伟住在哪里。", "张伟住在", True),
        ("这是报告。", "报告", False),
    ],
)
def test_a_whole_short_text_or_eight_words_of_a_long_one(reason, text, said):
    assert bool(repeated_in(reason, Taken((text,)))) is said


@pytest.mark.parametrize(
    ("reason", "name", "said"),
    [
        ("Hargreaves was not to be named.", "Hargreaves", True),
        ("It was kestrel who said so.", "kestrel", True),
        ("It will be so.", "Will", False),
        ("An anonymous letter named them.", "anonymous", False),
        ("An address stood in it.", "An", False),
        ("它写了张伟。", "张伟", True),
    ],
)
def test_a_byline_is_repeated_by_one_word(reason, name, said):
    assert bool(repeated_in(reason, Taken(names=(name,)))) is said


def test_it_says_what_is_repeated_as_the_reason_has_it():
    found = repeated_in("It was JO HARGREAVES there.", Taken(("Jo Hargreaves.",)))
    assert found == "JO HARGREAVES"
