"""A pasted release fills the form, and says what it took from where."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonwire.kit.markup import MAX_BODY
from commonwire.publishing import release_typed
from commonwire.publishing.notices import Notice
from commonwire.publishing.parts import Part, part_of
from commonwire.publishing.reading.release import Reading, read
from commonwire.publishing.release import Status
from commonwire.publishing.states import Kind

# What each kind has a place for, and what a kind of its own has beside its own fields.
_FIELDS = {"title": "headline", "byline": "issuer", "body": "body"}
_BESIDE = {**_FIELDS, "summary": "subheadline"}
_NAMES = {
    "headline": (gettext_lazy("Title"), "id_title"),
    "issuer": (gettext_lazy("By"), "id_byline"),
    "body": (gettext_lazy("Text"), "id_body"),
    "kind": (gettext_lazy("Kind of release"), "id_release-kind"),
    "status": (gettext_lazy("Status"), "id_release-status"),
    "embargo": (gettext_lazy("End of the embargo"), "id_release-embargo_at"),
    "zone": (gettext_lazy("Zone of that time"), "id_release-embargo_zone"),
    "issued": (gettext_lazy("Date of issue"), "id_release-issued"),
    "subheadline": (gettext_lazy("Sub-headline"), "id_release-subheadline"),
    "dateline": (gettext_lazy("Dateline"), "id_release-dateline"),
    "end": (gettext_lazy("End mark"), "id_release-end_mark"),
    "contacts": (gettext_lazy("Press contacts"), "id_release-contacts"),
}
# Where a kind of its own puts what releases have a field for.
_NAMES_BESIDE = {**_NAMES, "subheadline": (gettext_lazy("Summary"), "id_summary")}
_LEFT_OUT = {
    "envelope": gettext_lazy("what a mail program put above it"),
    "letterhead": gettext_lazy("its letterhead"),
}


def fill(content: dict[str, Any], pasted: str) -> list[Notice]:
    """Put what a pasted text says into the typed form, where nothing is typed yet."""
    if len(pasted) > MAX_BODY:
        words = _("The pasted text has %(length)s characters; %(most)s fit.")
        return [Notice(words % {"length": len(pasted), "most": MAX_BODY}, "id_pasted")]
    reading = read(pasted)
    if not reading.values.get("body") and not reading.values.get("headline"):
        return [
            Notice(
                _("Nothing was pasted. Paste a release, then read it in."), "id_pasted"
            )
        ]
    part = part_of(str(content.get("kind")))
    told = part.from_reading(reading) if part else None
    if part and told:
        # The chosen kind has a place for what releases say.
        content[part.kind] = {**content.get(part.kind, {}), **told}
        return _fill_part(content, part, reading)
    content["kind"] = Kind.RELEASE.value
    content["release"] = release_typed.from_reading(reading)
    stays = _fill_fields(content, _FIELDS, reading)
    return [
        *_explained(reading),
        *_asking(reading, _NAMES["embargo"][1]),
        *_left_out(reading),
        *_staying(stays, _FIELDS),
    ]


def _fill_part(content: dict[str, Any], part: Part, reading: Reading) -> list[Notice]:
    """A kind with fields of its own has none for datelines and boilerplate: they stay
    in the text."""
    heads = _take_lists_out(reading, part.taken)
    reading.values["body"] = _whole_text(reading)
    stays = _fill_fields(content, _BESIDE, reading)
    beside = {name: _NAMES_BESIDE[name] for name in _BESIDE.values()}
    notices = [*_taken(reading, beside), *_of_part(part.taken, reading)]
    notices += _asking(reading, part.taken["embargo"][1])
    left = [*_left_out(reading), *(() if "body" in stays else heads)]
    return [*notices, *left, *_staying(stays, _BESIDE)]


def _asking(reading: Reading, about: str) -> list[Notice]:
    held = reading.values.get("status") == Status.EMBARGOED
    if not held or "embargo" in reading.values:
        return []
    words = _("The text says that it is under embargo: set the day and the time.")
    return [Notice(words, about)]


def _fill_fields(
    content: dict[str, Any], fields: Mapping[str, str], reading: Reading
) -> list[str]:
    """Which had words already, that stay."""
    stays = [
        n for n, told in fields.items() if content.get(n) and told in reading.values
    ]
    for name, source in fields.items():
        content[name] = content.get(name) or reading.values.get(source, "")
    return stays


def _whole_text(reading: Reading) -> str:
    body = reading.values.get("body", "")
    if place := reading.values.get("dateline"):
        body = f"{place} — {body}"
    about = [text for name, text in reading.pieces if name == "about"]
    return "\n\n".join(part for part in (body, *about) if part)


def _take_lists_out(reading: Reading, taken: Mapping[str, Any]) -> list[Notice]:
    """What has become rows of the kind's own does not stand in the text again. A text
    of nothing else stays as it is."""
    if not reading.prose or not {item.kind for item in reading.items} <= set(taken):
        return []
    reading.values["body"] = reading.prose
    return [
        _not_kept(gettext_lazy("the heading of a list"), head) for head in reading.heads
    ]


def _of_part(names: Mapping[str, tuple[Any, str]], reading: Reading) -> list[Notice]:
    """What the chosen kind took beside what every release has."""
    lines = dict(reading.taken)
    for item in reading.items:
        first = lines.get(item.kind, (item.first, 0))[0]
        lines[item.kind] = (first, item.last)
    return [
        Notice(_from(str(name), lines[field]), about)
        for field, (name, about) in names.items()
        if field in lines
    ]


def _taken(reading: Reading, names: Mapping[str, tuple[Any, str]]) -> list[Notice]:
    return [
        Notice(_from(str(name), reading.taken[field]), about)
        for field, (name, about) in names.items()
        if field in reading.taken
    ]


def _explained(reading: Reading) -> list[Notice]:
    found = _taken(reading, _NAMES)
    found += [
        Notice(
            _from(_("Quote of %(who)s") % {"who": quote.speaker}, quote.lines),
            f"id_release-quotes-{number}-words",
        )
        for number, quote in enumerate(reading.quotes)
    ]
    found += [
        Notice(
            _from(
                _("About %(whom)s") % {"whom": about.organisation},
                reading.taken[f"about-{number}"],
            ),
            f"id_release-boilerplates-{number - 1}-text",
        )
        for number, about in enumerate(reading.boilerplates, 1)
    ]
    return found


def _from(name: str, lines: tuple[int, int]) -> str:
    first, last = lines
    if first == last:
        words = _("%(name)s: taken from line %(first)s")
        return words % {"name": name, "first": first}
    words = _("%(name)s: taken from lines %(first)s to %(last)s")
    return words % {"name": name, "first": first, "last": last}


def _left_out(reading: Reading) -> list[Notice]:
    """What has no field: its words stand here, so that they can be put into one."""
    left = [
        _not_kept(why, " / ".join(text.split("\n")))
        for field, why in _LEFT_OUT.items()
        for name, text in reading.pieces
        if name == field
    ]
    return left + [
        _not_kept(gettext_lazy("from the contacts, in part"), text)
        for text in reading.unread
    ]


def _not_kept(why: Any, text: str) -> Notice:
    words = _("Not in any field, copy it where you want it (%(why)s): %(text)s")
    return Notice(words % {"why": why, "text": text}, "")


def _staying(names: list[str], fields: Mapping[str, str]) -> list[Notice]:
    if not names:
        return []
    told = ", ".join(str(_NAMES_BESIDE[fields[name]][0]) for name in names)
    words = _("You had typed this already, and it stays: %(names)s")
    return [Notice(words % {"names": told})]
