import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from commonwire import env
from commonwire.rescue import sealing
from commonwire.rescue.archive import Opened
from commonwire.rescue.failures import Refused
from commonwire.rescue.management.commands.backup import no_room
from commonwire.rescue.restoring import restore
from commonwire.rescue.telling import counted


class Command(BaseCommand):
    help = "Make a site from a backup, in an empty data directory and database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="what `backup` made")
        parser.add_argument(
            "--identity",
            metavar="FILE",
            help="the age key of the recipient that it was encrypted to",
        )
        parser.add_argument(
            "--passphrase-file",
            default="",
            metavar="FILE",
            help="the passphrase that it was encrypted by (else "
            "COMMONWIRE_BACKUP_PASSPHRASE, or it is asked for)",
        )
        parser.add_argument(
            "--new-keys",
            action="store_true",
            help="without the old site's keys, when they are lost",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        key = _Key(options["identity"], options["passphrase_file"])
        try:
            done = restore(
                options["file"], identity=key.of, new_keys=options["new_keys"]
            )
        except Refused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(no_room(error, options["file"])) from error
        except DatabaseError as error:
            raise CommandError(f"the database refuses the rows: {error}") from error
        self.stdout.write(
            f"{done.site} as it was at {done.made_at}: {counted(done.rows, 'row')}, "
            f"{counted(done.files, 'file')}, read again and found whole"
        )
        _prepare(Path(settings.DATA_DIR))
        self.stdout.write("start it with `commonwire serve`")


def _prepare(data: Path) -> None:
    """Its style sheets and first pages, by a process that begins with the site's own key
    and address: this one began with neither."""
    if not (data / "secret_key").is_file():
        return  # `serve` makes one, and does this as well
    own = {k: v for k, v in os.environ.items() if k != f"{env.PREFIX}SECRET_KEY"}
    words = [sys.executable, "-m", "commonwire", "prepare"]
    done = subprocess.run(  # noqa: S603 - words of our own
        words, env=own, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise CommandError(
            "it is restored, but does not start: " + done.stderr.strip()[-500:]
        )


class _Key:
    """Asked for once, for a backup and those that it goes on from."""

    def __init__(self, identity: str | None, passphrase_file: str) -> None:
        self._identity = sealing.identity_in(identity) if identity else None
        self._file, self._words = passphrase_file, ""

    def of(self, opened: Opened) -> Any:
        if not opened.is_sealed:
            return None
        if not opened.key:
            if self._identity is None:
                raise Refused(
                    "this backup is encrypted to an age recipient; say --identity FILE"
                )
            return self._identity
        self._words = self._words or sealing.passphrase_from(self._file, twice=False)
        if not self._words:
            raise Refused(
                "this backup is encrypted; set COMMONWIRE_BACKUP_PASSPHRASE or say "
                "--passphrase-file FILE"
            )
        return sealing.opened(opened.key, self._words)
