from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from commonwire.accounts.actions import NameTaken, add_editor, make_sign_in_link
from commonwire.accounts.models import Editor


class Command(BaseCommand):
    help = "Add an editor, or make a new sign-in link for one."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        for verb, text in (
            ("add", "add an editor and print a one-time sign-in link"),
            ("link", "print a fresh one-time sign-in link"),
        ):
            verbs.add_parser(verb, help=text).add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"]
        if options["verb"] == "add":
            try:
                editor = add_editor(name=name)
            except NameTaken as error:
                raise CommandError(str(error)) from error
        else:
            found = Editor.objects.filter(name=name, is_active=True).first()
            if found is None:
                raise CommandError(f"there is no editor named {name!r}")
            editor = found
        self.stdout.write(settings.SITE_URL + make_sign_in_link(editor=editor))
