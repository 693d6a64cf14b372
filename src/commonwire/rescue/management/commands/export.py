from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commonwire.rescue.exporting import export
from commonwire.rescue.failures import Refused
from commonwire.rescue.management.commands.backup import no_room
from commonwire.rescue.telling import counted, megabytes


class Command(BaseCommand):
    help = "Put the whole public site into a folder that opens from a disk."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", type=Path, help="a new folder, or an earlier export")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            head = export(options["dir"])
        except Refused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(no_room(error, options["dir"])) from error
        self.stdout.write(
            f"{options['dir']}: {counted(head.files, 'file')}, {megabytes(head.size)}; "
            f"root {head.root}\nopen index.html; `commonwire verify` proves it"
        )
