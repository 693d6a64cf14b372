from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from commonwire.accounts.actions import NameTaken, add_editor, make_sign_in_link
from commonwire.accounts.models import Editor


class Command(BaseCommand):
    help = "Add an editor, or make a new sign-in link for one."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser("add", help="add an editor and print a one-time link")
        add.add_argument("name", help="the sign-in name; they may change it")
        add.add_argument(
            "--steward", action="store_true", help="who lets others in, too"
        )
        link = verbs.add_parser(
            "link", help="print a fresh one-time link, when every way in is lost"
        )
        link.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "add":
            editor = self._add(options["name"], steward=options["steward"])
        else:
            editor = self._find(options["name"])
        self.stdout.write(settings.SITE_URL + make_sign_in_link(editor=editor))

    def _add(self, name: str, *, steward: bool) -> Editor:
        try:
            return add_editor(name=name, steward=steward)
        except NameTaken as error:
            raise CommandError(str(error)) from error

    def _find(self, name: str) -> Editor:
        found: Editor | None = Editor.objects.filter(name=name, is_active=True).first()
        if found is None:
            raise CommandError(f"there is no editor named {name!r}")
        return found
