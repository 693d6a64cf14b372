from django.db import models

from commonwire.kit.fates import PRIVATE, wiped
from commonwire.publishing.models.post import Post
from commonwire.publishing.typed import MOST_FILES, MOST_FILES_OF_COMMENT

_SWEPT = wiped("at publication, or two days after the last change")


class Draft(models.Model):
    """What somebody typed and uploaded, before it becomes a post exactly once.

    ``typed`` is the form as it came, wrong parts included, so that nothing is lost. The
    address of a draft is its secret; only a hash of it is stored.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    typed = models.JSONField(default=dict)
    # For the draft page, as publishing.notices keeps them: files refused, characters
    # removed.
    notices = models.JSONField(default=list)
    # Facts for screening: the honeypot was filled, when the form was opened. And which
    # post it adds to or comments on; once it is public, which comment it became.
    signs = models.JSONField(default=dict)
    # Bytes of all files taken in.
    received = models.PositiveBigIntegerField(default=0)
    # What the post is kept waiting for was told to the author on the next page.
    post = models.ForeignKey(Post, models.CASCADE, null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)

    class Fates:
        id = PRIVATE
        token_hash = _SWEPT
        typed = _SWEPT
        notices = _SWEPT
        signs = wiped(
            "at publication (a comment's number an hour after it), or two days after the "
            "last change"
        )
        received = _SWEPT
        post = wiped("an hour after publication")
        created_at = _SWEPT
        changed_at = _SWEPT

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def comments_on(self) -> int | None:
        """The number of the post that it is a comment on, if it is one."""
        found: int | None = self.signs.get("comments_on")
        return found

    @property
    def most_files(self) -> int:
        return MOST_FILES if self.comments_on is None else MOST_FILES_OF_COMMENT
