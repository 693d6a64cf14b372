"""What a PDF says, and in which letters."""

import io

import pikepdf
import pypdfium2


def words_of(pdf):
    """Its text layer on one line, and the size of its first page in points."""
    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    size = tuple(round(side) for side in document[0].get_size())
    document.close()
    return " ".join(text.split()), size


def letters_of(pdf):
    """Its text layer's letters, whichever way and in whichever form they stand."""
    return {letter for letter in words_of(pdf)[0] if letter.isalpha()}


def pages_of(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def boxes_of(pdf):
    """How many letters its fonts do not have: a font's glyph 0 is drawn for those."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return sum(_boxes(page) for page in document.pages)


def _boxes(page):
    shown = (
        operand
        for operands, operator in pikepdf.parse_content_stream(page)
        if str(operator) in {"Tj", "TJ"}
        for operand in operands
    )
    return sum(_zeros(each) for each in shown)


def _zeros(operand):
    if isinstance(operand, pikepdf.Array):
        return sum(_zeros(each) for each in operand)
    if not isinstance(operand, pikepdf.String):
        return 0
    codes = bytes(operand)
    return sum(codes[at : at + 2] == b"\0\0" for at in range(0, len(codes), 2))
