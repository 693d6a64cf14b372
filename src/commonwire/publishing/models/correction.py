from typing import Any, NamedTuple

from django.db import models
from django.db.models import Q
from django.utils.text import capfirst

from commonwire.kit.fates import PRIVATE, PUBLIC
from commonwire.publishing.models.post import Addendum, Post
from commonwire.publishing.parts import name_of
from commonwire.publishing.release import NAMES
from commonwire.publishing.states import Author


class Change(NamedTuple):
    name: str
    before: str
    after: str

    @property
    def is_gone(self) -> bool:
        """What it kept is not public any more, and was taken out."""
        return self.before == self.after


class Correction(models.Model):
    """A dated change to a published post or one of its addenda; the old text is kept.

    ``before`` and ``after`` hold the fields that changed, by name.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="corrections")
    addendum = models.ForeignKey(Addendum, models.CASCADE, null=True)
    by = models.CharField(max_length=10, choices=Author.choices)
    note = models.CharField(max_length=500, blank=True)
    before = models.JSONField()
    after = models.JSONField()
    # Its texts were taken out, for somebody's safety.
    redacted = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="readers_do_not_correct", condition=~Q(by=Author.READER)
            )
        ]

    class Fates:
        id = PRIVATE
        post = PUBLIC
        addendum = PUBLIC
        by = PUBLIC
        note = PUBLIC
        before = PUBLIC
        after = PUBLIC
        redacted = PUBLIC
        made_at = PUBLIC

    def __str__(self) -> str:
        return f"correction of {self.post_id}"

    @property
    def changes(self) -> list[Change]:
        """What changed, field by field, under the names that forms use."""
        target = Addendum if self.addendum_id else Post
        return [
            Change(capfirst(_name_of(target, name)), self.before[name], after)
            for name, after in self.after.items()
        ]


def _name_of(target: Any, field: str) -> str:
    if found := NAMES.get(field) or name_of(field):
        return str(found)
    return str(target._meta.get_field(field).verbose_name)  # noqa: SLF001
