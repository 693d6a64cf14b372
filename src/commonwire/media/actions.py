"""Every write to attachments but the making: taking in, describing, publishing,
removing. The making is in ``media.work``."""

import functools
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from commonwire.kit.mail_mask import mask
from commonwire.media import captions, effort, sketching, store
from commonwire.media.exchange import MAX_TEXT, Options
from commonwire.media.models import Attachment, master_name
from commonwire.media.removals import note_removal, tell_removed
from commonwire.media.states import State
from commonwire.media.workshop import the_reception

UPLOAD_AGE: Final = timedelta(hours=1)
ORPHAN_AGE: Final = timedelta(hours=1)
DRAFT_AGE: Final = timedelta(hours=24)
# Beside an attachment's options, while it is made.
LOOK_FIRST: Final = "look_first"
WORDS: Final = ("alt", "caption", "credit", "decorative")


@dataclass(frozen=True)
class Swept:
    uploads: int
    attachments: int
    directories: int


def receive(
    *,
    upload: Path,
    alt: str = "",
    caption: str = "",
    credit: str = "",
    decorative: bool = False,
) -> Attachment:
    """Take a file in: it is looked at, and waits for its renditions to be made.

    Raises Refused with a sentence for the contributor, or ValidationError for words
    that are too long; then the upload is deleted.
    """
    attachment = Attachment(
        alt=mask(alt), caption=mask(caption), credit=mask(credit), decorative=decorative
    )
    try:
        _check_words(attachment)
        looked = the_reception.look(upload=upload)
        attachment.kind, attachment.state = looked.kind, State.WAITING
        attachment.width, attachment.height = looked.width, looked.height
        attachment.seconds, attachment.pages = looked.seconds, looked.pages
        attachment.heavy = effort.is_long(attachment)
        attachment.upload = upload.name
        store.make_room(attachment.public_id)
        store.keep_traces(
            attachment.public_id, [asdict(trace) for trace in looked.removed]
        )
        attachment.save()
        transaction.on_commit(store.pulse().beat)
    except BaseException:
        upload.unlink(missing_ok=True)
        store.remove_unpublished(attachment.public_id)
        raise
    return attachment


@transaction.atomic
def describe(
    *,
    attachment: Attachment,
    alt: str | None = None,
    caption: str | None = None,
    credit: str | None = None,
    decorative: bool | None = None,
    text: str | None = None,
) -> Attachment:
    """Change the words that go with a file; None leaves one as it is."""
    if text is not None:
        text = text[:MAX_TEXT]
    words = {"alt": alt, "caption": caption, "credit": credit, "text": text}
    changed: dict[str, str | bool] = {
        name: mask(value) for name, value in words.items() if value is not None
    }
    if decorative is not None:
        changed["decorative"] = decorative
    for name, value in changed.items():
        setattr(attachment, name, value)
    _check_words(attachment)
    attachment.save(update_fields=list(changed))
    return attachment


def caption(*, attachment: Attachment, upload: Path) -> Attachment:
    """Give a recording the captions of a WebVTT or SRT file; the file is deleted.

    Raises Refused, and then the captions stay as they were.
    """
    try:
        attachment.captions = captions.clean(upload)
    finally:
        upload.unlink(missing_ok=True)
    attachment.save(update_fields=["captions"])
    return attachment


@transaction.atomic
def change_options(
    *, attachment: Attachment, options: Options, look_first: bool = False
) -> Attachment:
    """Cover places in a file, or take covers away: it waits to be made again.

    Of a published file, what was public is gone when this is committed; with
    ``look_first`` it is public again when its author has looked at it (`show`).
    """
    attachment = _locked(attachment)
    if attachment.state == State.MADE and attachment.published_at:
        _bring_back(attachment)
    attachment.options = options.as_dict()
    if look_first and attachment.published_at:
        attachment.options[LOOK_FIRST] = True
    attachment.state, attachment.progress, attachment.attempts = State.WAITING, 0, 0
    attachment.heavy = effort.is_long(attachment)
    lay_captions(attachment, day=timezone.now())
    leave_out_words(attachment)
    sketching.forget_numbered(attachment.public_id)
    fields = ["options", "state", "progress", "attempts", "heavy", "text"]
    attachment.save(update_fields=[*fields, "content_id", "captions_id"])
    transaction.on_commit(store.pulse().beat)
    return attachment


