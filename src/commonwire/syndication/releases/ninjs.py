"""A release as ninjs 3.1, the IPTC's JSON for news."""

import json
from typing import Any

from django.conf import settings

from commonwire.kit.mail_mask import mask
from commonwire.kit.markup import to_plain
from commonwire.media.models import Attachment
from commonwire.publishing.release import Contact
from commonwire.syndication.releases.facts import Facts

_SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"
STANDARD = {"name": "ninjs", "version": "3.1", "schema": _SCHEMA}
_GENRES = {
    "release": ("Press Release", "https://cv.iptc.org/newscodes/genre/Press_Release"),
    "advisory": ("Advisory", "https://cv.iptc.org/newscodes/genre/Advisory"),
    "statement": ("Press Release", "https://cv.iptc.org/newscodes/genre/Press_Release"),
    "correction": (
        "Press Release",
        "https://cv.iptc.org/newscodes/genre/Press_Release",
    ),
}


def render(facts: Facts) -> bytes:
    return json.dumps(data_of(facts), ensure_ascii=False).encode()


def data_of(facts: Facts) -> dict[str, Any]:
    post, release = facts.post, facts.release
    name, uri = _GENRES[release.kind]
    plain = to_plain(post.body)
    data = {
        "uri": facts.address,
        "standard": STANDARD,
        "type": "text",
        "representationType": "full",
        "version": str(1 + len(post.corrected) + facts.turns),
        "firstCreated": moment(post.published_at),
        "versionCreated": moment(post.updated_at),
        "pubStatus": "usable",
        "language": post.language,
        "title": mask(post.title),
        "headlines": _headlines(facts),
        "by": facts.issuer,
        "located": mask(release.dateline),
        "descriptions": texts("summary", mask(post.summary)),
        "bodies": [
            body("main", "text/html", post.body_html),
            body("main", "text/plain", plain),
        ],
        "people": _people(facts),
        "organisations": _organisations(facts),
        "subjects": [{"name": section.name} for section in post.sections],
        "genres": [{"name": name, "uri": uri}],
        "infoSources": [{"name": facts.issuer, "role": "originator"}]
        if facts.issuer
        else [],
        "usageTerms": release.licence,
        "edNote": _note(facts),
        "associations": [_association(facts, item) for item in facts.pictures],
    }
    return {key: value for key, value in data.items() if value}


def _headlines(facts: Facts) -> list[dict[str, str]]:
    main = {
        "role": "main",
        "contentType": "text/plain",
        "value": mask(facts.post.title),
    }
    return [main, *texts("subheadline", mask(facts.release.subheadline))]


def texts(role: str, value: str) -> list[dict[str, str]]:
    text = {"role": role, "contentType": "text/plain", "value": value}
    return [text] if value else []


def body(role: str, kind: str, value: str) -> dict[str, Any]:
    made: dict[str, Any] = {"role": role, "contentType": kind, "value": value}
    if kind == "text/plain":
        made |= {"charCount": len(value), "wordCount": len(value.split())}
    return made


def _people(facts: Facts) -> list[dict[str, Any]]:
    speakers = {quote.speaker: quote for quote in facts.release.quotes if quote.speaker}
    found: list[dict[str, Any]] = [
        {
            "name": name,
            "rel": "quoted",
            **_literal(", ".join(filter(None, (q.office, q.organisation)))),
        }
        for name, q in speakers.items()
    ]
    contacts = [each for each in facts.release.contacts if each.name]
    return found + [
        {"name": c.name, "rel": "contact", **_literal(c.role), **_reach(c)}
        for c in contacts
    ]


def _literal(text: str) -> dict[str, str]:
    return {"literal": text} if text else {}


def _reach(contact: Contact) -> dict[str, Any]:
    ways = [("phone", contact.phone), ("email", mask(contact.email))]
    told = [{"type": kind, "role": "press", "value": v} for kind, v in ways if v]
    return {"contactInfo": told} if told else {}


def _organisations(facts: Facts) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"name": each.organisation, "rel": "issuer", **_literal(mask(each.text))}
        for each in facts.release.boilerplates
    ]
    return found + [
        {"name": c.organisation, "rel": "contact", **_reach(c)}
        for c in facts.release.contacts
        if c.organisation and not c.name
    ]


def _note(facts: Facts) -> str:
    told = [facts.status]
    if facts.release.corrects:
        told.append(f"{facts.word('corrects')}: {facts.release.corrects}")
    if facts.note:
        # Its words end in a full stop, and the next ones follow.
        told.append(facts.note.words.rstrip("."))
        told += [facts.note.address] if facts.note.address else []
    if facts.press_address:
        told.append(f"{facts.word('press')}: {facts.press_address}")
    return ". ".join(told)


def _association(facts: Facts, picture: Attachment) -> dict[str, Any]:
    address = settings.SITE_URL + picture.original_address
    data = {
        "name": f"picture-{picture.public_id}",
        "rel": "illustration",
        "uri": address,
        "type": "picture",
        "descriptions": [
            *texts("caption", mask(picture.caption)),
            *texts("alt", mask(picture.alt)),
        ],
        "by": mask(picture.credit),
        "usageTerms": facts.release.licence,
        "renditions": [
            {
                "name": "original",
                "href": address,
                "contentType": "image/jpeg",
                "width": picture.width,
                "height": picture.height,
            }
        ],
    }
    return {key: value for key, value in data.items() if value}


def moment(at: Any) -> str:
    return str(at.isoformat(timespec="seconds"))
