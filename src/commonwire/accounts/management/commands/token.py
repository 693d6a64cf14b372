from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commonwire.accounts.actions import NameTaken, add_token
from commonwire.accounts.models import Editor


class Command(BaseCommand):
    help = "Add an API token and print it, once."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser("add", help="add a token")
        add.add_argument("name", help="what it is for")
        add.add_argument("--editor", help="whose rights it has; else a contributor's")

    def handle(self, *args: Any, **options: Any) -> None:
        editor = None
        if options["editor"]:
            editor = Editor.objects.filter(name=options["editor"]).first()
            if editor is None:
                raise CommandError(f"there is no editor named {options['editor']!r}")
        try:
            token = add_token(name=options["name"], editor=editor)
        except NameTaken as error:
            raise CommandError(str(error)) from error
        self.stdout.write(token)
