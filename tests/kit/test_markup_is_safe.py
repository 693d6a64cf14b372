# ruff: noqa: RUF001  the letters and signs that people type
"""Whatever is typed, nothing comes out but the tags and attributes named here."""

import re
from html.parser import HTMLParser

from hypothesis import example, given
from hypothesis import strategies as st

from commonwire.kit import mail_mask
from commonwire.kit.markup import TAGS, excerpt, render, to_plain

ATTRIBUTES = {
    "a": {"href", "rel"},
    "ol": {"start"},
    "p": {"class"},
    "span": {"class"},
    "figure": {"class", "data-frame", "data-title"},
}
FRAMES = re.compile(
    r"https://(www\.youtube-nocookie\.com/embed/|player\.vimeo\.com/video/"
    r"|archive\.org/embed/|[a-z0-9.-]+/videos/embed/)[\w.-]+(\?[\w&=]+)?"
)

pieces = st.lists(
    st.sampled_from(
        [
            *"*_[]()<>!\\`#-+~=|:/.@&\"' \n\t>",
            *"•–1a",
            *("1. ", "- ", "> ", "\n\n", "](", "http://", "https://x.example", "www."),
            *("mailto:", "a@b.example", "<script>", "<img src=x onerror=alert(1)>"),
            *("javascript:alert(1)", "https://youtu.be/dQw4w9WgXcQ", "###", "ENDS"),
            *("&quot;", "字", "ا", "\u202e", "\ud800", "\0", "＠"),
        ]
    ),
    max_size=40,
).map("".join)
typed_text = st.one_of(pieces, st.text(st.characters(exclude_categories=())))


class Witness(HTMLParser):
    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.text, self.inside, self.addresses = "", 0, []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS
        assert {name for name, _value in attrs} <= ATTRIBUTES.get(tag, set())
        values = dict(attrs)
        if "href" in values:
            assert re.match(r"https?://", values["href"], re.IGNORECASE)
            self.addresses.append(values["href"])
        if "data-frame" in values:
            assert FRAMES.fullmatch(values["data-frame"])

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, _data):
        raise AssertionError

    handle_decl = handle_pi = unknown_decl = handle_comment


def check(typed):
    html = render(typed)
    witness = Witness(html)
    # Between tags, since "*a*@b.example" is no address to who reads the source.
    for text in re.split(r"<[^>]*>", html):
        assert mail_mask.mask(text) == text
    for address in witness.addresses:
        assert "mailto" not in address.lower().partition(":")[0]
        path = address.split("://", 1)[1].partition("/")[2]
        assert mail_mask.mask(path) == path


@given(typed_text)
@example("[a@b.example](https://youtu.be/dQw4w9WgXcQ)")
@example("https://x.example/a@b.example [x](https://x.example/?a@b.example)")
@example("http://[::1")
@example('http://"a@b.example')
@example("a@b.example*a@b.example")
def test_only_known_tags_and_no_mail_come_out(typed):
    check(typed)


@given(typed_text)
def test_plain_text_shows_no_mail_address(typed):
    for plain in (to_plain(typed), excerpt(typed, 30)):
        assert mail_mask.mask(plain) == plain


@given(typed_text)
def test_the_same_text_gives_the_same_page(typed):
    assert render(typed) == render(typed)


def test_attacks_come_out_as_text(attacks):
    for attack in attacks:
        check(attack)
        check(f"[{attack}]({attack})\n\n- {attack}\n> {attack}")


def test_naughty_strings_come_out_as_text(naughty_strings):
    for naughty in naughty_strings:
        check(naughty)
        assert mail_mask.mask(naughty).count("@") <= naughty.count("@")
