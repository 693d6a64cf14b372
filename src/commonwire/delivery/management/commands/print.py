import sys
from contextlib import closing
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from commonwire.delivery import pages
from commonwire.delivery.printing import print_page, print_stale
from commonwire.delivery.tree import the_tree
from commonwire.kit.bucket import StoreDown

TOGETHER = 200


class Command(BaseCommand):
    help = "Print what is stale; with --all, every public page, for a mirror."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="print every page")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._print_all() if options["all"] else self._print_stale()
        except StoreDown as down:
            raise CommandError(
                f"the store of COMMONWIRE_STORE does not take pages now: {down}; "
                "`commonwire check` says more"
            ) from down

    def _print_stale(self) -> None:
        printed = 0
        while (done := print_stale()).changes:
            printed += done.printed
        self.stdout.write(f"{printed} pages printed")

    def _print_all(self) -> None:
        total = sum(1 for _path in pages.every())
        failed = printed = 0
        every = pages.every()
        bar = tqdm(
            every,
            total=total,
            unit="page",
            disable=None,  # a bar on a terminal only
            file=sys.stderr,
        )
        with closing(every):
            while some := list(islice(bar, TOGETHER)):
                the_tree().look_ahead(some)
                outcome = [self._print(path) for path in some]
                outcome += [self._print(path) for path in the_tree().finish()]
                printed += outcome.count(True)
                failed += outcome.count(None)
        self.stdout.write(f"{printed} pages printed, {failed} failed")
        if failed:
            raise CommandError(f"{failed} pages did not print")

    def _print(self, path: str) -> bool | None:
        """Whether there is such a page; None when it did not print."""
        try:
            return print_page(path) is not None
        except StoreDown:
            raise
        except Exception as error:  # noqa: BLE001 - one page must not stop the rest
            self.stderr.write(f"{path} did not print: {error}")
            return None
