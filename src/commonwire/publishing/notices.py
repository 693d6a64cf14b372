"""What the draft page has to tell, and beside which of its elements that stands."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Notice:
    """``about`` is the id of an element of the page; empty for the whole of it."""

    words: str
    about: str = ""

    def __str__(self) -> str:
        return self.words


def about_field(words: str, name: str) -> Notice:
    """A notice of the publish form's field of this name."""
    return Notice(words, name if name.startswith("file-") else f"id_{name}")


def stored(notices: Iterable[Notice]) -> list[dict[str, str]]:
    return [asdict(notice) for notice in notices]


def read(told: Iterable[dict[str, str] | str]) -> list[Notice]:
    """Drafts of an older version have the words alone."""
    return [Notice(each) if isinstance(each, str) else Notice(**each) for each in told]
