"""What templates ask when they show the files of a post."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from commonwire.media.captions import Line, transcript
from commonwire.media.models import Attachment
from commonwire.media.states import Kind

register = template.Library()
# A row is full when its pictures side by side are so many times as wide as high.
FULL_ROW = 2.2
# In twentieths: how site.css names the shapes that it knows.
SHAPES = range(10, 41)
# Of a document, in letters: some fifteen pages. All its words are in the file itself.
MOST_WORDS = 40_000
KILOBYTE, MEGABYTE, GIGABYTE = 1e3, 1e6, 1e9
TEN = 10


@dataclass
class Row:
    """Pictures side by side, or one file of another kind."""

    files: list[Attachment] = field(default_factory=list)

    @property
    def is_pictures(self) -> bool:
        return _is_seen(self.files[0])

    @property
    def is_single(self) -> bool:
        return len(self.files) == 1

    @property
    def is_full(self) -> bool:
        return sum(_ratio(file) for file in self.files) >= FULL_ROW


@register.filter
def lead(files: Iterable[Attachment]) -> Attachment | None:
    """The picture that stands above the text: the first file, when it is a picture that
    leaves the text on the first screen."""
    first = next(iter(files), None)
    if first is None or not _is_seen(first) or first.decorative:
        return None
    return first if _ratio(first) >= 1 else None


@register.filter
def after_lead(files: Iterable[Attachment]) -> list[Attachment]:
    found = list(files)
    return found[1:] if lead(found) else found


@register.filter
def rows(files: Iterable[Attachment]) -> list[Row]:
    """Files as they stand below one another, in their author's order."""
    found: list[Row] = []
    for file in files:
        if not (found and _fits(found[-1], file)):
            found.append(Row())
        found[-1].files.append(file)
    return found


def _fits(row: Row, file: Attachment) -> bool:
    return row.is_pictures and _is_seen(file) and not row.is_full


def _is_seen(file: Attachment) -> bool:
    return file.kind == Kind.PICTURE and not file.refusal


def _ratio(file: Attachment) -> float:
    return file.width / file.height if file.width and file.height else 1.5


@register.filter
def shape(file: Attachment) -> str:
    """The class of a picture's proportions: `s30` is three to two."""
    wanted = round(_ratio(file) * 20)
    return f"s{min(max(wanted, SHAPES[0]), SHAPES[-1])}"


@register.filter
def needs(post: Any, what: str) -> bool:
    """Whether a post has files for which a page needs a script."""
    return any(_NEEDS[what](file) for file in _every_file(post))


_NEEDS: dict[str, Callable[[Attachment], bool]] = {
    "waiting": lambda file: file.is_under_way,
    "gallery": lambda file: file.kind == Kind.PICTURE and not file.refusal,
    "player": lambda file: file.kind in {Kind.VIDEO, Kind.SOUND} and not file.refusal,
}


def _every_file(post: Any) -> Iterator[Attachment]:
    for part in (post, *post.parts, *getattr(post, "commented", ())):
        yield from part.attachments


@register.filter
def size(number: float) -> str:
    """“12 MB”: as computers count when they ask what a download costs."""
    for unit, name in ((GIGABYTE, _("%s GB")), (MEGABYTE, _("%s MB"))):
        if number >= unit:
            places = 1 if number < TEN * unit else 0
            return name % number_format(round(number / unit, places), places)
    return _("%s kB") % number_format(max(round(number / KILOBYTE), 1))


@register.filter
def grouped(number: int) -> str:
    """“12,000”."""
    return number_format(number, force_grouping=True)


@register.filter
def said_in(file: Attachment) -> list[Line]:
    """What is said in a recording, by its captions, while they are there to be read."""
    return transcript(file.captions) if file.captions_address else []


@register.filter
def beginning(text: str) -> str:
    """As much of a document's words as a page can carry; empty when that is all."""
    if len(text) <= MOST_WORDS:
        return ""
    return text[:MOST_WORDS].rpartition(" ")[0] or text[:MOST_WORDS]


@register.simple_tag
def number_files(post: Any) -> str:
    """Let each file know which of its kind it is, where a post has several."""
    kinds: dict[str, list[Attachment]] = defaultdict(list)
    for file in _every_file(post):
        kinds[file.kind].append(file)
    for files in kinds.values():
        for number, file in enumerate(files, 1):
            file.number = number if len(files) > 1 else 0
    return ""


@register.filter
def plain_name(file: Attachment) -> str:
    """What it is called whose author gave it no name: “Recording 2 (4:33)”."""
    named = f"{_(_NAMES[Kind(file.kind)])} {file.number or ''}".strip()
    if file.seconds:
        return f"{named} ({_clock(file.seconds)})"
    if file.pages:
        pages = ngettext("%d page", "%d pages", file.pages) % file.pages
        return f"{named}, {pages}"
    return named


def _clock(seconds: float) -> str:
    minutes, rest = divmod(max(round(seconds), 1), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


_NAMES = {
    Kind.PICTURE: gettext_noop("Picture"),
    Kind.VIDEO: gettext_noop("Video"),
    Kind.SOUND: gettext_noop("Recording"),
    Kind.DOCUMENT: gettext_noop("Document"),
}


@register.filter
def playing_time(seconds: float) -> str:
    """In words, the two largest units: “2 minutes 5 seconds”."""
    minutes, rest = divmod(max(round(seconds), 1), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [
        ngettext("%d hour", "%d hours", hours) % hours if hours else "",
        ngettext("%d minute", "%d minutes", minutes) % minutes if minutes else "",
        ngettext("%d second", "%d seconds", rest) % rest if rest else "",
    ]
    return " ".join([part for part in parts if part][:2])


@register.filter
def signs(kinds: Iterable[str]) -> list[str]:
    """What lists say that a post has beside words and pictures."""
    return [_(_SIGNS[Kind(kind)]) for kind in kinds]


_SIGNS = {
    Kind.VIDEO: gettext_noop("with video"),
    Kind.SOUND: gettext_noop("with sound"),
    Kind.DOCUMENT: gettext_noop("with a document"),
}
