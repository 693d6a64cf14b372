import json
from typing import Any

from django.core import checks
from django.core.checks import CheckMessage
from django.core.management.base import BaseCommand, CommandError, CommandParser

from commonwire.mail.checks import DEPLOYMENT


class Command(BaseCommand):
    help = "Say what this site's deployment lacks, and what to do about it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        found = checks.run_checks(tags=[DEPLOYMENT], include_deployment_checks=True)
        found.sort(key=lambda finding: -finding.level)
        if options["json"]:
            self.stdout.write(json.dumps([_told(each) for each in found], indent=1))
        else:
            for finding in found:
                kind = "MEND" if _is_fault(finding) else "note"
                self.stdout.write(f"{kind}  {finding.msg} {finding.hint}")
        if not found and not options["json"]:
            self.stdout.write("Nothing is lacking.")
        faults = sum(_is_fault(finding) for finding in found)
        if faults:
            raise CommandError(f"{faults} to mend")


def _is_fault(finding: CheckMessage) -> bool:
    return finding.level >= checks.WARNING


def _told(finding: CheckMessage) -> dict[str, Any]:
    return {
        "id": finding.id,
        "mend": _is_fault(finding),
        "what": finding.msg,
        "do": finding.hint,
    }
