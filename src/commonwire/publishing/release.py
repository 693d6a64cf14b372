"""What a press release says beside its headline and its text. It is stored with its
post, as plain data; here it has its shape."""

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonwire.kit.mail_mask import mask


class ReleaseKind(models.TextChoices):
    RELEASE = "release", _("Press release")
    ADVISORY = "advisory", _("Media advisory")
    STATEMENT = "statement", _("Statement")
    CORRECTION = "correction", _("Correction of a release")


class Status(models.TextChoices):
    IMMEDIATE = "immediate", _("For immediate release")
    EMBARGOED = "embargoed", _("Embargoed until …")


@dataclass(frozen=True)
class Contact:
    name: str = ""
    office: str = ""
    organisation: str = ""
    phone: str = ""
    email: str = ""

    @property
    def line(self) -> str:
        """For everybody: its mail address as robots do not read it."""
        return mask(", ".join(str(value) for value in vars(self).values() if value))

    @property
    def role(self) -> str:
        return ", ".join(filter(None, (self.office, self.organisation)))


@dataclass(frozen=True)
class Quote:
    words: str = ""
    speaker: str = ""
    office: str = ""
    organisation: str = ""

    @property
    def by(self) -> str:
        told = (self.speaker, self.office, self.organisation)
        return ", ".join(filter(None, told))


@dataclass(frozen=True)
class Boilerplate:
    organisation: str = ""
    text: str = ""


@dataclass(frozen=True)
class Release:
    """``embargo``: when it was to be held until, in its zone; it stays when it is
    over. ``for_press``: there are contacts for the press alone, kept elsewhere."""

    kind: str = ReleaseKind.RELEASE
    status: str = Status.IMMEDIATE
    embargo: str = ""
    embargo_zone: str = ""
    issued: str = ""
    subheadline: str = ""
    dateline: str = ""
    end_mark: str = "###"
    corrects: str = ""
    # What newsrooms may do with text and pictures, in its author's words.
    licence: str = ""
    contacts: tuple[Contact, ...] = ()
    quotes: tuple[Quote, ...] = ()
    boilerplates: tuple[Boilerplate, ...] = ()
    for_press: bool = False

    @classmethod
    def of(cls, stored: dict[str, Any]) -> "Release":
        known = {each.name for each in fields(cls)}
        told = {name: value for name, value in stored.items() if name in known}
        for name, shape in ROWS.items():
            told[name] = tuple(shape(**row) for row in stored.get(name, ()))
        return cls(**told)

    @property
    def stored(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def label(self) -> str:
        return str(ReleaseKind(self.kind).label)

    @property
    def embargoed_until(self) -> datetime | None:
        """In the zone that its author said it in."""
        if not self.embargo:
            return None
        return datetime.fromisoformat(self.embargo).astimezone(
            ZoneInfo(self.embargo_zone)
        )

    @property
    def issued_on(self) -> date | None:
        return date.fromisoformat(self.issued) if self.issued else None

    @property
    def texts(self) -> list[str]:
        """All that everybody may read of it, for screening."""
        rows = (*self.contacts, *self.quotes, *self.boilerplates)
        told = [value for row in rows for value in vars(row).values()]
        own = [self.subheadline, self.dateline, self.end_mark, self.licence]
        return [*own, *map(str, told)]

    @property
    def readable(self) -> dict[str, str]:
        """By name, as corrections show it."""
        return {
            "release.kind": self.label,
            "release.issued": self.issued,
            "release.subheadline": self.subheadline,
            "release.dateline": self.dateline,
            "release.corrects": self.corrects,
            "release.licence": self.licence,
            "release.contacts": "\n".join(each.line for each in self.contacts),
            "release.quotes": "\n".join(
                f"“{each.words}” — {each.by}" for each in self.quotes
            ),
            "release.boilerplates": "\n".join(
                f"{each.organisation}: {each.text}" for each in self.boilerplates
            ),
        }


ROWS: dict[str, Any] = {
    "contacts": Contact,
    "quotes": Quote,
    "boilerplates": Boilerplate,
}
# The files that are made of a release, beside its page.
OUTPUTS = {
    "release.txt": _("Plain text"),
    "release-letter.pdf": _("PDF, US Letter"),
    "release-a4.pdf": _("PDF, A4"),
    "ninjs.json": _("ninjs (JSON)"),
    "press-kit.zip": _("Press kit with pictures (.zip)"),
}
# What corrections call the fields above.
NAMES = {
    "release.kind": _("kind of release"),
    "release.issued": _("date of issue"),
    "release.subheadline": _("sub-headline"),
    "release.dateline": _("dateline"),
    "release.corrects": _("what it corrects"),
    "release.licence": _("licence"),
    "release.contacts": _("press contacts"),
    "release.quotes": _("quotes"),
    "release.boilerplates": _("about the organisations"),
}


@dataclass(frozen=True)
class ReleaseContent:
    """What a form or a program says, after validation. ``corrects``: the number of the
    post that it corrects, if that is here."""

    release: Release
    press_contacts: tuple[Contact, ...] = ()
    embargo_until: datetime | None = None
    corrects: int | None = None
