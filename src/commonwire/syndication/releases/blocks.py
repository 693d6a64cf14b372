"""The HTML that `kit.markup` made, as the plain blocks that texts and letters are set
from."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

_BLOCKS = {"p", "li", "h2", "h3", "h4", "h5", "h6", "figure"}
_STYLES = {"strong": "b", "em": "i"}


@dataclass
class Run:
    text: str
    b: bool = False
    i: bool = False
    href: str = ""


@dataclass
class Block:
    """``kind``: `p`, `h`, `li`, `rule` or `end`; ``marker``: of an item, its number or
    a bullet; ``depth``: how deep in lists."""

    kind: str
    runs: list[Run] = field(default_factory=list)
    marker: str = ""
    depth: int = 0
    quoted: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self.lists: list[int | None] = []  # the next number, of numbered ones
        self.quoting = 0
        self.style = {"b": 0, "i": 0}
        self.href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in {"ul", "ol"}:
            start = told.get("start") or "1"
            self.lists.append(int(start) if tag == "ol" else None)
        elif tag == "blockquote":
            self.quoting += 1
        elif tag in _STYLES:
            self.style[_STYLES[tag]] += 1
        elif tag == "a":
            self.href = told.get("href") or ""
        elif tag == "hr":
            self.blocks.append(Block("rule"))
        elif tag == "br":
            self._add("\n")
        elif tag in _BLOCKS:
            self._begin(tag, told.get("class") or "")

    def _begin(self, tag: str, name: str) -> None:
        last = self.blocks[-1] if self.blocks else None
        if tag == "p" and last and last.kind == "li" and not last.runs:
            return  # the paragraph of an item is the item
        block = Block("h" if tag[0] == "h" else "p", depth=len(self.lists))
        block.quoted = self.quoting > 0
        if tag == "li":
            block.kind, block.marker = "li", self._marker()
        if "end-mark" in name:
            block.kind = "end"
        self.blocks.append(block)

    def _marker(self) -> str:
        number = self.lists[-1] if self.lists else None
        if number is None:
            return "•"
        self.lists[-1] = number + 1
        return f"{number}."

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
        elif tag == "blockquote":
            self.quoting -= 1
        elif tag in _STYLES:
            self.style[_STYLES[tag]] -= 1
        elif tag == "a":
            self.href = ""

    def handle_data(self, data: str) -> None:
        if self.blocks and (data.strip() or self.blocks[-1].runs):
            text = data.replace("\n", " ")
            runs = self.blocks[-1].runs
            self._add(text.lstrip() if runs and runs[-1].text == "\n" else text)

    def _add(self, text: str) -> None:
        if self.blocks:
            bold, italic = self.style["b"] > 0, self.style["i"] > 0
            self.blocks[-1].runs.append(Run(text, bold, italic, self.href))


def blocks_of(html: str) -> list[Block]:
    """Without end marks at its end: who sets it says itself that it is over."""
    reader = _Reader()
    reader.feed(html)
    found = [each for each in reader.blocks if each.kind == "rule" or each.text]
    while found and found[-1].kind in {"end", "rule"}:
        found.pop()
    return found


def as_data(block: Block) -> dict[str, Any]:
    return {**vars(block), "runs": [vars(run) for run in block.runs]}
