"""Typed text into clean HTML: a small part of CommonMark, forgiving about the rest."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple

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
# Figures in one text; further videos stay links.
MAX_VIDEOS = 10
_AGAIN = "again"  # says of a figure that its video is linked in the text too
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


class _Rendered(NamedTuple):
    html: str
    links: int


def render(text: str) -> str:
    """Clean HTML for what was typed. A preview's is kept for its publication."""
    return _rendered(text).html


@lru_cache(KEPT)
def _rendered(text: str) -> _Rendered:
    parser = _parser()
    tokens = _parse(text)
    html: str = parser.renderer.render(tokens, parser.options, {})
    clean = _CLEANER.clean(html).strip()
    again = sum(token.type == "embed" and token.info == _AGAIN for token in tokens)
    return _Rendered(clean, clean.count("<a ") - again)


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
    """Links to other sites; a video counts once, though a player follows its link."""
    if not _MAY_LINK.search(text):
        return 0
    return _rendered(text).links


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
    """A line that is only the address of a video becomes the video's figure.

    Where a video is linked inside a text, the figure follows the block.
    """
    tokens = state.tokens
    alone = [
        embed.video
        for index, token in enumerate(tokens)
        if _is_paragraph(tokens, index)
        for line in _typed_lines(token.children or [])
        if (embed := _only_video(line))
    ]
    figures = _Figures(dict.fromkeys(list(dict.fromkeys(alone))[:MAX_VIDEOS], False))
    placed: list[Token] = []
    for index, token in enumerate(tokens):
        if _is_paragraph(tokens, index):
            opened, closed = placed.pop(), tokens[index + 1]
            placed += _set_paragraph(opened, token, closed, figures)
        elif token.type == "paragraph_close" and _is_paragraph(tokens, index - 1):
            continue
        else:
            placed.append(token)
            if token.type == "inline":
                figures.note(token.children or [])
            if token.nesting == -1 and token.level == 0:
                placed += figures.noted()
    state.tokens = placed


@dataclass(slots=True)
class _Figures:
    """Each video is shown once in a text; those that stand alone come first."""

    alone: dict[str, bool]  # whether its figure is placed
    linked: set[str] = field(default_factory=set)
    waiting: list[embeds.Embed] = field(default_factory=list)

    def take(self, line: "Sequence[Token]") -> Token | None:
        """The figure of a line that is only a video, the first time."""
        embed = _only_video(line)
        if embed is None or self.alone.get(embed.video, True):
            return None
        self.alone[embed.video] = True
        link, label, _close = _meaningful(line)
        return _figure(embed, "" if link.info == "auto" else label.content)

    def note(self, children: "Sequence[Token]") -> None:
        """Remembers the videos that are linked here, for the end of the block."""
        for child in children:
            if child.type != "link_open":
                continue
            if len(self.alone) + len(self.linked) >= MAX_VIDEOS:
                return
            embed = embeds.find(str(child.attrs["href"]))
            if embed and embed.video not in self.alone.keys() | self.linked:
                self.linked.add(embed.video)
                self.waiting.append(embed)

    def noted(self) -> "Iterator[Token]":
        for embed in self.waiting:
            yield _figure(embed, again=True)
        self.waiting.clear()


def _set_paragraph(
    opened: Token, inline: Token, closed: Token, figures: _Figures
) -> "Iterator[Token]":
    """The paragraph, parted where a line of it becomes a figure."""
    kept: list[Token] = []
    for line in _typed_lines(inline.children or []):
        figure = figures.take(line)
        if figure is None:
            kept += line
            continue
        yield from _part(opened, kept, closed, figures)
        yield figure
        kept = []
    yield from _part(opened, kept, closed, figures)


def _part(
    opened: Token, children: list[Token], closed: Token, figures: _Figures
) -> "Iterator[Token]":
    while children and children[-1].type == "hardbreak":
        children.pop()
    if children:
        yield opened
        yield Token("inline", "", 0, level=1, children=children)
        yield closed
        figures.note(children)
        yield from figures.noted()


def _is_paragraph(tokens: "Sequence[Token]", index: int) -> bool:
    """Whether these are the words of a paragraph that is in no list or quotation."""
    if tokens[index].type != "inline":
        return False
    opened = tokens[index - 1]
    return (
        opened.type == "paragraph_open"
        and opened.level == 0
        and "class" not in opened.attrs
    )


def _typed_lines(children: "Sequence[Token]") -> "Iterator[list[Token]]":
    """Lines as they were broken on purpose, each with its break; emphasis is whole."""
    line: list[Token] = []
    depth = 0
    for child in children:
        depth += child.nesting
        line.append(child)
        if child.type == "hardbreak" and not depth:
            yield line
            line = []
    if line:
        yield line


def _meaningful(line: "Sequence[Token]") -> list[Token]:
    return [
        token
        for token in line
        if token.type != "hardbreak"
        and not (token.type == "text" and not token.content.strip())
    ]


def _only_video(line: "Sequence[Token]") -> embeds.Embed | None:
    tokens = _meaningful(line)
    if [token.type for token in tokens] != ["link_open", "text", "link_close"]:
        return None
    return embeds.find(str(tokens[0].attrs["href"]))


def _figure(embed: embeds.Embed, label: str = "", *, again: bool = False) -> Token:
    html = embeds.figure(embed, label=label)
    info = _AGAIN if again else ""
    return Token("embed", "figure", 0, block=True, content=html, info=info)


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
