"""What every page of the desk shows around its own: the site, who is there, where to
go from here."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from commonwire.accounts.middleware import DESK
from commonwire.accounts.models import Editor
from commonwire.accounts.permissions import Permission, may
from commonwire.accounts.queries import can_sign_in
from commonwire.publishing.queries import the_site


@dataclass(frozen=True)
class Entry:
    """A line of the desk's navigation; ``current``: one is there, or below it."""

    path: str
    title: Any
    permission: Permission
    current: bool = False


# In this order. Whoever builds a page of the desk adds its line.
NAVIGATION = (
    Entry(DESK, _("Stream"), Permission.READ),
    Entry("/desk/features/", _("Features"), Permission.FEATURE),
    Entry("/desk/calls/", _("Calls"), Permission.ORGANISE),
    Entry("/desk/organisations/", _("Organisations"), Permission.ORGANISE),
    Entry("/desk/calendars/", _("Calendars"), Permission.IMPORT),
    Entry("/desk/rules/", _("Rules"), Permission.READ),
    Entry("/desk/screening/", _("Screening"), Permission.SCREEN),
    Entry("/desk/settings/", _("Settings"), Permission.CHANGE_SETTINGS),
    Entry("/desk/editors/", _("Editors"), Permission.READ),
)


def desk(request: HttpRequest) -> dict[str, Any]:
    """Nothing but for pages of the desk."""
    if not request.path.startswith(DESK):
        return {}
    user = getattr(request, "user", None)
    editor = user if isinstance(user, Editor) else None
    inside = editor is not None and can_sign_in(editor)
    return {
        "site": the_site(),
        "editor": editor,
        "navigation": _entries(request.path, editor) if inside else (),
    }


def _entries(path: str, editor: Editor | None) -> list[Entry]:
    open_to = [entry for entry in NAVIGATION if may(editor, entry.permission)]
    return [replace(entry, current=_is_at(path, entry)) for entry in open_to]


def _is_at(path: str, entry: Entry) -> bool:
    """At the page or below it; everything is below the first one."""
    return path == entry.path or (entry.path != DESK and path.startswith(entry.path))
