"""A call as ninjs 3.1, the IPTC's JSON for news."""

import json
from typing import Any

from commonwire.calls.facts import CallFacts
from commonwire.kit.mail_mask import mask
from commonwire.syndication.calls import text
from commonwire.syndication.releases.ninjs import STANDARD, body, moment, texts


def render(facts: CallFacts) -> bytes:
    return json.dumps(data_of(facts), ensure_ascii=False).encode()


def data_of(facts: CallFacts) -> dict[str, Any]:
    plain = text.render(facts)
    data = {
        "uri": facts.address,
        "standard": STANDARD,
        "type": "text",
        "representationType": "full",
        "version": str(facts.sequence + 1),
        "firstCreated": moment(facts.published_at),
        "versionCreated": moment(facts.updated_at),
        "pubStatus": "usable",
        "language": facts.language,
        "title": mask(facts.title),
        "headlines": [
            {"role": "main", "contentType": "text/plain", "value": mask(facts.title)},
            *texts("subheadline", facts.when),
        ],
        "by": facts.issuer,
        "descriptions": texts("summary", mask(facts.summary)),
        "bodies": [
            body("main", "text/html", facts.body_html),
            body("main", "text/plain", plain),
        ],
        # Who only signs with a name is no organisation to programs.
        "organisations": [{"name": n, "rel": "issuer"} for n, _path in facts.bodies],
        "infoSources": [
            {"name": name, "role": "originator"} for name, _path in facts.bodies[:1]
        ],
        "genres": [{"name": "Call to action"}],
        "edNote": _note(facts),
    }
    return {key: value for key, value in data.items() if value}


def _note(facts: CallFacts) -> str:
    told = [facts.standing, f"{facts.word('when')}: {facts.when}"]
    if facts.press_address:
        told.append(f"{facts.word('press')}: {facts.press_address}")
    return " ".join(told)
