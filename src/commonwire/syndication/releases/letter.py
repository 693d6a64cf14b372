"""A release as a letter: PDF, set by typst. What people typed goes to it as data, never
as markup."""

import importlib
import json
import threading
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from commonwire.syndication.releases.blocks import as_data
from commonwire.syndication.releases.facts import Facts, caption_of

PAPERS: Final = {"letter": "us-letter", "a4": "a4"}
_TEMPLATE: Final = Path(__file__).with_name("letter.typ")
# Its fonts are read once; one letter is set at a time.
_one_at_a_time = threading.Lock()


@cache
def _typst() -> ModuleType:
    # By name, when the first letter is set: most processes of a site never set one, and
    # each would hold seven megabytes more.
    return importlib.import_module("typst")


@cache
def _fonts() -> Any:
    """Libertinus, inside typst, has Latin, Greek and Cyrillic; for other scripts the
    system's fonts are asked."""
    return _typst().Fonts(include_system_fonts=True)


def render(facts: Facts, paper: str) -> bytes:
    data = json.dumps(_data(facts), ensure_ascii=False)
    with _one_at_a_time:
        made = _typst().compile(
            _TEMPLATE,
            root=_TEMPLATE.parent,
            format="pdf",
            font_paths=_fonts(),
            sys_inputs={"data": data, "paper": PAPERS[paper]},
        )
    if not isinstance(made, bytes):
        raise TypeError("typst made no single document")
    return made


def _data(facts: Facts) -> dict[str, object]:
    post, release = facts.post, facts.release
    return {
        "language": post.language.partition("-")[0][:3],
        "issuer": facts.issuer or facts.site.name,
        "site": facts.site.name,
        "address": facts.address,
        "status": facts.status,
        "kind": facts.kind,
        "issued": facts.issued,
        "corrects": f"{facts.word('corrects')}: {release.corrects}"
        if release.corrects
        else "",
        "headline": post.title,
        "subheadline": release.subheadline,
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
