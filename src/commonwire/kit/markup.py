"""Typed text into clean HTML: a small part of CommonMark, forgiving about the rest."""

import re
import unicodedata
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_inline.emphasis import tokenize as tokenize_emphasis
from markdown_it.token import Token

from commonwire.kit import embeds, links, mail_mask, pasted, typed_lines, typed_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.utils import EnvType, OptionsDict

MAX_BODY = 60_000
_MAY_LINK = re.compile(r"://|www\.|\]\(", re.IGNORECASE)
# The texts that are being written at a time.
KEPT = 256
# Enough typed text for any excerpt, however much of it is markup.
_TYPED_PER_SHOWN = 12
# Asterisks and underscores that may mean emphasis, in one paragraph.
MAX_DELIMITERS = 2_000
_PRODUCT = re.compile(r"\d\*\d")
_ELLIPSIS = "…"
_JOINER = "\u200d"

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a", "hr"}
TAGS |= {"h2", "h3", "h4", "h5", "h6", "figure", "span"}
# The second wall: the parser makes nothing else, and this lets nothing else through.
_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes={
        "*": set(),
        "a": {"href"},
        "ol": {"start"},
        "figure": {"data-frame", "data-title"},
    },
    allowed_classes={"p": {"end-mark"}, "span": {"mail"}, "figure": {"embed"}},
    url_schemes={"http", "https"},
    url_relative="deny",
    link_rel=embeds.REL,
)


@lru_cache(KEPT)
def render(text: str) -> str:
    """Clean HTML for what was typed. A preview's is kept for its publication."""
    parser = _parser()
    tokens = _parse(text)
    html: str = parser.renderer.render(tokens, parser.options, {})
    return _CLEANER.clean(html).strip()


def to_plain(text: str) -> str:
    """The words alone, on one line: for summaries, descriptions and search."""
    words = " ".join(" ".join(_words(_parse(text))).split())
    return mail_mask.mask(words)  # emphasis may have parted an address in the tokens


def excerpt(text: str, length: int = 280) -> str:
    """The beginning, cut between words."""
    beginning = text[: length * _TYPED_PER_SHOWN]
    plain = to_plain(beginning)
    if len(plain) <= length and len(beginning) == len(text):
        return plain
    return _cut(plain, length)


def count_links(text: str) -> int:
    """Links to other sites, embedded videos included."""
    if not _MAY_LINK.search(text):
        return 0
    return render(text).count("<a ")


def _parse(text: str) -> "list[Token]":
    tidy = pasted.tidy(typed_text.clean_text(text).text)
    return _parser().parse(tidy)


@cache
def _parser() -> MarkdownIt:
    # Rules make their state per call, so one parser serves all threads.
    parser = MarkdownIt("zero", {"maxNesting": 60})
    parser.enable(["blockquote", "heading", "hr", "list"])
    parser.enable(["newline", "escape", "emphasis", "link", "autolink"])
    parser.enable(["balance_pairs", "fragments_join"])
    parser.block.ruler.before("hr", "end_mark", _end_mark)
    parser.inline.ruler.at("link", links.link)
    parser.inline.ruler.at("emphasis", _emphasis)
    # Where text may end: fewer signs than by default, since fewer mean anything here.
    parser.inline.terminator_re = re.compile(r"[\n\\*_\[\]:<]")
    parser.inline.ruler.before("newline", "bare_address", links.bare_address)
    parser.core.ruler.push("finish_links", links.finish_links)
    parser.core.ruler.push("lower_headings", _lower_headings)
    parser.core.ruler.push("place_embeds", _place_embeds)
    parser.add_render_rule("mail", _render_mail)
    parser.add_render_rule("embed", _render_embed)
    parser.validateLink = links.is_allowed  # type: ignore[method-assign]
    parser.normalizeLink = links.normalise  # type: ignore[method-assign]
    parser.normalizeLinkText = links.normalise_text  # type: ignore[method-assign,assignment]
    # The rules are put in order at first use: here, not in two threads at once.
    parser.render("ready")
    return parser


def _emphasis(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 markdown-it calls it so
    if len(state.delimiters) > MAX_DELIMITERS or _multiplies(state):
        return False
    return bool(tokenize_emphasis(state, silent))


def _multiplies(state: "StateInline") -> bool:
    around = state.src[max(0, state.pos - 1) : state.pos + 2]
    return _PRODUCT.fullmatch(around) is not None


def _end_mark(state: "StateBlock", line: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 markdown-it calls it so
    start = state.bMarks[line] + state.tShift[line]
    text = state.src[start : state.eMarks[line]]
    if not typed_lines.is_end_mark(text):
        return False
    if not silent:
        state.line = line + 1
        state.push("paragraph_open", "p", 1).attrs = {"class": "end-mark"}
        inline = state.push("inline", "", 0)
        inline.content, inline.children = text, []
        inline.map = [line, state.line]
        state.push("paragraph_close", "p", -1)
    return True


def _lower_headings(state: "StateCore") -> None:
    """The page has its h1; "#" and "##" are both the next below."""
    for token in state.tokens:
        if token.tag == "h1":
            token.tag = "h2"


def _place_embeds(state: "StateCore") -> None:
    """A paragraph that is only the address of a video becomes the video's figure."""
    placed: list[Token] = []
    for token in state.tokens:
        placed.append(token)
        if token.type == "paragraph_close" and token.level == 0:
            figure = _figure(placed[-2].children or [])
            if figure:
                placed[-3:] = [figure]
    state.tokens = placed


def _figure(children: "Sequence[Token]") -> Token | None:
    if [token.type for token in children] != ["link_open", "text", "link_close"]:
        return None
    embed = embeds.find(str(children[0].attrs["href"]))
    if embed is None:
        return None
    typed = children[0].info == "auto"
    label = "" if typed else children[1].content
    return Token(
        "embed", "figure", 0, block=True, content=embeds.figure(embed, label=label)
    )


def _render_mail(
    _self: "RendererHTML",
    tokens: "Sequence[Token]",
    index: int,
    _options: "OptionsDict",
    _env: "EnvType",
) -> str:
    return f'<span class="mail">{escape(tokens[index].content, quote=False)}</span>'


def _render_embed(
    _self: "RendererHTML",
    tokens: "Sequence[Token]",
    index: int,
    _options: "OptionsDict",
    _env: "EnvType",
) -> str:
    return tokens[index].content + "\n"


def _words(tokens: "Sequence[Token]") -> "Iterator[str]":
    is_end = False
    for token in tokens:
        if token.type == "paragraph_open":
            is_end = token.attrs.get("class") == "end-mark"
        elif token.type == "inline" and not is_end:
            yield "".join(
                " " if child.type in {"softbreak", "hardbreak"} else child.content
                for child in token.children or []
            )


def _cut(plain: str, length: int) -> str:
    if len(plain) <= length:
        return plain + _ELLIPSIS
    head = plain[:length]
    between_words = re.match(r".*(?=\s)", plain[: length + 1])
    # Scripts without spaces are cut anywhere but inside a cluster.
    if between_words and len(between_words[0]) > length // 2:
        head = between_words[0]
    return (
        _whole_clusters(head, plain[len(head) :]).rstrip(" ,;:-\u2013\u2014")
        + _ELLIPSIS
    )


def _whole_clusters(head: str, rest: str) -> str:
    """Steps back while the cut would part a letter from its marks."""
    following = rest[:1]
    while head and following and (_joins(following) or head[-1] == _JOINER):
        head, following = head[:-1], head[-1]
    return head


def _joins(char: str) -> bool:
    return unicodedata.category(char)[0] == "M" or char == _JOINER
