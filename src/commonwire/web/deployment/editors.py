"""Whether somebody can sort, and somebody else if they cannot."""

from typing import Any

from django.conf import settings

from commonwire.accounts.queries import can_sign_in, editors
from commonwire.web.deployment.findings import Findings, mend, note


def signing_in(**_asked: Any) -> Findings:
    able = [each for each in editors().filter(is_active=True) if can_sign_in(each)]
    if not able:
        return [
            mend(
                "editors.W001",
                "No editor can sign in.",
                "Open the link of the first start, or make a new one: commonwire editor "
                "link NAME (commonwire editor add NAME --steward for a first one).",
            )
        ]
    stewards = [each for each in able if each.is_steward]
    if not stewards:
        return [
            mend(
                "editors.W002",
                "No steward can sign in, so nobody lets editors in or out.",
                "Run: commonwire editor add NAME --steward",
            )
        ]
    if len(stewards) == 1:
        return [
            note(
                "editors.I001",
                "There is one steward: when they lose their devices or are away, nobody "
                "lets editors in or out.",
                f"Invite another at {settings.SITE_URL}/desk/editors/",
            )
        ]
    return []


CHECKS = (signing_in,)