@transaction.atomic
def show(*, attachment: Attachment) -> Attachment:
    """Its author has looked at what was made of it: it is public again."""
    row = _locked(attachment)
    if not row.is_shown:
        return row
    now = timezone.now()
    store.publish(row.public_id, row.content_id, row.names, day=now)
    row.state = State.MADE
    lay_captions(row, day=now)
    _settle_after_commit(row)
    row.note, row.faces, row.options, row.upload = "", None, {}, ""
    row.save()
    return row


def leave_out_words(attachment: Attachment) -> None:
    """Of a published document that is to be pictures only; the caller saves the row. A
    draft's words are kept until then, since its author may want them after all."""
    if attachment.published_at and attachment.is_wordless:
        attachment.text = ""


def _bring_back(attachment: Attachment) -> None:
    """A published file becomes the master that its covered form is made from."""
    room = store.unpublished(attachment.public_id)
    if not room.exists():
        store.make_room(attachment.public_id)
    name = master_name(attachment.kind, attachment.names)
    source = store.public(attachment.content_id) / name
    store.keep_master(attachment.public_id, source)
    _settle_public_after_commit(attachment.content_id)
    _settle_former_after_commit(attachment)
    attachment.content_id = ""


@transaction.atomic
def publish(*, attachments: Sequence[Attachment]) -> None:
    """Files first, then rows; what was found in the sources is forgotten.

    What is still being made becomes public as soon as it is.
    """
    now = timezone.now()
    for given in attachments:
        row = _locked(given)
        if row.is_made:
            store.publish(row.public_id, row.content_id, row.names, day=now)
        given.published_at = given.published_at or row.published_at or now
        given.note, given.faces = "", None
        given.state, given.content_id = row.state, row.content_id
        given.captions, given.captions_id = row.captions, row.captions_id
        given.upload, given.text, given.options = row.upload, row.text, row.options
        lay_captions(given, day=now)
        leave_out_words(given)
        fields = ["published_at", "note", "faces", "captions_id", "text"]
        _settle_after_commit(given)
        if row.is_made:
            # The upload, too, of what was covered before it was made.
            given.options, given.upload = {}, ""
            fields += ["options", "upload"]
        given.save(update_fields=fields)


def lay_captions(attachment: Attachment, *, day: datetime) -> None:
    """Make an attachment's captions public, as a file that players read; the caller
    saves the row. Captions that were public before are gone after the commit.

    While there is no player (its file is being made, or was refused) no page leads to
    them, and somebody who covers or disguises may not want them read: they are laid
    down with the file."""
    before, after = attachment.captions_id, ""
    if attachment.captions and attachment.is_made:
        after = store.publish_captions(attachment.captions, day=day)
    attachment.captions_id = after
    if before and before != after:
        _settle_public_after_commit(before)


@transaction.atomic
def publish_captions(*, attachment: Attachment) -> Attachment:
    """Lay down a published attachment's captions, which were changed or lost."""
    row = _locked(attachment)
    if row.captions and row.is_made:
        store.remove_captions(store.captions_id_of(row.captions))
    lay_captions(row, day=row.published_at or timezone.now())
    row.save(update_fields=["captions_id"])
    attachment.captions_id = row.captions_id
    return row


def is_shared(attachment: Attachment) -> bool:
    """Whether another published attachment has the very same files."""
    same = Attachment.objects.filter(
        content_id=attachment.content_id, published_at__isnull=False, state=State.MADE
    )
    return bool(attachment.content_id) and same.exclude(pk=attachment.pk).exists()


@transaction.atomic
def discard(*, attachments: Iterable[Attachment]) -> None:
    """Gone everywhere: rows, public files, private files."""
    for attachment in attachments:
        _settle_after_commit(attachment)
        attachment.delete()


