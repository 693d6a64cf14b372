"""The publish form as it came: plain strings by field name, wrong parts included.

This is what a draft stores and what forms are bound to, whether it came from a browser
or a program.
"""

import re
from collections.abc import Mapping
from typing import Any

from commonwire.kit.typed_text import clean_line, clean_text
from commonwire.kit.typed_text import is_blank as is_unseen
from commonwire.publishing import parts, release_typed

LINES = ("title", "byline", "summary", "related_url", "contact", "language", "kind")
ADDENDUM_LINES = ("title", "byline", "related_url")
CHOICES = ("topics", "regions")
MOST_ADDENDA = 20
MOST_FILES = 20
MOST_FILES_OF_COMMENT = 1
_ADDENDUM_FIELD = re.compile(r"addendum-(\d{1,3})-(title|byline|body|related_url)")


def read(form: Any) -> tuple[dict[str, Any], int]:
    """A browser's form (a QueryDict), and how many invisible characters were taken
    out."""
    raw: dict[str, Any] = {name: form.get(name, "") for name in (*LINES, "body")}
    raw.update({name: form.getlist(name) for name in CHOICES})
    addenda: dict[int, dict[str, str]] = {}
    for name in form:
        match = _ADDENDUM_FIELD.fullmatch(name)
        if match:
            addenda.setdefault(int(match[1]), {})[match[2]] = form[name]
    raw["addenda"] = [addenda[number] for number in sorted(addenda)]
    raw["release"] = release_typed.read(form)
    raw |= {part.kind: part.read(form) for part in parts.every()}
    return clean(raw)


def clean(raw: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    """The same with every text tidied."""
    typed, removed = _clean_texts(raw, (*LINES, "body"))
    for name in CHOICES:
        typed[name] = [clean_line(str(slug)).text for slug in raw.get(name) or ()]
    typed["release"] = release_typed.clean(raw.get("release") or {})
    typed |= {part.kind: part.clean(raw.get(part.kind) or {}) for part in parts.every()}
    typed["addenda"] = []
    for part in raw.get("addenda") or ():
        cleaned, count = _clean_texts(part, (*ADDENDUM_LINES, "body"))
        typed["addenda"].append(cleaned)
        removed += count
    return typed, removed


def _clean_texts(
    raw: Mapping[str, Any], names: tuple[str, ...]
) -> tuple[dict[str, Any], int]:
    typed: dict[str, Any] = {}
    removed = 0
    for name in names:
        cleaner = clean_text if name == "body" else clean_line
        cleaned = cleaner(str(raw.get(name) or ""))
        typed[name] = "" if is_unseen(cleaned.text) else cleaned.text
        removed += cleaned.removed
    return typed, removed


def is_blank(part: Mapping[str, Any]) -> bool:
    """Whether nobody typed anything into it."""
    return not any(
        part.get(name) for name in ("title", "body", "related_url", "summary")
    )
