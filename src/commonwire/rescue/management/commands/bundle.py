from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commonwire.rescue.bundling import bundle
from commonwire.rescue.failures import Refused
from commonwire.rescue.management.commands.backup import no_room
from commonwire.rescue.telling import counted, megabytes


class Command(BaseCommand):
    help = "Put one post, with its files and their signed hashes, into one zip file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("post", help="its number or address")
        parser.add_argument("file", type=Path, nargs="?", help="default: its slug.zip")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            target, head = bundle(options["post"], options["file"])
        except Refused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(no_room(error, options["file"] or Path())) from error
        self.stdout.write(
            f"{target}: {counted(head.files, 'file')}, {megabytes(head.size)}; "
            "`commonwire verify` proves it"
        )
