"""Links in typed text: which addresses may become one, and what is shown for it."""

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from linkify_it import LinkifyIt
from markdown_it.common.normalize_url import normalizeLink, normalizeLinkText
from markdown_it.rules_inline.link import link as markdown_link
from markdown_it.token import Token

from commonwire.kit import embeds, mail_mask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

MAX_ADDRESS = 2_000
MAX_SHOWN = 60
# In one paragraph; later ones stay as typed.
MAX_BRACKETS = 1_000
_SHOWN_START, _SHOWN_END = 38, 18

# Places of our own in the parser's cache, whose keys are positions.
_LAST_TARGET, _TRIED = -1, -2

_LINKIFY = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False})
_SCHEME_BEFORE = re.compile(r"(?:^|[^a-z0-9.+-])(https?)$", re.IGNORECASE)
_WWW = re.compile(r"(?<![\w@./:-])www\.(?=\w)", re.IGNORECASE)
_ALLOWED = re.compile(r"(?:https?://[^\s/?#]|mailto:[^\s@]+@)", re.IGNORECASE)
# Addresses have no quotes; and ideographic punctuation has no space after it.
_STOP = re.compile(
    '["\u00ab\u00bb\u2039\u203a\u201c-\u201f'
    "\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]"
)
# An address may have these inside, but what ends with one is quoted or emphasised.
_CLOSING = "*\u2018\u2019"
_MAIL_IN_ADDRESS = re.compile(r"(?<=[^\s@/])@(?=[^\s@/]+\.)")


def is_allowed(url: str) -> bool:
    return bool(_ALLOWED.match(url))


def normalise(url: str) -> str:
    if _WWW.match(url):
        url = f"https://{url}"
    try:
        return _without_mail(normalizeLink(url))
    except ValueError:  # brackets that are no IPv6 address
        return ""


def normalise_text(url: str) -> str:
    try:
        return str(normalizeLinkText(url))
    except ValueError:
        return url


def bare_address(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 markdown-it calls it so
    """Ends a text where an address starts, before its "_" and "*" mean emphasis.

    markdown-it's own rule searches all text before every "://"; this one a few letters.
    """
    position = state.pos
    if state.linkLevel or not state.src.startswith("://", position):
        return False
    before = _SCHEME_BEFORE.search(state.src[max(0, position - 6) : position])
    if not before:
        return False
    start = position - len(before[1])
    url = _address_at(state.src, start)
    href = normalise(url)
    if not url or not is_allowed(href):
        return False
    if not silent:
        if not state.pending.endswith(before[1]):
            return False
        state.pending = state.pending[: -len(before[1])]
        for token in _link(href, url):
            made = state.push(token.type, token.tag, token.nesting)
            made.attrs, made.content, made.info = token.attrs, token.content, token.info
    state.pos = start + len(url)
    return True


def link(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 markdown-it calls it so
    """markdown-it's rule, spared the brackets that cannot be a link's.

    It looks for the end of each one; thousands without an end would take seconds.
    """
    source, position = state.src, state.pos
    if not source.startswith("[", position):
        return False
    if _LAST_TARGET not in state.cache:
        state.cache[_LAST_TARGET] = source.rfind("](")
        state.cache[_TRIED] = 0
    if not silent:
        state.cache[_TRIED] += 1
    if position < state.cache[_LAST_TARGET] and state.cache[_TRIED] < MAX_BRACKETS:
        return bool(markdown_link(state, silent))
    return False


def finish_links(state: "StateCore") -> None:
    """After inline parsing: names links, links "www.", masks mail addresses."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = list(_finish(token.children or []))


def _finish(tokens: list[Token]) -> "Iterator[Token]":
    link: Token | None = None
    inside: list[Token] = []
    for token in tokens:
        if token.type == "link_open":
            link, inside = token, []
        elif token.type == "link_close" and link:
            yield from _finish_link(link, inside, token)
            link = None
        elif link:
            inside.append(token)
        elif token.type == "text":
            yield from _finish_text(token.content)
        else:
            yield token


def _finish_link(
    opened: Token, inside: list[Token], closed: Token
) -> "Iterator[Token]":
    href = str(opened.attrs.get("href", ""))
    if href.lower().startswith("mailto:"):
        yield from _finish_mail(href, inside)
    elif not is_allowed(href):
        yield from _masked(inside)
    else:
        opened.attrs = {"href": href}  # a title would be one more place for words
        yield opened
        if opened.info == "auto":
            yield _text(embeds.link_name(href) or _shortened(inside))
        else:
            yield from _masked(inside)
        yield closed


def _finish_mail(href: str, inside: list[Token]) -> "Iterator[Token]":
    """[write us](mailto:a@b.example) becomes: write us (a [at] b.example)."""
    address = unquote(href[len("mailto:") :].partition("?")[0])
    label = "".join(token.content for token in inside)
    if label.strip().removeprefix("mailto:") == address:
        yield from _mail_pieces(address)
        return
    yield from _masked(inside)
    if address not in label:
        yield _text(" (")
        yield from _mail_pieces(address)
        yield _text(")")


def _finish_text(text: str) -> "Iterator[Token]":
    done = 0
    for match in _WWW.finditer(text):
        if match.start() < done:
            continue
        url = _address_at("https://" + text[match.start() :][:MAX_ADDRESS], 0)[8:]
        href = normalise(url)
        if url and is_allowed(href):
            yield from _mail_pieces(text[done : match.start()])
            yield from _link(href, url, said=True)
            done = match.start() + len(url)
    yield from _mail_pieces(text[done:])


def _masked(tokens: list[Token]) -> "Iterator[Token]":
    for token in tokens:
        if token.type == "text":
            yield from _mail_pieces(token.content)
        else:
            yield token


def _mail_pieces(text: str) -> "Iterator[Token]":
    if not mail_mask.has_sign(text):
        if text:
            yield _text(text)
        return
    for piece in mail_mask.pieces(text):
        if piece.is_mail:
            yield Token("mail", "span", 0, content=piece.text)
        else:
            yield _text(piece.text)


def _address_at(text: str, start: int) -> str:
    # Cut first: the sentence may end before its closing quote, as in “… at x.org.”
    before_quote = _STOP.split(text[start : start + MAX_ADDRESS], 1)[0]
    match = _LINKIFY.match_at_start(before_quote)
    if not match:
        return ""
    url = str(match.raw)
    return url.rstrip(_CLOSING + ".,;:!?") if url.endswith(tuple(_CLOSING)) else url


def _link(href: str, url: str, *, said: bool = False) -> list[Token]:
    shown = normalise_text(f"https://{url}")[8:] if said else normalise_text(url)
    opened = Token("link_open", "a", 1, attrs={"href": href}, info="auto")
    return [opened, _text(_short(_without_mail(shown))), Token("link_close", "a", -1)]


def _shortened(inside: list[Token]) -> str:
    return _short(_without_mail("".join(token.content for token in inside)))


def _short(shown: str) -> str:
    if len(shown) <= MAX_SHOWN:
        return shown
    return f"{shown[:_SHOWN_START]}…{shown[-_SHOWN_END:]}"


def _without_mail(url: str) -> str:
    """A mail address in a path or query, percent-encoded: it works, and is no prey."""
    scheme, slashes, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    if not slashes or "@" not in path:
        return url
    return f"{scheme}{slashes}{host}{slash}{_MAIL_IN_ADDRESS.sub('%40', path)}"


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
