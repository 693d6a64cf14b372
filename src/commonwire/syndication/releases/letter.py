"""A release as a letter: PDF, on its issuer's letterhead."""

from pathlib import Path
from typing import Final

from commonwire.syndication.releases.blocks import as_data
from commonwire.syndication.releases.facts import Facts, caption_of, summary_of
from commonwire.syndication.typesetting import how_set, pdf

_TEMPLATE: Final = Path(__file__).with_name("letter.typ")


def render(facts: Facts, paper: str) -> bytes:
    return pdf(_TEMPLATE, _data(facts), paper)


def _data(facts: Facts) -> dict[str, object]:
    post, release = facts.post, facts.release
    return {
        **how_set(post.language),
        "issuer": facts.issuer or facts.site.name,
        "site": facts.site.name,
        "address": facts.address,
        "status": facts.status,
        "kind": facts.kind,
        "issued": facts.issued,
        "corrects": f"{facts.word('corrects')}: {release.corrects}"
        if release.corrects
        else "",
        "note": facts.noted,
        "headline": post.title,
        "subheadline": release.subheadline,
        "summary": summary_of(facts),
        "dateline": release.dateline,
        "blocks": [as_data(block) for block in facts.blocks],
        "abouts": facts.abouts,
        "contact": facts.word("contact"),
        "contacts": facts.contacts,
        "press": f"{facts.word('press')}: {facts.press_address}"
        if facts.press_address
        else "",
        "pictures": facts.word("pictures"),
        "captions": [c for c in map(caption_of, facts.pictures) if c],
        "licence": f"{facts.word('licence')}: {release.licence}"
        if release.licence
        else "",
        "end": release.end_mark,
    }
