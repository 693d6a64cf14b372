"""What kind of ask a line of a pasted list is, and how it is said."""

import pytest

from commonwire.calls.ask_words import ask_line, kind_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Come to a depot at six", "attend"),
        ("Don't shop downtown that day", "dont-shop"),
        ("Stay home from school", "stay-home"),
        ("Comparte esta convocatoria", "share"),
        ("Bring a lantern", "other"),
    ],
)
def test_its_first_words_say_which_kind_it_is(text, kind):
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("kind", "label", "text", "line"),
    [
        ("attend", "Come", "Come to a depot", "Come to a depot"),
        ("dont-shop", "Don’t shop", "Don't shop downtown", "Don't shop downtown"),
        ("attend", "Come", "At six, by the gate", "Come: At six, by the gate"),
        ("other", "Also", "Bring a lantern", "Bring a lantern"),
        ("strike", "Strike", "", "Strike"),
    ],
)
def test_a_kind_that_the_words_say_is_not_said_twice(kind, label, text, line):
    assert ask_line(kind, label, text) == line
