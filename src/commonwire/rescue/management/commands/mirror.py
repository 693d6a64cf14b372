from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commonwire.rescue.failures import Refused
from commonwire.rescue.management.commands.backup import no_room
from commonwire.rescue.mirroring import mirror
from commonwire.rescue.telling import counted, megabytes

MOST_SAID = 20


class Command(BaseCommand):
    help = "Make a copy of a site from its manifest, or bring one up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("url", help="the site, or a mirror of it")
        parser.add_argument("dir", type=Path, help="a new folder, or an earlier mirror")
        parser.add_argument(
            "--key",
            default="",
            help="the site's key, from somewhere else (`commonwire log key` tells it; "
            "default: the one that the first run found)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = mirror(options["url"], options["dir"], options["key"])
        except Refused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(no_room(error, options["dir"])) from error
        for name in done.failed[:MOST_SAID]:
            self.stdout.write(f"not what the manifest says, and not taken: {name}")
        self.stdout.write(
            f"{counted(done.fetched, 'file')} new, {done.removed:,} removed; "
            f"{counted(done.requests, 'request')}, {done.bytes:,} bytes"
        )
        if done.failed:
            raise CommandError(
                f"{counted(len(done.failed), 'file')} could not be had; the rest is "
                "here. Run it again later"
            )
        self.stdout.write(
            f"{counted(done.head.files, 'file')}, {megabytes(done.head.size)}, root "
            f"{done.head.root}, signed by\n  {done.verifier}"
        )
