from typing import Any

from django.core import checks
from django.core.management.base import BaseCommand, CommandError

from commonwire.mail.checks import DEPLOYMENT


class Command(BaseCommand):
    help = "Say what this site's deployment lacks, and what to do about it."

    def handle(self, *args: Any, **options: Any) -> None:
        found = checks.run_checks(tags=[DEPLOYMENT], include_deployment_checks=True)
        for finding in found:
            self.stdout.write(f"{finding.msg}\n  {finding.hint}")
        if any(finding.level >= checks.WARNING for finding in found):
            raise CommandError("something has to be done")
        if not found:
            self.stdout.write("Nothing is lacking.")
