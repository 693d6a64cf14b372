"""Words that one text has from another."""

from collections.abc import Iterable


def first_quotation(text: str, sources: Iterable[str], *, least: int) -> str:
    """The first ``least`` words in a row that stand in a source, too."""
    said = text.casefold().split()
    there = " ".join(" ".join(sources).casefold().split())
    for start in range(len(said) - least + 1):
        words = " ".join(said[start : start + least])
        if words in there:
            return words
    return ""
