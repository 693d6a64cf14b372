from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commonwire.accounts.actions import NameTaken, add_token
from commonwire.accounts.models import Editor
from commonwire.calls.actions.stewards import add_organisations_token
from commonwire.calls.models import Organisation


class Command(BaseCommand):
    help = "Add an API token and print it, once."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser("add", help="add a token")
        add.add_argument("name", help="what it is for")
        whose = add.add_mutually_exclusive_group()
        whose.add_argument("--editor", help="whose rights it has; else a contributor's")
        whose.add_argument(
            "--organisation", metavar="SLUG", help="the organisation that it acts for"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(self._add(**options))
        except NameTaken as error:
            raise CommandError(str(error)) from error

    def _add(
        self, *, name: str, editor: str | None, organisation: str | None, **_rest: Any
    ) -> str:
        if organisation:
            body = Organisation.objects.filter(slug=organisation).first()
            if body is None:
                raise CommandError(f"there is no organisation at {organisation!r}")
            return add_organisations_token(name=name, organisation=body)
        found = Editor.objects.filter(name=editor).first() if editor else None
        if editor and found is None:
            raise CommandError(f"there is no editor named {editor!r}")
        return add_token(name=name, editor=found)
