"""Links of an export lead to files beside it."""

import pytest

from commonwire.rescue.relative import Relative

THERE = {"index.html", "wire/index.html", "assets/site.css", "2026/01/16/é/index.html"}
change = Relative("https://wire.example", THERE.__contains__)


@pytest.mark.parametrize(
    ("page", "link", "told"),
    [
        ("index.html", "/wire/", "wire/index.html"),
        ("wire/index.html", "/", "../index.html"),
        ("wire/index.html", "/wire/#new", "index.html#new"),
        ("wire/a/index.html", "/assets/site.css", "../../assets/site.css"),
        ("index.html", "/2026/01/16/%C3%A9/", "2026/01/16/%C3%A9/index.html"),
        ("index.html", "/publish/", "https://wire.example/publish/"),
        ("index.html", "/wire/?from=x", "https://wire.example/wire/?from=x"),
        ("index.html", "//cdn.example/x", "//cdn.example/x"),
        ("index.html", "https://a.example/", "https://a.example/"),
        ("index.html", "#below", "#below"),
    ],
)
def test_a_link(page, link, told):
    body = f'<a class="x" href="{link}">x</a>'.encode()
    assert change.page(page, body) == f'<a class="x" href="{told}">x</a>'.encode()


def test_pictures_in_several_sizes():
    body = b'<img srcset="/assets/site.css 320w, /wire/ 640w">'
    told = b'<img srcset="assets/site.css 320w, wire/index.html 640w">'
    assert change.page("index.html", body) == told


def test_text_that_looks_like_a_link_stays():
    body = b"<p>href=&quot;/wire/&quot; and /wire/</p>"
    assert change.page("index.html", body) == body


def test_a_style_sheet():
    body = b"a{background:url(/assets/site.css)}"
    assert change.style("assets/x.css", body) == b"a{background:url(site.css)}"
