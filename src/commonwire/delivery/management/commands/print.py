import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from commonwire.delivery import pages
from commonwire.delivery.printing import print_page, print_stale


class Command(BaseCommand):
    help = "Print what is stale; with --all, every public page, for a mirror."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="print every page")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"]:
            self._print_all()
            return
        printed = 0
        while (done := print_stale()).changes:
            printed += done.printed
        self.stdout.write(f"{printed} pages printed")

    def _print_all(self) -> None:
        total = sum(1 for _path in pages.every())
        failed = printed = 0
        bar = tqdm(
            pages.every(),
            total=total,
            unit="page",
            disable=None,  # a bar on a terminal only
            file=sys.stderr,
        )
        for path in bar:
            try:
                printed += print_page(path) is not None
            except Exception as error:  # noqa: BLE001 - one page must not stop the rest
                failed += 1
                self.stderr.write(f"{path} did not print: {error}")
        self.stdout.write(f"{printed} pages printed, {failed} failed")
        if failed:
            raise CommandError(f"{failed} pages did not print")
