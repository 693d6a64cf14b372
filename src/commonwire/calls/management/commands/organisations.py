from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commonwire.calls.actions.importing import import_members
from commonwire.calls.actions.organisations import Told, make_organisation
from commonwire.calls.actions.stewards import invite_first
from commonwire.calls.forms import importing
from commonwire.calls.models import Organisation
from commonwire.kit.address import absolute


class Command(BaseCommand):
    help = "Add an organisation, import a federation's members, invite a steward."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser("add", help="add one and print its address")
        add.add_argument("name")
        add.add_argument("--kind", default="federation")
        read = verbs.add_parser("import", help="show what a table would do; do it")
        read.add_argument("slug", help="of the federation")
        read.add_argument("file", type=Path, help="CSV with a line of column names")
        read.add_argument("--do", action="store_true", help="import, if no line is bad")
        steward = verbs.add_parser("steward", help="print a one-time link")
        steward.add_argument("slug")
        steward.add_argument("label", help="their office")

    def handle(self, *args: Any, **options: Any) -> None:
        verbs: dict[str, Any] = {
            "add": self._add,
            "import": self._import,
            "steward": self._invite,
        }
        verbs[options["verb"]](**options)

    def _add(self, *, name: str, kind: str, **_rest: Any) -> None:
        made = make_organisation(told=Told(name=name, kind=kind))
        self.stdout.write(absolute(made.path))

    def _import(self, *, slug: str, file: Path, do: bool, **_rest: Any) -> None:
        root = self._find(slug)
        try:
            text = importing.decoded(file.read_bytes())
            read = partial(importing.plan, text, root)
            plan = read()
            if do and not plan.faults:
                plan = import_members(root=root, read=read)
        except (importing.Unreadable, OSError) as error:
            raise CommandError(str(error)) from error
        for row in plan.rows:
            self.stdout.write(f"line {row.line}: {row.name} {row.what}")
        for fault in plan.faults:
            self.stderr.write(f"line {fault.line}: {fault.words}")
        if plan.faults:
            raise CommandError(f"{len(plan.faults)} bad lines; nothing was imported")
        if not do:
            self.stdout.write("Nothing was imported. With --do it is.")

    def _invite(self, *, slug: str, label: str, **_rest: Any) -> None:
        organisation = self._find(slug)
        path = invite_first(by=None, organisation=organisation, label=label)
        self.stdout.write(absolute(path))

    def _find(self, slug: str) -> Organisation:
        found = Organisation.objects.filter(slug=slug).first()
        if found is None:
            raise CommandError(f"there is no organisation at {slug!r}")
        return found
