"""A call as schema.org knows it: what its page is about is an event."""

from typing import Any

from commonwire.calls.facts import CallFacts
from commonwire.kit.mail_mask import mask


def about(facts: CallFacts) -> dict[str, Any]:
    status = "EventCancelled" if facts.is_off else "EventScheduled"
    data: dict[str, Any] = {
        "@type": "Event",
        "name": mask(facts.title),
        "url": facts.address,
        "startDate": facts.starts,
        "endDate": facts.ends,
        "eventStatus": f"https://schema.org/{status}",
        "inLanguage": facts.language,
        "description": mask(facts.summary or facts.when),
    }
    if facts.bodies:
        data["organizer"] = [
            {"@type": "Organization", "name": name} for name, _path in facts.bodies
        ]
    return data
