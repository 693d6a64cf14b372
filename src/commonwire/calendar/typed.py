"""The part of the form that events have, as it came: strings, wrong ones included."""

from collections.abc import Mapping
from typing import Any

from commonwire.kit.typed_text import as_typed

WHEN = (
    *("start_day", "start_time", "end_day", "end_time", "which", "zone"),
    *("repeats", "until", "times", "rule", "more_dates"),
)
PLAIN = (
    *("place", "address", "address_private", "position", "online_url"),
    *("step_free", "sign_language", "captions", "seating", "accessibility"),
    *("languages", "price", "contact"),
)
LINES = (*WHEN, *PLAIN)
LONG = {"more_dates", "accessibility"}


def read(form: Any) -> dict[str, Any]:
    """Of a browser's form."""
    return clean({name: form.get(f"event-{name}", "") for name in LINES})


def clean(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _text(name, raw.get(name)) for name in LINES}


def _text(name: str, value: object) -> str:
    return as_typed(value, long=name in LONG)


def from_program(sent: Mapping[str, Any]) -> dict[str, Any]:
    """As programs say it: moments in one text, dates as a list."""
    raw = {name: value for name, value in sent.items() if name in LINES}
    for side in ("start", "end"):
        if side in sent:
            day, _letter, at = str(sent[side]).strip().partition("T")
            raw |= {f"{side}_day": day, f"{side}_time": at}
    if "rule" in sent and "repeats" not in sent:
        raw["repeats"] = "rule" if sent["rule"] else ""
    if "dates" in sent:
        raw["more_dates"] = "\n".join(str(each) for each in sent["dates"])
    return raw


# The names of fields that programs know by others.
AS_PROGRAMS_SAY = {
    "start_day": "start",
    "start_time": "start",
    "end_day": "end",
    "end_time": "end",
    "which": "start",
    "more_dates": "dates",
    "repeats": "rule",
}