def sweep(*, now: datetime, unplaced: QuerySet[Attachment]) -> Swept:
    """Delete what crashes and abandoned drafts left behind.

    ``unplaced`` are the attachments that belong to no post; which those are is known
    to the packages above this one.
    """
    with transaction.atomic():
        abandoned = list(
            unplaced.filter(published_at=None, created_at__lt=now - DRAFT_AGE)
        )
        discard(attachments=abandoned)
    waiting = set(
        Attachment.objects.exclude(upload="").values_list("upload", flat=True)
    )
    old = list(store.old_uploads(now - UPLOAD_AGE))
    uploads = [upload for upload in old if upload.name not in waiting]
    for upload in uploads:
        upload.unlink(missing_ok=True)
    return Swept(len(uploads), len(abandoned), _sweep_directories(now - ORPHAN_AGE))


def settle(public_id: str, content_id: str) -> bool:
    """Remove the files that the committed rows do not want; whether there were any."""
    row = Attachment.objects.filter(public_id=public_id).first()
    if row is not None and row.published_at and row.is_made:
        _see_to_public_files(row)
    if row is not None and row.published_at:
        # Its room may be kept until it is made; what it told its author is not.
        store.forget_traces(public_id)
    keeps_private = row is not None and (row.published_at is None or row.is_under_way)
    private = not keeps_private and store.remove_unpublished(public_id)
    return settle_public(content_id) or private


def _see_to_public_files(row: Attachment) -> None:
    """Somebody may have removed them for the last time while this was committed."""
    if row.captions_id:
        with store.guard(row.captions_id):
            store.publish_captions(row.captions, day=row.published_at or timezone.now())
    with store.guard(row.content_id):
        if store.made(row.public_id, row.content_id).exists():
            day = row.published_at or timezone.now()
            store.publish(row.public_id, row.content_id, row.names, day=day)


def settle_public(content_id: str) -> bool:
    """Looks at the rows again: a transaction may have removed one and added another
    with the same files."""
    if not content_id:
        return False
    with store.guard(content_id):
        if is_wanted(content_id):
            return False
        names = store.public_names(content_id)
        addresses = [f"/media/{content_id}/{name}" for name in names]
        note_removal(addresses)
        removed = store.remove_public(content_id)
    if removed:
        tell_removed(addresses)
    return removed


def is_wanted(content_id: str) -> bool:
    """Whether a committed row names these public files."""
    files = Q(content_id=content_id, state=State.MADE) | Q(captions_id=content_id)
    return Attachment.objects.filter(files, published_at__isnull=False).exists()


def _settle_after_commit(attachment: Attachment) -> None:
    transaction.on_commit(
        functools.partial(settle, attachment.public_id, attachment.content_id)
    )
    _settle_former_after_commit(attachment)
    if attachment.captions_id:
        _settle_public_after_commit(attachment.captions_id)
    if attachment.upload:
        upload = store.upload(attachment.upload)
        transaction.on_commit(functools.partial(_forget_upload, upload))


def _forget_upload(upload: Path) -> None:
    """Unless a row still waits for it to be made."""
    if not Attachment.objects.filter(upload=upload.name).exists():
        upload.unlink(missing_ok=True)


def _settle_public_after_commit(content_id: str) -> None:
    transaction.on_commit(functools.partial(settle_public, content_id))


def _settle_former_after_commit(attachment: Attachment) -> None:
    """Made again by a newer recipe, its files keep their old addresses for a while."""
    for content_id in store.former(attachment.public_id):
        _settle_public_after_commit(content_id)


def _sweep_directories(before: datetime) -> int:
    private = sum(settle(public_id, "") for public_id in store.old_unpublished(before))
    public = sum(settle_public(each) for each in store.old_public(before))
    store.forget_former()
    return private + public


def _locked(attachment: Attachment) -> Attachment:
    return Attachment.objects.select_for_update().get(pk=attachment.pk)


def _check_words(attachment: Attachment) -> None:
    every: list[Any] = [field.name for field in Attachment._meta.fields]  # noqa: SLF001
    attachment.clean_fields(exclude=[name for name in every if name not in WORDS])
