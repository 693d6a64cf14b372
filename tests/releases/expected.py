"""What a careful person would read out of each release of this folder, and how much of
it the reader finds."""

import re
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

FOLDER = Path(__file__).parent
NAMES = sorted(file.stem for file in FOLDER.glob("*.txt"))
LISTS = {"quote", "contact", "about", "demand", "ask", "link"}
PARTS = {
    "quote": ("words", "speaker", "office", "organisation"),
    "contact": ("name", "office", "organisation", "phone", "email"),
    "about": ("organisation", "text"),
}


def text_of(name):
    return (FOLDER / f"{name}.txt").read_text()


def expected_of(name):
    """Field name to what it should be, the fields of lists numbered."""
    found, counts = {}, {}
    for line in (FOLDER / f"{name}.expected").read_text().splitlines():
        field, _colon, value = line.partition(": ")
        if field not in LISTS:
            found[field] = value
            continue
        counts[field] = counts.get(field, 0) + 1
        values = [part.strip() for part in value.split("|")]
        for part, told in zip_longest(PARTS.get(field, ("",)), values, fillvalue=""):
            found[f"{field} {counts[field]} {part}".strip()] = told
    return {field: value for field, value in found.items() if value}


def read_of(reading):
    """The same of what was read."""
    found = {
        k: v
        for k, v in reading.values.items()
        if k not in {"body", "zone", "from", "until"}
    }
    if "embargo" in found:
        found["embargo"] += f" {reading.values.get('zone', '')}"
    rows = {
        "quote": reading.quotes,
        "contact": reading.contacts,
        "about": reading.boilerplates,
    }
    for name, items in rows.items():
        for number, item in enumerate(items, 1):
            told = [getattr(item, part) for part in PARTS[name] if part != "words"]
            if name == "quote":
                told = [item.words, item.speaker, item.office, item.organisation]
            for part, value in zip(PARTS[name], told, strict=True):
                found[f"{name} {number} {part}"] = value
    for kind in ("demand", "ask"):
        texts = [item.text for item in reading.items if item.kind == kind]
        found |= {f"{kind} {n}": text for n, text in enumerate(texts, 1)}
    found |= {f"link {n}": link for n, link in enumerate(reading.links, 1)}
    body = " ".join(reading.values.get("body", "").split())
    return {**{k: v for k, v in found.items() if v}, "begins": body, "ends": body}


def is_right(field, wanted, got):
    wanted, got = _folded(wanted), _folded(got)
    if field == "begins" or (field.startswith("about") and field.endswith("text")):
        return bool(wanted) and got.startswith(wanted)
    if field == "ends":
        return bool(wanted) and got.endswith(wanted)
    return wanted == got


def _folded(text):
    return re.sub(r"\s+", " ", text).strip(" .,")


@dataclass
class Score:
    right: int = 0
    of: int = 0

    def __add__(self, other):
        return Score(self.right + other.right, self.of + other.of)

    @property
    def share(self):
        return self.right / self.of


def compared(name, reading):
    """The score, and what is wrong. A field that is on neither side does not count."""
    wanted, got = expected_of(name), read_of(reading)
    wrong = {
        field: (wanted.get(field, ""), got.get(field, ""))
        for field in sorted(wanted.keys() | got.keys())
        if not is_right(field, wanted.get(field, ""), got.get(field, ""))
    }
    of = len(wanted.keys() | got.keys())
    return Score(of - len(wrong), of), wrong
