from django.db import models
from django.db.models import Q

from commonwire.calls.models import Organisation
from commonwire.kit.fates import PRIVATE, PUBLIC
from commonwire.publishing.models import Addendum, Post
from commonwire.search.fields import TokensField

# Raised when tokens come out differently: every site then goes through its posts again.
RECIPE = 2


class Entry(models.Model):
    """Something that can be found: a post, an addendum, an organisation.

    Its number says when it was published, so that the newest are found first by number
    alone (`search.numbers`). It holds what to look for and nothing to show: what is shown
    is read from the thing itself, if that may be read.
    """

    id = models.BigIntegerField(primary_key=True)
    # Of an addendum: the post that it belongs to.
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="+")
    addendum = models.ForeignKey(Addendum, models.CASCADE, null=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, related_name="+"
    )
    # The first part of its code.
    language = models.CharField(max_length=20, blank=True, db_index=True)
    tokens = TokensField()
    # Of the tokens: what is the same is not written again.
    digest = models.CharField(max_length=32)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(
                name="entry_of_one_thing",
                condition=Q(post__isnull=False, organisation=None)
                | Q(post=None, addendum=None, organisation__isnull=False),
            )
        ]

    class Fates:
        id = PRIVATE
        post = PRIVATE
        addendum = PRIVATE
        organisation = PRIVATE
        language = PRIVATE
        tokens = PUBLIC
        digest = PRIVATE

    def __str__(self) -> str:
        return f"entry {self.pk}"


class Filling(models.Model):
    """How far the index of what was there before has come; one row. While its recipe is
    not the program's, the index is made again."""

    recipe = models.PositiveIntegerField(default=0)
    # The number of the post that was indexed last; they are gone through from the newest.
    next_post = models.BigIntegerField(null=True)
    done_at = models.DateTimeField(null=True)

    class Fates:
        id = PRIVATE
        recipe = PRIVATE
        next_post = PRIVATE
        done_at = PRIVATE

    def __str__(self) -> str:
        return f"index of recipe {self.recipe}"
