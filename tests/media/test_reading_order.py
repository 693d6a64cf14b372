"""From where letters stand on a line to what was written."""

import pytest

from commonwire.media.reading_order import Letter, glyphs, in_order


def line(seen):
    """Letters of equal width, with spaces only as gaps; ``seen`` from left to right."""
    letters = [
        Letter(letter, number, (number * 10 + 1, 0, number * 10 + 9, 15))
        for number, letter in enumerate(seen)
        if letter != " "
    ]
    # PDFium's own spaces stand anywhere.
    return [*letters[::-1], Letter(" ", 99, (12, 0, 12, 15))]


def read(letters):
    return "".join(each.letter for each in letters)


def turned(written):
    return written[::-1]


@pytest.mark.parametrize("brackets", ["()", ")("], ids=["as seen", "as meant"])
@pytest.mark.parametrize(
    ("seen", "written"),
    [
        (f"{turned('עולם')} (123) {turned('שלום')}", "שלום (123) עולם"),
        (f"({turned('שלום')}) {turned('עולם')}", "עולם (שלום)"),
        (f"(5.5%) 12:30 {turned('מחיר')}", "מחיר 12:30 (5.5%)"),
        (f"({turned('במרץ')} 3) {turned('ביום שני')}", "ביום שני (3 במרץ)"),
        (f"(two words) {turned('שלום עולם')}", "שלום עולם (two words)"),
    ],
)
def test_brackets_in_a_line_from_the_right_stand_where_they_were_written(
    seen, written, brackets
):
    seen = seen.translate(str.maketrans("()", brackets))
    assert read(in_order(line(seen))) == written


def test_a_lone_bracket_stays_what_it_is():
    assert read(in_order(line(f"{turned('שלום')} )1"))) == "1) שלום"


@pytest.mark.parametrize("seen", ["Plain (words)", turned("שלום"), f"abcdef ({'שב'})"])
def test_other_lines_stay_as_they_are(seen):
    given = line(seen)
    assert in_order(given) == given


def test_numbers_in_a_word_from_the_right_are_seen_from_the_left():
    assert glyphs("ב-2024") == "2024-ב"
