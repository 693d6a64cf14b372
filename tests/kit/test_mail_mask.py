# ruff: noqa: RUF001  the letters and signs that people type

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonwire.kit.mail_mask import mask, pieces


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("press@union.example", "press [at] union.example"),
        ("Write to press@union.example.", "Write to press [at] union.example."),
        ("<a.b+c@sub.union.example>", "<a.b+c [at] sub.union.example>"),
        ("“press@union.example”", "“press [at] union.example”"),
        ("mailto:press@union.example", "press [at] union.example"),
        ("jürgen@müller.example", "jürgen [at] müller.example"),
        ("прес@союз.example", "прес [at] союз.example"),
        ("डाक@उदाहरण.भारत", "डाक [at] उदाहरण.भारत"),
        ("press＠union.example", "press [at] union.example"),
        ("a@b@c.example", "a@b [at] c.example"),
        ("a@x.example,b@x.example", "a [at] x.example,b [at] x.example"),
    ],
)
def test_an_address_is_masked(typed, shown):
    assert mask(typed) == shown


@pytest.mark.parametrize(
    "typed",
    [
        "@name@host.example",
        "(@name@host.example)",
        "https://user@host.example/",
        "https://example.org/@name",
        "https://example.org/@name@host.example",
        "5@3.50",
        "root@localhost",
        "@everyone",
        "meet @ the gate",
    ],
)
def test_what_is_no_mail_address_stays(typed):
    assert mask(typed) == typed


def test_only_the_address_is_marked():
    assert list(pieces("(*press@union.example)")) == [
        ("(*", False),
        ("press [at] union.example", True),
        (")", False),
    ]


@given(st.text("ab@.-_ :/<>\"'\n＠é"))
def test_nothing_but_signs_changes_and_once_is_enough(typed):
    once = mask(typed)
    assert mask(once) == once
    plain = once.replace(" [at] ", "@")
    assert plain == typed.replace("mailto:", "").replace("＠", "@") or "＠" in once
