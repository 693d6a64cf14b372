import functools
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from commonwire.kit.progress import progress
from commonwire.media import checking, remaking
from commonwire.media.messages import Refused
from commonwire.media.recipe import RECIPE
from commonwire.publishing.actions import files


class Command(BaseCommand):
    help = "Look after the files of posts."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        check = verbs.add_parser("check", help="say where files and rows disagree")
        check.add_argument(
            "--mend",
            action="store_true",
            help="put right what can be, and refuse what is lost",
        )
        again = verbs.add_parser(
            "again", help="make renditions of an older recipe again; can be broken off"
        )
        again.add_argument(
            "--all",
            action="store_true",
            help="those of this recipe too, from the beginning; when it was broken off, "
            "go on without --all",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "check":
            self._check(mend=options["mend"])
        else:
            self._make_again(everything=options["all"])

    def _check(self, *, mend: bool) -> None:
        watch = functools.partial(progress, unit="file")
        faults = list(checking.find(now=timezone.now(), watch=watch))
        for fault in faults:
            done = f": {files.mend(fault)}" if mend else ""
            self.stdout.write(f"{fault}{done}")
        left = faults
        if mend and faults:
            left = list(checking.find(now=timezone.now(), watch=watch))
        self.stdout.write(f"{_count(len(faults), 'fault')} found, {len(left)} left")
        if left:
            raise CommandError(
                "some are left" if mend else "`commonwire media check --mend` mends"
            )

    def _make_again(self, *, everything: bool) -> None:
        if everything:
            remaking.outdate()
        ids = list(remaking.outdated().values_list("public_id", flat=True))
        failed = made = 0
        for public_id in progress(ids, len(ids), unit="file"):
            try:
                made += files.make_again(public_id)
            except (Refused, OSError) as error:
                failed += 1
                self.stderr.write(f"{public_id} stays as it is: {error}")
            except KeyboardInterrupt:
                raise CommandError(
                    f"broken off: {made} of {_count(len(ids), 'file')} made again; "
                    "`commonwire media again` goes on"
                ) from None
        self.stdout.write(
            f"{_count(made, 'file')} made again by recipe {RECIPE}, {failed} not"
        )
        if failed:
            stay = "stays as it was" if failed == 1 else "stay as they were"
            raise CommandError(f"{_count(failed, 'file')} {stay}")


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
