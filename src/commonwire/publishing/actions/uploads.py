"""Files that come to a draft in pieces: begun, whole, given up."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.media import actions as media
from commonwire.media import arriving, quotas
from commonwire.media.messages import Refused
from commonwire.media.models import Attachment
from commonwire.media.resting import PASSING
from commonwire.media.workshop import refusal
from commonwire.publishing.actions import drafts
from commonwire.publishing.author_queries import lock_draft
from commonwire.publishing.models import Draft, Placement, Upload
from commonwire.publishing.queries import the_site

# After its last piece.
UPLOAD_LIFE = timedelta(hours=24)
ORPHAN_AGE = timedelta(hours=1)


class TooLate(Exception):
    """The draft was published meanwhile."""


def begin(*, draft: Draft, length: int, part: int) -> Upload:
    """Make room for a file; raises Refused with a sentence when there is none."""
    if length == 0:
        raise refusal("empty")
    quotas.check_file(length)
    quotas.check_disk(length)
    check_site(length)
    with transaction.atomic():
        draft = _unpublished(draft)
        underway = draft.uploads.filter(attachment=None)
        if draft.placements.count() + underway.count() >= draft.most_files:
            raise Refused("too_many", _no_room(draft.most_files))
        coming = underway.aggregate(sum=Sum("length"))["sum"] or 0
        quotas.check_post(length, taken=draft.received + coming)
        draft.changed_at = timezone.now()
        draft.save(update_fields=["changed_at"])
        known = part <= len(draft.typed.get("addenda", ()))
        upload = Upload.objects.create(
            draft=draft, length=length, part=part if known else 0
        )
        # Its name is new: whatever becomes of the row, nobody else has this file.
        arriving.begin(upload.public_id)
    return upload


def _no_room(most: int) -> str:
    if most == 1:
        return _("One file fits in a comment; remove it first.")
    return _("%(most)s files fit in a post; remove one first.") % {"most": most}


def check_site(wanted: int) -> None:
    quotas.check_site(wanted, gigabytes=the_site().room_for_files)


def finish(*, upload: Upload) -> None:
    """Take the whole file in and place it; again does nothing.

    1. It is handed over and looked at, outside of any transaction; it stays here.
    2. One transaction places it and remembers what it became.
    3. What arrived is removed. A crash before that is mended by asking again.

    Raises Refused when it cannot be taken, and then the upload is gone, unless the
    reason will pass.
    """
    with arriving.held(upload.public_id):
        upload.refresh_from_db()
        if upload.attachment is None:
            try:
                received = media.receive(upload=arriving.hand_over(upload.public_id))
            except Refused as refused:
                if refused.reason not in PASSING:
                    end(upload=upload)
                raise
            _place(upload, received)
        arriving.remove(upload.public_id)


def _unpublished(draft: Draft) -> Draft:
    """For nobody else until the transaction ends."""
    if lock_draft(draft) is not None:
        raise TooLate
    return Draft.objects.get(pk=draft.pk)


def _place(upload: Upload, attachment: Attachment) -> None:
    try:
        with transaction.atomic():
            draft = _unpublished(upload.draft)
            upload.refresh_from_db()  # its addendum may have moved
            placed = drafts.place_in_draft(
                draft=draft, attachment=attachment, part=upload.part
            )
            _keep_order(upload, placed)
            upload.attachment = attachment
            upload.save(update_fields=["attachment"])
            count(draft=draft, received=upload.length)
    except (TooLate, Draft.DoesNotExist, Upload.DoesNotExist):
        media.discard(attachments=[attachment])
        raise


def _keep_order(upload: Upload, placed: Placement) -> None:
    """Files go side by side and end in any order; they stand as they were begun."""
    later = upload.draft.placements.filter(
        part=placed.part, attachment__upload_row__pk__gt=upload.pk
    ).first()
    if later is not None:
        drafts.place_before(placement=placed, other=later)


def count(*, draft: Draft, received: int) -> None:
    """Remember how much a draft took in."""
    Draft.objects.filter(pk=draft.pk).update(received=F("received") + received)


def end(*, upload: Upload) -> None:
    """Give an upload up; a file that it became stays."""
    if upload.pk:
        upload.delete()
    arriving.remove(upload.public_id)


def terminate(*, upload: Upload) -> None:
    """Take an upload away, as its sender wants, with the file that it became."""
    if upload.attachment is None:
        with arriving.held(upload.public_id):
            upload.refresh_from_db()
            if upload.attachment is None:
                end(upload=upload)
                return
    with transaction.atomic():
        placed = _unpublished(upload.draft).placements
        of_it = placed.filter(attachment=upload.attachment)
        drafts.remove_from_draft(placements=list(of_it.select_related("attachment")))


def end_unfinished(*, draft: Draft) -> None:
    """Give up what is not whole in a draft; what is being taken in just now stays."""
    for upload in draft.uploads.filter(attachment=None):
        try:
            with arriving.held(upload.public_id):
                end(upload=upload)
        except arriving.Busy:
            continue
        except FileNotFoundError:
            end(upload=upload)


def sweep_uploads() -> int:
    """Forget what nobody goes on with, and files that a crash left without a row."""
    now = timezone.now()
    unfinished = Upload.objects.filter(attachment=None)
    left = set(arriving.older_than(now - UPLOAD_LIFE))
    unfinished.filter(public_id__in=left).delete()
    quiet = set(arriving.older_than(now - ORPHAN_AGE))
    wanted = unfinished.filter(public_id__in=quiet)
    gone = quiet - set(wanted.values_list("public_id", flat=True))
    for name in gone:
        arriving.remove(name)
    # Their files were lost: nobody can go on with them.
    unfinished.filter(created_at__lt=now - 2 * UPLOAD_LIFE).delete()
    return len(gone)
