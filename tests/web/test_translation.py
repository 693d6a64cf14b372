"""Every word that a template says is marked for translation."""

import re
from pathlib import Path

import pytest

import commonwire.web

TEMPLATES = Path(commonwire.web.__file__).parent / "templates"
# Names that are the same in every language.
NAMES = {"Atom", "RSS", "JSON", "Feed", "Podcast", "PDF", "CSV", "SVG", "PNG", "oEmbed"}
_SAID = re.compile(
    r"\{% (?:blocktranslate|comment|block body_class).*?%\}.*?\{% end\w+ %\}",
    re.DOTALL,
)
_TAGS = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_SPOKEN = re.compile(r'(?:aria-label|title|alt|placeholder)="([^"]*)"')


def template_files():
    return sorted(TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize(
    "file", template_files(), ids=lambda file: f"{file.parent.name}-{file.stem}"
)
def test_a_template_says_nothing_untranslated(file):
    plain = _TAGS.sub("", _SAID.sub("", file.read_text()))
    spoken = " ".join(_SPOKEN.findall(plain))
    # Commands and what says of itself that it is the same in every language.
    plain = re.sub(
        r"<pre>.*?</pre>|<ul translate=\"no\">.*?</ul>", " ", plain, flags=re.DOTALL
    )
    text = re.sub(r"<[^>]*>|data-[\w-]+=", " ", plain)
    words = set(re.findall(r"[^\W\d_]{2,}", f"{text} {spoken}"))
    assert words - NAMES == set()
