from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from commonwire.rescue.exporting import print_what_is_missing
from commonwire.rescue.failures import Refused
from commonwire.rescue.management.commands.backup import no_room
from commonwire.rescue.manifest import keeping
from commonwire.rescue.telling import counted, megabytes


class Command(BaseCommand):
    help = "Make or renew the site's signed manifest, at /manifest/, for mirrors."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all",
            action="store_true",
            help="print every page that nobody has asked for yet, as the first time",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.PUBLIC_DIR)
        try:
            if options["all"] or not keeping.is_kept():
                print_what_is_missing()
            head, builder = keeping.renew()
        except Refused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(no_room(error, root)) from error
        self.stdout.write(
            f"{counted(head.files, 'file')}, {megabytes(head.size)}, "
            f"{counted(builder.changed, 'folder')} looked at; root {head.root}"
        )
