"""PDF by typst. What people typed goes to it as data, never as markup."""

import importlib
import json
import threading
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from commonwire.kit.languages import base, is_leftwards, region

PAPERS: Final = {"letter": "us-letter", "a4": "a4"}
FONTS: Final = Path(__file__).with_name("fonts")
# The fonts are read once; one document is set at a time.
_one_at_a_time = threading.Lock()


@cache
def _typst() -> ModuleType:
    # By name, when the first PDF is set: most processes of a site never set one, and
    # each would hold seven megabytes more.
    return importlib.import_module("typst")


@cache
def _fonts() -> Any:
    """Libertinus, inside typst, has Latin, Greek and Cyrillic; ours have those, Arabic,
    Devanagari and CJK. For other scripts the system's are asked, last."""
    return _typst().Fonts(include_system_fonts=True, font_paths=[FONTS])


def pdf(template: Path, data: dict[str, Any], paper: str) -> bytes:
    """``paper``: a name of `PAPERS`. Nothing but the template's folder can be read."""
    told = json.dumps(data, ensure_ascii=False)
    with _one_at_a_time:
        made = _typst().compile(
            template,
            root=template.parent,
            format="pdf",
            font_paths=_fonts(),
            sys_inputs={"data": told, "paper": PAPERS[paper]},
        )
    if not isinstance(made, bytes):
        raise TypeError("typst made no single document")
    return made


def how_set(language: str) -> dict[str, Any]:
    """What a template has to know of the language of its text."""
    name = base(language)
    return {
        "language": name if len(name) in {2, 3} and name.isascii() else "en",
        "region": region(language) or None,
        "leftwards": is_leftwards(language),
    }
