import errno
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commonwire.kit.disk import is_full
from commonwire.rescue import sealing
from commonwire.rescue.backing_up import Done, back_up
from commonwire.rescue.failures import Refused
from commonwire.rescue.sealing import Seal
from commonwire.rescue.telling import counted, megabytes


class Command(BaseCommand):
    help = "Put the site into one file, while it runs; `restore` makes it again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a new file")
        parser.add_argument(
            "--since",
            type=Path,
            metavar="OLD",
            help="only what OLD, an earlier backup, does not hold; keep both together",
        )
        parser.add_argument(
            "--recipient",
            metavar="AGE",
            help="encrypt to an age recipient (age1…), whose key is not on this machine",
        )
        parser.add_argument(
            "--passphrase-file",
            default="",
            metavar="FILE",
            help="encrypt by the passphrase in a file (else "
            "COMMONWIRE_BACKUP_PASSPHRASE, or it is asked for)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            seal = _seal(options["recipient"], options["passphrase_file"])
            done = back_up(options["file"], since=options["since"], seal=seal)
        except Refused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(no_room(error, options["file"])) from error
        self._say(done, options["file"])

    def _say(self, done: Done, file: Path) -> None:
        for each in done.left_out:
            self.stdout.write(f"left out: {each}")
        self.stdout.write(
            f"{file}: {counted(done.rows, 'row')}, {counted(done.files, 'file')} "
            f"new, {megabytes(done.size)}, read again and found whole"
        )
        if done.about.since:
            names = ", ".join(each.file for each in done.about.since)
            self.stdout.write(f"keep it together with {names}")


def _seal(recipient: str | None, passphrase_file: str) -> Seal | None:
    if recipient:
        return sealing.by_recipient(recipient)
    words = sealing.passphrase_from(passphrase_file, twice=True)
    return sealing.by_passphrase(words) if words else None


def no_room(error: OSError, file: Path) -> str:
    if is_full(error):
        return f"no room left for {file}; nothing of it was kept"
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"not allowed to write {error.filename or file}"
    return f"{error.filename or file}: {error.strerror or error}"
