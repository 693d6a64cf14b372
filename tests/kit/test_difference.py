import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonwire.kit.difference import difference


def test_a_changed_word_is_marked_in_its_sentence():
    assert difference("412 workers voted.", "413 workers voted.") == (
        "<p><del>412</del><ins>413</ins> workers voted.</p>"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("12,000", "12,500"),
        ("3.5", "4.5"),
        ("10:30", "10:45"),
        ("€1.250,5", "€1.300,5"),
    ],
)
def test_a_number_is_one_word(before, after):
    assert difference(f"On strike: {before}.", f"On strike: {after}.") == (
        f"<p>On strike: <del>{before}</del><ins>{after}</ins>.</p>"
    )


def test_the_same_words_make_no_difference():
    assert difference("One.\n\nTwo.", "One.\n\nTwo.\n") == ""


def test_unchanged_paragraphs_are_left_out():
    assert difference("One.\n\nTwo.\n\nThree.", "One.\n\nTwo.\n\nThree. Four.") == (
        "<p>…</p>\n<p>Three.<ins> Four.</ins></p>"
    )


def test_a_new_paragraph_is_added():
    assert difference("One.", "One.\n\nTwo.") == "<p>…</p>\n<p><ins>Two.</ins></p>"


def test_unlike_paragraphs_replace_each_other():
    assert difference("Nothing here.", "The vote is on Monday!") == (
        "<p><del>Nothing here.</del></p>\n<p><ins>The vote is on Monday!</ins></p>"
    )


def test_a_long_unchanged_stretch_is_shortened():
    words = " ".join(f"word{number}" for number in range(100))
    shown = difference(f"one {words} two", f"uno {words} due")
    assert shown.count("word") < 20
    assert " … " in shown


def test_ideographs_are_compared_one_by_one():
    assert difference("工人投票罢工", "工人投票复工") == (
        "<p>工人投票<del>罢</del><ins>复</ins>工</p>"
    )


def test_html_is_shown_as_typed_and_mail_masked():
    shown = difference("<b>a</b> b@c.example", "<b>a</b> b@c.example <script>")
    assert shown == (
        "<p>&lt;b&gt;a&lt;/b&gt; b [at] c.example<ins> &lt;script&gt;</ins></p>"
    )


def test_a_text_too_large_to_compare_is_replaced():
    before, after = "a b " * 15_000, "b a " * 15_000
    assert difference(before, after).startswith("<p><del>a b a b")


pieces = st.lists(st.sampled_from(["a", "b", "<", "&", "\n\n", "\n", " ", "é"]))


@given(pieces, pieces)
def test_every_mark_is_closed_and_nothing_typed_is_a_tag(before, after):
    shown = difference("".join(before), "".join(after))
    for tag in ("p", "del", "ins"):
        assert shown.count(f"<{tag}>") == shown.count(f"</{tag}>")
    assert re.sub(r"</?(?:p|del|ins|br)>", "", shown).count("<") == 0


@given(pieces)
def test_a_text_does_not_differ_from_itself(typed):
    assert difference("".join(typed), "".join(typed)) == ""
