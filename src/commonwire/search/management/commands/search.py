from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from commonwire.kit.progress import progress
from commonwire.publishing.models import Post
from commonwire.search.actions import begin_again, fill, follow
from commonwire.search.models import Entry

CHUNK = 200


class Command(BaseCommand):
    help = "Make the index of search. The worker does so by itself; this is faster."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        rebuild = verbs.add_parser("rebuild", help="go on where it was left")
        rebuild.add_argument(
            "--again", action="store_true", help="forget the index and begin anew"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["again"]:
            begin_again()
        total = Post.everything.count()
        for _post in progress(_filled(), total, unit="post"):
            pass
        while follow().changes:
            pass
        self.stdout.write(f"The index is whole: {Entry.objects.count()} entries.")


def _filled() -> Any:
    while done := fill(limit=CHUNK):
        yield from range(done)
