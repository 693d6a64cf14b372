"""Text as it is pasted, set again as the plain CommonMark that says the same.

Comes from word processors, mails and old sites: broken at 72 columns, with bullets of
any shape, quoted with ">". The parser after this one sees only tidy blocks.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from commonwire.kit import line_breaks, typed_lines
from commonwire.kit.line_breaks import TypedLine
from commonwire.kit.typed_lines import Kind, Line

MAX_LIST_DEPTH = 6
_ALONE = (Kind.HEADING, Kind.RULE, Kind.END_MARK)


@dataclass(slots=True)
class _Block:
    """A paragraph or an item, with how little was quoted between it and the last."""

    lines: list[Line]
    gap: int | None  # quoting of blank lines before it; None: there was none

    @property
    def first(self) -> Line:
        return self.lines[0]

    def typed(self) -> list[TypedLine]:
        return [TypedLine(line.width, line.body) for line in self.lines]

    def wraps(self, document: int) -> list[bool]:
        is_item = self.first.kind is Kind.ITEM
        return line_breaks.wrapped(self.typed(), document, is_item=is_item)


@dataclass(slots=True)
class _Level:
    indent: int  # as typed
    symbol: str
    content: int  # column, as set, where the item's text begins


@dataclass(slots=True)
class _Setter:
    """Sets blocks one after another, knowing which lists are open."""

    document: int
    out: list[str] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=list)
    quoting: int = 0

    def set(self, block: _Block) -> None:
        in_list = bool(self.levels) and block.first.quoting == self.quoting
        if not in_list:
            self.levels.clear()
        if block.first.kind is Kind.ITEM:
            lead, column = self._item(block.first)
        else:
            lead, column = "", self._text(block)
        if not (in_list and block.first.kind is Kind.ITEM):
            self._separate(block)
        self.quoting = block.first.quoting
        quote = "> " * self.quoting
        head = quote + " " * (column - len(lead)) + lead
        for number, line in enumerate(self._lines(block)):
            self.out.append((quote + " " * column if number else head) + line)

    def _separate(self, block: _Block) -> None:
        shared = min(self.quoting, block.first.quoting)
        if block.gap is not None:
            shared = min(shared, block.gap)
        self.out.append(("> " * shared).rstrip())

    def _item(self, line: Line) -> tuple[str, int]:
        """Opens an item; says what it begins with and where its text does."""
        indent = self._indent(line)
        levels = self.levels
        while levels and indent < levels[-1].indent:
            levels.pop()
        sibling = levels and indent < levels[-1].indent + 2
        symbol = line.symbol
        if sibling or len(levels) == MAX_LIST_DEPTH:
            symbol = _continued(levels.pop().symbol, symbol)
        lead = f"{symbol} " if symbol[0].isdigit() else "- "
        column = (levels[-1].content if levels else 0) + len(lead)
        levels.append(_Level(indent, symbol, column))
        return lead, column

    def _indent(self, line: Line) -> int:
        """Word processors paste the second level by its bullet alone."""
        if not self.levels or line.symbol not in typed_lines.SECOND_LEVEL:
            return line.indent
        top = self.levels[0]
        if top.symbol in typed_lines.SECOND_LEVEL:
            return line.indent
        return max(line.indent, top.indent + 2)

    def _text(self, block: _Block) -> int:
        """The column for a paragraph: inside the item it is indented under, if any."""
        levels = self.levels
        if block.gap is None or block.first.kind in _ALONE:
            levels.clear()
        while levels and block.first.indent <= levels[-1].indent:
            levels.pop()
        return levels[-1].content if levels else 0

    def _lines(self, block: _Block) -> Iterator[str]:
        first = block.first
        if first.kind is Kind.HEADING:
            yield f"{first.symbol} {first.body}"
            return
        if first.kind is Kind.RULE:
            yield "---"
            return
        if first.kind is Kind.END_MARK:
            yield first.body
            return
        bodies = [typed_lines.literal(line.body) for line in block.lines]
        pending = bodies[0]
        wraps = block.wraps(self.document)
        for body, wrap in zip(bodies[1:], wraps, strict=True):
            if (
                wrap
                and line_breaks.is_wide(pending[-1])
                and line_breaks.is_wide(body[0])
            ):
                pending += body  # no space between ideographs
                continue
            # A typed "\" at the end is CommonMark's own way to break.
            yield pending if wrap or pending.endswith("\\") else pending + "  "
            pending = body
        yield pending


def _continued(before: str, symbol: str) -> str:
    """A higher number goes on with its list, whether "2." or "2)" is written."""
    if not (before[0].isdigit() and symbol[0].isdigit()):
        return symbol
    number = symbol[:-1]
    return number + before[-1] if int(number) > int(before[:-1]) else symbol


def tidy(text: str) -> str:
    blocks = list(_blocks(typed_lines.read(text)))
    document = line_breaks.document_width(block.typed() for block in blocks)
    setter = _Setter(document)
    for block in blocks:
        for part in _parts(block, document):
            setter.set(part)
    return "\n".join(setter.out)


def _blocks(lines: list[Line]) -> Iterator[_Block]:
    block: _Block | None = None
    gap: int | None = None
    for line in lines:
        if line.kind is Kind.BLANK:
            gap = line.quoting if gap is None else min(gap, line.quoting)
            continue
        continues = (
            block is not None
            and gap is None
            and line.kind is Kind.TEXT
            and block.first.kind not in _ALONE
            and block.first.quoting == line.quoting
        )
        if block is not None and continues:
            block.lines.append(line)
            continue
        if block is not None:
            yield block
        block, gap = _Block([line], gap), None
    if block is not None:
        yield block


def _parts(block: _Block, document: int) -> Iterator[_Block]:
    """An item, and what follows it without a blank line but is not part of it: text
    at the margin, on a line that was broken on purpose."""
    if block.first.kind is not Kind.ITEM:
        yield block
        return
    wraps = block.wraps(document)
    for number, (line, wrap) in enumerate(zip(block.lines[1:], wraps, strict=True), 1):
        indented = line.indent > block.first.indent
        if not (wrap or indented or line.body[0].islower()):
            yield _Block(block.lines[:number], block.gap)
            yield _Block(block.lines[number:], None)
            return
    yield block
