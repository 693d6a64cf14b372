"""The parts that the town's posts are written in. Hours count back from now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Picture:
    name: str
    alt: str
    caption: str = ""
    credit: str = "Drawn for the Bend Wire"


@dataclass(frozen=True)
class Part:
    title: str
    body: str = ""
    byline: str = ""
    related_url: str = ""
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Story:
    hours: float
    title: str
    body: str
    kind: str = "report"
    byline: str = ""
    summary: str = ""
    topics: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    language: str = "en"
    related_url: str = ""
    wire_class: str = "unsorted"
    pictures: tuple[Picture, ...] = ()
    addenda: tuple[Part, ...] = ()
    feature: str = ""
    # The text as it was first published, where it was corrected since.
    first_body: str = ""
    note: str = ""
    # Of an event: what `demo.events.content_of` takes.
    event: Mapping[str, Any] | None = None
    withdrawn: bool = False
    waiting: bool = False
