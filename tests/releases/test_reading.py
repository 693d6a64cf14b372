"""Pasted releases: how much of each is read right, and that nothing is lost."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonwire.publishing.reading.release import read
from tests.releases.expected import NAMES, Score, compared, text_of

# Written with the others, and not looked at while the reader was made.
HELD = [name for name in NAMES if name.startswith("held")]
REST = [name for name in NAMES if name not in HELD]
WANTED = 0.95


def scores(names):
    return {name: compared(name, read(text_of(name))) for name in names}


def line(name, score):
    return f"{name:32} {score.right:3} of {score.of:3} "


def words(text):
    return Counter(re.findall(r"\w+", text))


@pytest.mark.parametrize("names", [REST, HELD], ids=["looked at", "held back"])
def test_nineteen_in_twenty_fields_are_right(names, capsys):
    found = scores(names)
    total = sum((score for score, _wrong in found.values()), Score())
    with capsys.disabled():
        print()  # noqa: T201 - the table is what the test is for
        for name, (score, wrong) in found.items():
            print(line(name, score), ", ".join(wrong))  # noqa: T201
        print(line("together", total), f"{total.share:.3f}")  # noqa: T201
    assert total.share >= WANTED


def test_there_are_forty():
    assert (len(NAMES), len(HELD)) == (40, 10)


@pytest.mark.parametrize("name", NAMES)
def test_every_word_is_in_one_field(name):
    pieces = " ".join(text for _field, text in read(text_of(name)).pieces)
    assert words(pieces) == words(text_of(name))


@given(st.text(max_size=600))
def test_no_text_is_lost_or_stops_it(text):
    pieces = " ".join(part for _field, part in read(text).pieces)
    assert words(pieces) == words(text)


# Rows of real layouts in any order make more trouble than letters do.
ROWS = sorted({row for name in REST for row in text_of(name).splitlines()})


@given(st.lists(st.sampled_from(ROWS), max_size=25))
def test_rows_in_any_order_are_kept(rows):
    text = "\n".join(rows)
    pieces = " ".join(part for _field, part in read(text).pieces)
    assert words(pieces) == words(text)


def test_the_same_text_is_read_the_same():
    assert read(text_of(NAMES[0])) == read(text_of(NAMES[0]))


def test_each_field_says_where_it_comes_from():
    taken = read(text_of("01-plain-caps")).taken
    assert taken["status"] == (1, 1)
    assert taken["headline"] == (8, 8)
    assert taken["contacts"] == (4, 6)


def test_what_has_no_layout_is_body():
    text = "hey all pls spread,\nbring coffee"
    assert read(text).values == {"body": text, "kind": "release"}
