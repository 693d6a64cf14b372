"""What names a row by its number, and what does not."""

import pytest

from commonwire.kit.numbers import LARGEST, row_number, row_numbers


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("12", 12), ("007", 7), (str(LARGEST), LARGEST)]
)
def test_a_number_that_a_row_may_have(text, number):
    assert row_number(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "-1", "+1", "1.0", " 1", "1_0", "²", "٣", str(LARGEST + 1), "9" * 5_000],
)
def test_no_row_has_this_number(text):
    assert row_number(text) is None


def test_of_some_texts_the_numbers_are_left():
    assert row_numbers(["3", "x", "9" * 25, "4"]) == [3, 4]
