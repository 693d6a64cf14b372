"""JSON in one spelling."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonwire.moderation.log.canonical import LARGEST_NUMBER, canonical

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST_NUMBER, LARGEST_NUMBER) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=10,
)


def test_names_are_in_the_order_of_rfc_8785():
    # RFC 8785, 3.2.3: its example of names, by their UTF-16 units.
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    ordered = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    told = json.loads(canonical(dict.fromkeys(names)))
    assert list(told) == ordered


def test_text_is_escaped_as_rfc_8785_says():
    # RFC 8785, 3.2.2.2, without its last letters.
    said = "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/"
    assert canonical(said) == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'.encode()


@given(VALUES)
def test_it_says_the_same_and_is_its_own_spelling(value):
    spelled = canonical(value)
    assert json.loads(spelled) == value
    assert canonical(json.loads(spelled)) == spelled


@pytest.mark.parametrize(
    "value",
    [0.5, 1.0, float("nan"), 2**53, -(2**53), "\ud800", {1: 2}, b"x", {"\ud800": 1}],
)
def test_what_two_programs_could_spell_otherwise_is_refused(value):
    with pytest.raises(ValueError):  # noqa: PT011 - whose words they are is no matter
        canonical({"a": [value]})
