"""Every write to attachments: taking in, describing, publishing, removing."""

import functools
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from commonwire.kit.mail_mask import mask
from commonwire.media import store
from commonwire.media.models import Attachment
from commonwire.media.workshop import the_workshop

UPLOAD_AGE: Final = timedelta(hours=1)
ORPHAN_AGE: Final = timedelta(hours=1)
DRAFT_AGE: Final = timedelta(hours=24)
# Set by the workshop and by publication, not by people.
_MADE: Final = ("width", "height", "renditions", "removed", "note", "published_at")


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
    """Take a picture in: its renditions are made and durable when this returns.

    Raises Refused with a sentence for the contributor, or ValidationError for words
    that are too long. The upload is deleted whatever happens.
    """
    attachment = Attachment(
        alt=mask(alt),
        caption=mask(caption),
        credit=mask(credit),
        decorative=decorative,
    )
    try:
        attachment.clean_fields(exclude=_MADE)
        _make_renditions(attachment, upload)
    finally:
        upload.unlink(missing_ok=True)
    return attachment


@transaction.atomic
def describe(
    *,
    attachment: Attachment,
    alt: str | None = None,
    caption: str | None = None,
    credit: str | None = None,
    decorative: bool | None = None,
) -> Attachment:
    """Change the words that go with a picture; None leaves one as it is."""
    words = {"alt": alt, "caption": caption, "credit": credit}
    changed: dict[str, str | bool] = {
        name: mask(value) for name, value in words.items() if value is not None
    }
    if decorative is not None:
        changed["decorative"] = decorative
    for name, value in changed.items():
        setattr(attachment, name, value)
    attachment.clean_fields(exclude=_MADE)
    attachment.save(update_fields=list(changed))
    return attachment


@transaction.atomic
def publish(*, attachments: Sequence[Attachment]) -> None:
    """Files first, then rows; what was found in the sources is forgotten."""
    now = timezone.now()
    for attachment in attachments:
        store.publish(attachment.public_id, attachment.names, day=now)
    for attachment in attachments:
        attachment.published_at = attachment.published_at or now
        attachment.removed = []
        attachment.note = ""
        attachment.save(update_fields=["published_at", "removed", "note"])
        _settle_after_commit(attachment)


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
    uploads = list(store.old_uploads(now - UPLOAD_AGE))
    for upload in uploads:
        upload.unlink(missing_ok=True)
    with transaction.atomic():
        abandoned = list(
            unplaced.filter(published_at=None, created_at__lt=now - DRAFT_AGE)
        )
        discard(attachments=abandoned)
    return Swept(len(uploads), len(abandoned), _sweep_directories(now - ORPHAN_AGE))


def _make_renditions(attachment: Attachment, upload: Path) -> None:
    directory = store.make_room(attachment.public_id)
    try:
        made = the_workshop.make(upload=upload, into=directory, slot=store.slot())
        attachment.width, attachment.height = made.width, made.height
        attachment.renditions = [item.as_dict() for item in made.renditions]
        attachment.removed = [asdict(trace) for trace in made.removed]
        attachment.note = made.note
        attachment.save()
    except BaseException:
        store.remove_unpublished(attachment.public_id)
        raise


def _settle_after_commit(attachment: Attachment) -> None:
    transaction.on_commit(functools.partial(_settle, attachment.public_id))


def _settle(public_id: str) -> bool:
    """Remove the files that the committed row does not want; whether there were any.

    Looks at the row again, because a transaction may have hidden a post and shown it
    after all.
    """
    row = Attachment.objects.filter(public_id=public_id).first()
    kept_private = row is not None and row.published_at is None
    kept_public = row is not None and row.published_at is not None
    public = not kept_public and store.remove_public(public_id)
    private = not kept_private and store.remove_unpublished(public_id)
    return public or private


def _sweep_directories(before: datetime) -> int:
    old = {*store.old_unpublished(before), *store.old_public(before)}
    return sum(_settle(public_id) for public_id in old)
