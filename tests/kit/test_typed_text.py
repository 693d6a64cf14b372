# ruff: noqa: RUF001  the letters and signs that people type

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonwire.kit.typed_text import clean_line, clean_text, is_blank

any_text = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from(" \t\n\r\v\u2028\u2066\u2069\u202e\u0301\u0316\u200d\ufeff"),
    )
)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\v", "\x85", "\u2028", "\u2029"])
def test_every_line_end_becomes_one_newline(end):
    assert clean_text(f"one{end}two") == ("one\ntwo", 0)


def test_a_line_has_no_line_ends_or_runs_of_spaces():
    assert clean_line(" Strike\tvote \n on  Monday ").text == "Strike vote on Monday"


@pytest.mark.parametrize(
    "invisible",
    ["\0", "\x1b", "\x9f", "\ufeff", "\u202e", "\ud800", "\ufdd0", "\U0010ffff"],
)
def test_invisible_characters_are_removed_and_counted(invisible):
    assert clean_text(f"pick{invisible}et") == ("picket", 1)


@pytest.mark.parametrize(
    "typed",
    [
        "“curly” ‘quotes’ — dashes… «guillemets»",
        "عربي\u200f وعبرية עִבְרִית\u200e",
        "می\u200cخواهیم",  # Persian, with a zero-width non-joiner
        "👩‍❤️‍💋‍👨 ✊🏽 🏴󠁧󠁢󠁷󠁬󠁳󠁿 1️⃣",
        "ภาษาไทย བསྒྲུབས हिन्दी 日本語 한국어 Tiếng Việt",
        "soft\u00adhyphen no\u00a0break",
    ],
)
def test_what_people_write_stays(typed):
    assert clean_text(typed) == (typed, 0)


def test_letters_are_composed():
    assert clean_line("cafe\u0301").text == "café"


def test_a_hidden_message_in_tag_characters_goes():
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "buy")
    assert clean_line(f"Vote{hidden}!") == ("Vote!", 3)


def test_towers_of_marks_are_cut_down():
    assert clean_line("e" + "\u0316" * 40).text == "e" + "\u0316" * 5


def test_an_open_isolate_ends_with_its_line():
    assert clean_text("\u2067abc\ndef").text == "\u2067abc\u2069\ndef"


def test_a_closer_that_closes_nothing_goes():
    assert clean_line("abc\u2069def") == ("abcdef", 1)


def test_blank_lines_around_a_text_go_and_indentation_stays():
    assert clean_text("\n \n  one\n\n  two \n\n").text == "  one\n\n  two"


@pytest.mark.parametrize("title", ["", " \u00a0", "\u200b\u2060", "\u3164", "\u2800"])
def test_a_title_nobody_can_see_is_blank(title):
    assert is_blank(title)


def test_a_single_letter_is_not_blank():
    assert not is_blank("é")


@given(any_text)
def test_cleaning_twice_changes_nothing_more(typed):
    for clean in (clean_text, clean_line):
        once = clean(typed).text
        assert clean(once) == (once, 0)


@given(any_text)
def test_clean_text_can_be_stored_and_sent(typed):
    clean_text(typed).text.encode()
    assert "\n" not in clean_line(typed).text


def test_naughty_strings_are_cleaned(naughty_strings):
    for typed in naughty_strings:
        once = clean_line(typed).text
        assert clean_line(once).text == once
