"""PDFs in the six scripts that our fonts have."""

import pytest

from commonwire.publishing import queries
from commonwire.syndication import typesetting
from commonwire.syndication.releases import letter
from commonwire.syndication.releases.facts import Facts
from tests.factories import a_release
from tests.syndication.pdfs import boxes_of, letters_of
from tests.syndication.scripts import SCRIPTS


def set_in(script):
    post = a_release(script.headline, body=script.line, language=script.language)
    facts = Facts.of(queries.post_at(post.day, post.slug), queries.the_site())
    return letter.render(facts, "a4")


@pytest.mark.django_db
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.language)
def test_a_letter_has_the_letters_of_its_script(script):
    made = set_in(script)
    told = {letter for letter in script.headline + script.line if letter.isalpha()}
    assert (told - letters_of(made), boxes_of(made)) == (set(), 0)


@pytest.mark.django_db
def test_a_letter_that_no_font_has_is_told_of():
    """The control: a test that counts boxes sees one. These are cuneiform."""
    cuneiform = SCRIPTS[0]._replace(line="\U00012000\U00012001")
    assert boxes_of(set_in(cuneiform)) == 2


def test_the_fonts_are_those_that_we_ship():
    shipped = {file.name for file in typesetting.FONTS.iterdir()}
    assert {"NotoSansArabic-Bold.ttf", "NotoSansCJK-Bold.otf", "OFL.txt"} <= shipped


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("ar", ("ar", None, True)),
        ("pt-BR", ("pt", "br", False)),
        ("zh-hant", ("zh", "tw", False)),
        ("sr-latn", ("sr", None, False)),
        ("x-nonsense", ("en", None, False)),
        ("", ("en", None, False)),
    ],
)
def test_how_a_language_is_set(code, expected):
    assert tuple(typesetting.how_set(code).values()) == expected
