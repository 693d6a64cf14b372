from django.db import models
from django.utils import timezone

from commonwire.kit.fates import PRIVATE


class Change(models.Model):
    """One row saying "this changed", for the machines that react to it.

    ``facts`` carries what a reader of changes needs without asking the tables: a post's
    address, its sections and class before and after.
    """

    kind = models.CharField(max_length=40)
    post_id = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Fates:
        id = PRIVATE
        kind = PRIVATE
        post_id = PRIVATE
        facts = PRIVATE
        at = PRIVATE

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"


class Cursor(models.Model):
    """How far one reader of the changes has come."""

    name = models.CharField(max_length=40, primary_key=True)
    position = models.BigIntegerField(default=0)

    class Fates:
        name = PRIVATE
        position = PRIVATE

    def __str__(self) -> str:
        return f"{self.name} at {self.position}"


class Running(models.Model):
    """A process of the site's that runs, or did a moment ago. Its name is made of chance
    and says nothing of the machine."""

    name = models.CharField(max_length=20, primary_key=True)
    kind = models.CharField(max_length=10)
    seen_at = models.DateTimeField()

    class Fates:
        name = PRIVATE
        kind = PRIVATE
        seen_at = PRIVATE

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Home(models.Model):
    """The data directory that goes with these rows; one row (`changes.home`)."""

    name = models.CharField(max_length=32)

    class Fates:
        id = PRIVATE
        name = PRIVATE

    def __str__(self) -> str:
        return self.name


class Sum(models.Model):
    """What all processes together did since the site began, such as pages printed."""

    name = models.CharField(max_length=40, primary_key=True)
    number = models.FloatField(default=0)

    class Fates:
        name = PRIVATE
        number = PRIVATE

    def __str__(self) -> str:
        return f"{self.name}: {self.number}"
