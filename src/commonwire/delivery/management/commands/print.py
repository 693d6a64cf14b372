import sys
from contextlib import closing
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from commonwire.delivery import pages
from commonwire.delivery.printing import Unprinted, print_page, print_stale
from commonwire.delivery.tree import the_tree
from commonwire.kit.bucket import StoreDown

TOGETHER = 200


class Command(BaseCommand):
    help = (
        "Print what is stale; the pages at some addresses; with --all, every public "
        "page, for a mirror."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="print every page")
        parser.add_argument(
            "addresses",
            nargs="*",
            metavar="ADDRESS",
            help="a page to print whatever lies there, such as /wire/",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._print_asked(options)
        except StoreDown as down:
            raise CommandError(
                f"the store of COMMONWIRE_STORE does not take pages now: {down}; "
                "`commonwire check` says more"
            ) from down

    def _print_asked(self, options: dict[str, Any]) -> None:
        if options["all"]:
            self._print_all()
        elif options["addresses"]:
            self._print_these(options["addresses"])
        else:
            self._print_stale()

    def _print_stale(self) -> None:
        printed = 0
        try:
            while (done := print_stale()).changes:
                printed += done.printed
        except Unprinted as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{printed} pages printed")

    def _print_these(self, addresses: list[str]) -> None:
        for address in addresses:
            if pages.find(address) is None:
                raise CommandError(f"{address} is the address of no page")
            said = "printed" if print_page(address) is not None else "nothing is there"
            self.stdout.write(f"{address} {said}")
        for path in the_tree().finish():
            print_page(path)

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
        # One iterator: a second one over the bar would find the pages closed.
        paths = iter(bar)
        with closing(every):
            while some := list(islice(paths, TOGETHER)):
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
