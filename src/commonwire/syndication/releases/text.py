"""A release as plain text of 72 columns that ends in ###: for mail, and for whoever
takes nothing else."""

from collections.abc import Iterator

from django.conf import settings

from commonwire.kit.line_breaks import columns, is_wide
from commonwire.syndication.releases.blocks import Block
from commonwire.syndication.releases.facts import Facts, caption_of, summary_of

WIDTH = 72
END = "###"


def render(facts: Facts) -> str:
    """Whatever its own end mark: this one tells programs that it is over."""
    paragraphs = [text for text in _paragraphs(facts) if text.strip()]
    return "\n\n".join([*paragraphs, END]) + "\n"


def _paragraphs(facts: Facts) -> Iterator[str]:
    release = facts.release
    yield f"{facts.status.upper()}\n{facts.kind}\n{facts.issued}"
    yield wrap(facts.noted)
    if facts.issuer:
        yield wrap(facts.issuer)
    if release.corrects:
        yield wrap(f"{facts.word('corrects')}: {release.corrects}")
    yield wrap(facts.post.title)
    yield wrap(release.subheadline)
    yield wrap(summary_of(facts))
    lead = f"{release.dateline} — " if release.dateline else ""
    yield from body(facts.blocks, lead)
    for head, text in facts.abouts:
        yield f"{wrap(head)}\n{wrap(text)}"
    if facts.contacts:
        people = ["\n".join(map(wrap, lines)) for lines in facts.contacts]
        yield f"{facts.word('contact')}:\n" + "\n\n".join(people)
    if facts.press_address:
        yield f"{facts.word('press')}:\n{facts.press_address}"
    if facts.pictures:
        told = [_picture(picture) for picture in facts.pictures]
        yield f"{facts.word('pictures')}:\n" + "\n".join(told)
    if release.licence:
        yield wrap(f"{facts.word('licence')}: {release.licence}")
    yield f"{facts.word('page')}:\n{facts.address}"


def body(blocks: list[Block], lead: str) -> Iterator[str]:
    """Items of a list stand close together."""
    rows: list[str] = []
    for block in blocks:
        text = _block(block, lead if block.kind == "p" else "")
        lead = "" if block.kind == "p" else lead
        if block.kind == "li":
            rows.append(text)
            continue
        if rows:
            yield "\n".join(rows)
        rows = []
        yield text
    if rows:
        yield "\n".join(rows)
    if lead:
        yield lead.rstrip(" —")


def _block(block: Block, lead: str) -> str:
    if block.kind == "rule":
        return "* * *"
    text = lead + _with_links(block)
    indent = "    " if block.quoted else ""
    if block.kind == "li":
        indent += "  " * (block.depth - 1)
        return wrap(
            text, f"{indent}{block.marker} ", indent + " " * len(f"{block.marker} ")
        )
    return wrap(text, indent, indent)


def _with_links(block: Block) -> str:
    """A link's address stands after its words, where they are not the address."""
    told = []
    for place, run in enumerate(block.runs):
        told.append(run.text)
        after = block.runs[place + 1].href if place + 1 < len(block.runs) else ""
        if run.href and run.href != after and run.href.rstrip("/") not in run.text:
            told.append(f" ({run.href})")
    return "".join(told).strip()


def _picture(picture: object) -> str:
    address = settings.SITE_URL + picture.original_address  # type: ignore[attr-defined]
    caption = caption_of(picture)  # type: ignore[arg-type]
    return f"{wrap(caption)}\n{address}" if caption else address


def wrap(text: str, first: str = "", rest: str = "") -> str:
    """By columns of a fixed-width font; an address is never broken."""
    return "\n".join(
        line
        for place, paragraph in enumerate(text.split("\n"))
        for line in _wrapped(paragraph, first if not place else rest, rest)
    )


def _wrapped(text: str, first: str, rest: str) -> list[str]:
    lines, line, width = [], first, columns(first)
    begun = True
    for word in _words(text):
        space = (
            "" if begun or (line and is_wide(line[-1]) and is_wide(word[0])) else " "
        )
        if not begun and width + len(space) + columns(word) > WIDTH:
            lines.append(line.rstrip())
            line, width, space = rest, columns(rest), ""
        line += space + word
        width += len(space) + columns(word)
        begun = False
    return [*lines, line.rstrip()]


def _words(text: str) -> Iterator[str]:
    """Between wide letters a line may end anywhere."""
    for word in text.split():
        begun = 0
        for place, letter in enumerate(word):
            if is_wide(letter):
                if word[begun:place]:
                    yield word[begun:place]
                yield letter
                begun = place + 1
        if word[begun:]:
            yield word[begun:]
