"""What the log says of a decision: ids, names, slugs and counts, and of the reason only a
commitment, so that no entry ever has to go."""

from typing import Any

from commonwire.moderation.log.reasons import commitment
from commonwire.moderation.models import Decision


def entry_of(decision: Decision) -> dict[str, Any]:
    salt, reason = decision.reason_salt, decision.reason
    return {
        "n": decision.number,
        "act": str(decision.act),
        "at": f"{decision.at:%Y-%m-%dT%H:%M:%SZ}",
        "by": decision.signed_as,
        "post": decision.post_id,
        "part": decision.addendum_id,
        "rule": decision.rule.slug if decision.rule else None,
        "reason": commitment(bytes(salt), reason) if reason else None,
        "facts": decision.facts,
        "undoes": decision.undoes.number if decision.undoes else None,
    }
