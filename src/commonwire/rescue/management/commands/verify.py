import contextlib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commonwire.rescue.manifest import heads
from commonwire.rescue.manifest.folders import BadManifest
from commonwire.rescue.manifest.verifying import Copy, InFolder, InZip, Verdict, verify
from commonwire.rescue.telling import Teller, counted, megabytes

USAGE = 2


class Command(BaseCommand):
    help = "Prove that an export, a mirror or a bundle is what its site signed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("place", type=Path, metavar="DIR|FILE")
        parser.add_argument(
            "--key",
            help="the site's key, from somewhere else (`commonwire log key` tells it; "
            "default: the one that lies there)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        teller = Teller("file")
        try:
            key = heads.verifier_of(options["key"]) if options["key"] else None
            with _opened(options["place"]) as copy:
                verdict = verify(copy, key, teller.did)
        except BadManifest as error:
            raise CommandError(f"{options['place']}: {error}") from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        teller.close()
        self._say(verdict)
        if not key:
            self.stdout.write(
                "its key is the one it names itself; compare it with the one you know, "
                f"or say --key:\n  {verdict.verifier}"
            )

    def _say(self, verdict: Verdict) -> None:
        found = {
            "missing": verdict.missing,
            "changed": verdict.changed,
            "added": verdict.added,
            "removed from the site, and still here": verdict.still_here,
        }
        for what, names in found.items():
            for name in names:
                self.stdout.write(f"{what}: {name}")
        number = sum(map(len, found.values()))
        head = verdict.head
        if number:
            raise CommandError(
                f"this copy is wrong: {counted(number, 'file')} of {head.files:,}"
            )
        self.stdout.write(
            f"{counted(head.files, 'file')}, {megabytes(head.size)}, all as "
            f"{verdict.verifier.name} signed them; root {head.root}"
        )


@contextlib.contextmanager
def _opened(place: Path) -> Iterator[Copy]:
    if place.is_dir():
        yield InFolder(place)
        return
    if not place.exists():
        raise CommandError(f"there is no {place}", returncode=USAGE)
    try:
        with zipfile.ZipFile(place) as archive:
            yield InZip(archive)
    except zipfile.BadZipFile:
        raise BadManifest("it is no folder and no bundle") from None
