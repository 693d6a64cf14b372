"""Whether rows and files agree, and what to do where they do not."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from django.db.models import Q
from django.utils import timezone

from commonwire.media import (
    actions,
    contents,
    remaking,
    resting,
    store,
    strays,
    work,
)
from commonwire.media.exchange import Options
from commonwire.media.messages import Refused
from commonwire.media.models import Attachment
from commonwire.media.removals import tell_removed
from commonwire.media.states import State
from commonwire.media.work import Tell

MISSING: Final = "is missing"
WRONG: Final = "is not as it was made"
SOURCELESS: Final = "waits, and there is nothing to make it from"
ORPHAN: Final = "belongs to nothing"
# What is said beside of a file that others are made from.
LOST: Final = (
    "and nothing is left to make it from: it is to be refused, and its author must send "
    "it once more"
)
SMALLER: Final = "and can be made again from {}, no better than that is"


Watch = Callable[[Iterable[Attachment], int], Iterable[Attachment]]


@dataclass(frozen=True)
class Fault:
    """``about``: an attachment's or a content's id, by what is wrong; ``name`` of one of
    its files."""

    what: str
    about: str
    name: str = ""
    place: str = ""
    hope: str = ""

    def __str__(self) -> str:
        told = (self.place, self.about, self.name, self.what, self.hope)
        return " ".join(filter(None, told))


def find(*, now: datetime, watch: Watch = lambda rows, _: rows) -> Iterator[Fault]:
    """``now``: what is younger than an hour may still be under way. ``watch`` is given
    the rows and how many they are, and passes them on: every file is read."""
    rows = Attachment.objects.order_by("pk")
    for row in watch(rows.iterator(chunk_size=500), rows.count()):
        yield from _of_row(row)
    yield from _without_rows(now - actions.ORPHAN_AGE)


def mend(fault: Fault, *, tell: Tell) -> str:
    """Put right what can be; in a word, what was done."""
    if fault.what != ORPHAN:
        row = Attachment.objects.filter(public_id=fault.about).first()
        return _mend_row(row, tell) if row else "gone"
    if fault.place == "stray":
        strays.remove(fault.about)
    elif fault.place == "upload":
        store.upload(fault.about).unlink(missing_ok=True)
    elif fault.place == "draft":
        actions.settle(fault.about, "")
    elif fault.name:
        with store.guard(fault.about):
            strays.remove_inside(fault.about, fault.name)
        tell_removed([f"/media/{fault.about}/{fault.name}"])
    else:
        actions.settle_public(fault.about)
    return "removed"


def _of_row(row: Attachment) -> Iterator[Fault]:
    if row.is_under_way and not _has_source(row):
        yield Fault(SOURCELESS, row.public_id)
    if row.is_made:
        yield from _with_hope(row, list(_of_files(row, _place(row))))
    if row.published_at and row.is_made and row.captions:
        file = store.public(store.captions_id_of(row.captions)) / store.CAPTIONS
        if not row.captions_id or not _says(file, row.captions):
            yield Fault(MISSING, row.public_id, store.CAPTIONS)


def _of_files(row: Attachment, directory: Path) -> Iterator[Fault]:
    for item in row.renditions:
        file = directory / item["name"]
        if not file.is_file():
            yield Fault(MISSING, row.public_id, item["name"])
        elif not _is_file(file, item["bytes"], item.get("sha256")):
            yield Fault(WRONG, row.public_id, item["name"])


def _with_hope(row: Attachment, faults: list[Fault]) -> Iterator[Fault]:
    """Of what others are made from it is said what will become of it."""
    hope = _hope(row, {fault.name for fault in faults})
    for fault in faults:
        yield replace(fault, hope=hope) if fault.name == row.full_name else fault


def _hope(row: Attachment, broken: set[str]) -> str:
    if row.full_name not in broken or _is_in_private(row):
        return ""
    if not row.published_at:
        return "" if store.master(row.public_id) else LOST
    source = remaking.source_of(row, _whole(row, broken))
    return SMALLER.format(source) if source else LOST


def _whole(row: Attachment, broken: set[str]) -> list[str]:
    return [name for name in row.names if name not in broken]


def _is_in_private(row: Attachment) -> bool:
    return not list(_of_files(row, store.made(row.public_id, row.content_id)))


def _place(row: Attachment) -> Path:
    if row.published_at:
        return store.public(row.content_id)
    return store.made(row.public_id, row.content_id)


def _has_source(row: Attachment) -> bool:
    upload = bool(row.upload) and store.upload(row.upload).is_file()
    return upload or store.master(row.public_id) is not None


def _is_file(file: Path, size: int, digest: str | None) -> bool:
    """Without a digest, which older rows lack, one of this size."""
    is_whole = file.is_file() and file.stat().st_size == size
    return is_whole and digest in (None, contents.digest_of(file))


def _says(file: Path, words: str) -> bool:
    return file.is_file() and file.read_bytes() == words.encode()


def _without_rows(before: datetime) -> Iterator[Fault]:
    for name in strays.old(before):
        yield Fault(ORPHAN, name, place="stray")
    for content_id in store.old_public(before):
        yield from _unwanted(content_id)
    rows = Attachment.objects.all()
    for public_id in store.old_unpublished(before):
        row = rows.filter(public_id=public_id).first()
        if row is None or (row.published_at and not row.is_under_way):
            yield Fault(ORPHAN, public_id, place="draft")
    for upload in store.old_uploads(before):
        if not rows.filter(upload=upload.name).exists():
            yield Fault(ORPHAN, upload.name, place="upload")


def _unwanted(content_id: str) -> Iterator[Fault]:
    wanted = _names_of(content_id)
    if not wanted:
        yield Fault(ORPHAN, content_id, place="media")
        return
    for name in store.public_names(content_id):
        if name not in wanted:
            yield Fault(ORPHAN, content_id, name, "media")


def _names_of(content_id: str) -> set[str]:
    mine = Q(content_id=content_id, state=State.MADE) | Q(captions_id=content_id)
    rows = Attachment.objects.filter(mine, published_at__isnull=False)
    names = {name for row in rows if row.content_id == content_id for name in row.names}
    if any(row.captions_id == content_id for row in rows):
        names.add(store.CAPTIONS)
    return names


def _mend_row(row: Attachment, tell: Tell) -> str:
    """What was mended already, with another of its files, is right by now."""
    faults = list(_of_row(row))
    if not faults:
        return "mended already"
    if row.published_at and any(fault.name == store.CAPTIONS for fault in faults):
        actions.publish_captions(attachment=row)
        faults = list(_of_row(row))
    if not faults:
        return "published again"
    if row.published_at and row.is_made:
        return _mend_public(row, {fault.name for fault in faults}, tell)
    if row.is_made and store.master(row.public_id):
        # A draft's: what lies there damaged would be taken for what is made.
        store.remove_other_contents(row.public_id, "")
        actions.change_options(attachment=row, options=Options.read(row.options))
        return "waits to be made again"
    return _refuse(row, tell)


def _mend_public(row: Attachment, broken: set[str], tell: Tell) -> str:
    in_private = _is_in_private(row)
    _unlink(row, broken)
    if in_private:
        day = row.published_at or timezone.now()
        store.publish(row.public_id, row.content_id, row.names, day=day)
        actions.settle(row.public_id, row.content_id)
        return "published again"
    whole = _whole(row, broken)
    source = remaking.source_of(row, whole)
    try:
        if source and remaking.make_again(row.public_id, tell=tell, whole=whole):
            return f"made again from {source}"
    except Refused as refused:
        if refused.reason in resting.PASSING:
            return f"left as it is: {refused}"
    except OSError as error:
        return f"left as it is: {error}"
    return _refuse(row, tell)


def _refuse(row: Attachment, tell: Tell) -> str:
    """Its page says so instead of showing a player of what is not there."""
    content_id = row.content_id
    work.refuse(row, "lost", tell)
    actions.settle_public(content_id)
    return "refused; its author must send it once more"


def _unlink(row: Attachment, names: set[str]) -> None:
    with store.guard(row.content_id):
        for name in names:
            strays.remove_inside(row.content_id, name)
