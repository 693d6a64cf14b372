from django.db import models

from commonwire.kit.fates import PRIVATE, wiped
from commonwire.media.models import Attachment, new_public_id
from commonwire.publishing.models.draft import Draft

_SWEPT = wiped("with its draft, or a day after its last piece came")


class Upload(models.Model):
    """A file that comes in pieces (``media.arriving``), for a draft.

    The contributor's name for it is not kept: it may say who they are, and only their
    browser needs it. The row outlives the last piece, so that a sender who missed the
    answer to it can ask again.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="uploads")
    # As of a placement: 0 is the post, n its nth addendum.
    part = models.PositiveSmallIntegerField(default=0)
    # In bytes, of the whole.
    length = models.PositiveBigIntegerField()
    # What it became.
    attachment = models.OneToOneField(
        Attachment, models.CASCADE, null=True, related_name="upload_row"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Fates:
        id = PRIVATE
        public_id = _SWEPT
        draft = _SWEPT
        part = _SWEPT
        length = _SWEPT
        attachment = _SWEPT
        created_at = _SWEPT

    def __str__(self) -> str:
        return f"upload {self.pk}"
