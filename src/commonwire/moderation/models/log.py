from django.db import models

from commonwire.kit.fates import PRIVATE, PUBLIC


class LogHead(models.Model):
    """How many entries the log has; there is one row, and who appends holds it."""

    size = models.PositiveBigIntegerField(default=0)

    class Fates:
        id = PRIVATE
        size = PUBLIC

    def __str__(self) -> str:
        return f"{self.size} entries"


class LogEntry(models.Model):
    """The bytes that the log commits to. No row is ever changed or deleted."""

    number = models.PositiveBigIntegerField(primary_key=True)
    entry = models.BinaryField()

    class Fates:
        number = PUBLIC
        entry = PUBLIC

    def __str__(self) -> str:
        return f"entry {self.number}"


class LogTile(models.Model):
    """Up to 256 hashes in a row: of entries, or of full tiles of the level below."""

    level = models.PositiveSmallIntegerField()
    number = models.PositiveBigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("level", "number"), name="one_tile_a_place")
        ]

    class Fates:
        id = PRIVATE
        level = PUBLIC
        number = PUBLIC
        hashes = PUBLIC

    def __str__(self) -> str:
        return f"tile {self.level}/{self.number}"
