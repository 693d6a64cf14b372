"""Rules that editors write: words, sites, expressions that cannot be slow."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from commonwire.kit.buckets import Network
from commonwire.moderation import expressions, patterns, screening
from commonwire.moderation.models import Decision, ScreeningRule
from commonwire.publishing.content import Content, Facts
from tests.contributor import the_post
from tests.factories import a_picture, a_post, a_rule

pytestmark = pytest.mark.django_db(transaction=True)


def a_pattern(kind, pattern, **fields):
    fields = {"active": True} | fields
    rule = ScreeningRule(kind=kind, pattern=pattern, **fields)
    rule.full_clean()
    rule.save()
    return rule


def finds(kind, pattern, *texts):
    return expressions.found_in(ScreeningRule(kind=kind, pattern=pattern), texts)


@pytest.mark.parametrize(
    "text",
    [
        "Best casino!",
        "CASINO",
        "a ca\u200bsino",
        "c\u0430sino",
        "\uff43\uff41\uff53\uff49\uff4e\uff4f",
        "cásino",
    ],
)
def test_a_word_is_found_however_it_is_disguised(text):
    assert finds("words", "casino", text) == "casino"


@pytest.mark.parametrize("text", ["casinos", "the lacasino", "cas ino"])
def test_a_part_of_another_word_is_not_that_word(text):
    assert finds("words", "casino", text) == ""


def test_a_phrase_is_found_over_line_ends():
    assert finds("words", "free\nfree money", "free  \n money") == "free"


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/a",
        "see www.example.com",
        "[a](http://shop.EXAMPLE.com?x)",
        "example.com",
        "https://user@example.com:8080/",
    ],
)
def test_a_site_is_found_in_every_kind_of_link(text):
    assert finds("domains", "example.com", text) != ""


@pytest.mark.parametrize("text", ["https://example.org/example.com", "badexample.com"])
def test_another_site_is_not_that_site(text):
    assert finds("domains", "example.com", text) == ""


def test_an_expression_is_found_in_any_case():
    assert finds("expression", r"win \d+ euros?", "You WIN 500 Euro") == "WIN 500 Euro"


def test_an_expression_that_would_backtrack_reads_a_long_text():
    assert finds("expression", r"(a+)+$", "a" * 100_000 + "b") == ""


@pytest.mark.parametrize(
    ("pattern", "mend"),
    [
        ("(a", "The ( and ) do not match."),
        ("a)", "The ( and ) do not match."),
        ("[a", "A [ is never closed with ]."),
        ("*a", "There is nothing before *, + or ? that could be repeated."),
        ("(?=a)b", "Looking ahead or behind (?=, ?!, ?<) is not possible here."),
        (r"(a)\1", "There is no such sign after a backslash here"),
        ("a{1001}", "At most 1000 repetitions can be counted."),
        ("[z-a]", "In a range such as [a-z] the first sign has to come first."),
        (r"\pL{500}\pL{500}\pL{500}", "It is too large"),
    ],
)
def test_what_is_wrong_with_an_expression_is_said_at_its_field(pattern, mend):
    with pytest.raises(ValidationError) as caught:
        ScreeningRule(kind="expression", pattern=pattern).full_clean()
    (said,) = caught.value.message_dict["pattern"]
    assert mend in said


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [
        ("expression", "a*"),
        ("expression", "   "),
        ("words", "\n \n"),
        ("words", "\u200b"),
        ("domains", "no site"),
        ("domains", "http://"),
        ("domains", "com"),
        ("words", "x\n" * 501),
    ],
)
def test_a_pattern_that_means_nothing_is_refused(kind, pattern):
    with pytest.raises(ValidationError) as caught:
        ScreeningRule(kind=kind, pattern=pattern).full_clean()
    assert list(caught.value.message_dict) == ["pattern"]


@pytest.mark.parametrize(
    "typed",
    [
        {"byline": "Casino fans"},
        {"addendum-0-byline": "Casino fans", "addendum-0-body": "More of it."},
    ],
)
def test_names_that_posts_are_signed_with_are_looked_at(contributor, typed):
    a_pattern("words", "casino")
    contributor.publish(title="A", body="A text.", **typed)
    assert the_post().waiting_since


def test_what_is_said_of_files_is_looked_at():
    a_pattern("words", "casino")
    content = Content(
        kind="report", title="A", attachments=(a_picture(caption="Casino"),)
    )
    nothing = Facts(network=Network("", shared=True), now=timezone.now())
    assert screening.by_rule(content, nothing)


def test_what_a_rule_finds_waits_under_its_published_rule(contributor):
    found = a_pattern("words", "casino", rule=a_rule())
    contributor.publish(title="A", body="The casino.")
    assert contributor.notices == [
        "it has something in it that the editors want to look at first"
    ]
    decision = Decision.objects.get(post=the_post())
    assert decision.rule.slug == "advertising"
    assert decision.facts == {"because": [f"rule {found.pk}"]}


def test_a_rule_that_is_changed_looks_for_the_new_words(contributor):
    rule = a_pattern("words", "casino")
    a_post("A", body="The casino.")
    rule.pattern = "roulette"
    rule.save()
    contributor.publish(title="A", body="At the casino.")
    assert contributor.page.said("h1") == ["Published"]


def test_a_rule_that_is_switched_off_finds_nothing(contributor):
    a_pattern("words", "casino", active=False)
    assert contributor.publish(title="A", body="The casino.").notices == []


def test_a_pattern_that_can_no_longer_be_read_holds_up_nobody(contributor):
    ScreeningRule.objects.create(kind="expression", pattern="(a", active=True)
    assert contributor.publish(title="A", body="Text.").notices == []


def test_of_two_megabytes_as_much_is_read_as_fits_a_post():
    huge = "word " * 400_000 + "casino"
    assert finds("words", "casino", huge) == ""
    assert patterns.compiled("words", "casino")("x casino") == "casino"


@pytest.mark.parametrize(
    ("pattern", "where"),
    [
        ("ab(c", "from sign 3 on, “(c”"),
        ("(a))", "from sign 4 on, “)”"),
        (r"[)]\)(", "from sign 6 on, “(”"),
        ("x[]a", "from sign 2 on, “[]a”"),
        ("a*|*b", "from sign 4 on, “*b”"),
        (r"\d+ (?!x)", "from sign 5 on, “(?!x)”"),
        (r"a\\b\y", r"from sign 5 on, “\y”"),
        ("a\\", "from sign 2 on, “\\”"),
        ("one a{2}{3}", "from sign 6 on, “{2}{3}”"),
    ],
)
def test_where_an_expression_is_wrong_is_said(pattern, where):
    with pytest.raises(ValidationError) as caught:
        patterns.compiled("expression", pattern)
    assert where in caught.value.messages[0]


@given(st.text(alphabet="ab()[]{}*+?\\|^$-,1:=!<P ", max_size=12))
def test_any_expression_is_read_or_its_fault_is_told(pattern):
    said = ""
    try:
        patterns.compiled("expression", pattern)
    except ValidationError as error:
        (said,) = error.messages
    assert "%(" not in said
    assert said == "" or said.endswith((".", "sign.", "itself."))


def test_a_wrong_line_is_named():
    with pytest.raises(ValidationError, match="Line 2, “no site”, is no site"):
        patterns.compiled("domains", "example.com\nno site")
