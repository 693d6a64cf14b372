"""Which data directory a database belongs to.

All processes of a site need the same one (docs/scale.md): with two, files that are sent
to one would wait for ever for a worker on the other, and two keys would sign the log. The
log's key is what a directory is known by: a copy of the whole directory is the same one,
which is what moving house is.
"""

import hashlib
from pathlib import Path

from commonwire import env
from commonwire.changes.models import Home


class AnotherHome(Exception):
    """The message says what to do."""


def settle(data: Path, *, anew: bool = False) -> None:
    """This is the directory, if the database has none yet; raises when it has another.
    ``anew``: the other is lost."""
    name = _name(data)
    if anew:
        Home.objects.update_or_create(pk=1, defaults={"name": name})
    home, _made = Home.objects.get_or_create(pk=1, defaults={"name": name})
    if home.name != name:
        raise AnotherHome(_WHY.format(data))


def examine(data: Path) -> None:
    """For who starts on what is prepared already."""
    if Home.objects.exclude(name=_name(data)).exists():
        raise AnotherHome(_WHY.format(data))


_WHY = (
    "this database belongs to a site with another data directory than {}: all processes "
    "of a site share one (docs/scale.md), so set COMMONWIRE_DATA to it. If it is lost, "
    "bring log_key back from a backup; if that is lost, too, `commonwire prepare "
    "--new-home` goes on with this directory, and who verifies the log sees a break"
)


def _name(data: Path) -> str:
    told = f"home of {env.log_key(data)}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]
