"""Who may do what: the one place. A view of the desk says with ``needs`` which
permission it asks for; the gate (accounts/middleware.py) looks before any view runs, and
an address under /desk/ whose view says nothing is closed to everybody. For programs,
`publishing/api/senders.py` asks ``may`` of a token's editor."""

from collections.abc import Callable
from enum import StrEnum, auto
from functools import partial, update_wrapper
from typing import Any, TypeVar

from commonwire.accounts.models import Editor

View = TypeVar("View", bound=Callable[..., Any])


class Role(StrEnum):
    EDITOR = auto()
    STEWARD = auto()


class Permission(StrEnum):
    # Signing in and out: strangers have to reach these.
    ANYONE = auto()
    # One's own ways to sign in: open before they are set up, and nothing else is.
    OWN_SIGN_IN = auto()
    # To see the desk.
    READ = auto()
    # Placing and hiding.
    SORT = auto()
    FEATURE = auto()
    HIDE = auto()
    WITHDRAW = auto()
    RELEASE = auto()
    LOCK_COMMENTS = auto()
    # Words.
    CORRECT = auto()
    # Events from calendars elsewhere.
    IMPORT = auto()
    ANSWER_APPEALS = auto()
    TALK = auto()
    TAKE_OUT_REASONS = auto()
    # How the site works.
    SCREEN = auto()
    FLOOD = auto()
    # Organisations: their rows, places and stewards.
    ORGANISE = auto()
    CHANGE_RULES = auto()
    CHANGE_SETTINGS = auto()
    # Editors.
    INVITE_EDITORS = auto()
    INVITE_STEWARDS = auto()
    MANAGE_EDITORS = auto()


_OF_EDITORS = frozenset(
    {
        Permission.ANYONE,
        Permission.OWN_SIGN_IN,
        Permission.READ,
        Permission.SORT,
        Permission.FEATURE,
        Permission.HIDE,
        Permission.WITHDRAW,
        Permission.RELEASE,
        Permission.LOCK_COMMENTS,
        Permission.CORRECT,
        Permission.IMPORT,
        Permission.ANSWER_APPEALS,
        Permission.TALK,
        # Removing a private address from the log cannot wait for a steward.
        Permission.TAKE_OUT_REASONS,
        Permission.SCREEN,
        Permission.FLOOD,
        Permission.ORGANISE,
        Permission.INVITE_EDITORS,
    }
)
_HELD: dict[Role, frozenset[Permission]] = {
    Role.EDITOR: _OF_EDITORS,
    Role.STEWARD: frozenset(Permission),
}


def role_of(editor: Editor) -> Role:
    return Role.STEWARD if editor.is_steward else Role.EDITOR


def may(editor: Editor | None, permission: Permission) -> bool:
    """Whether an editor may; who was removed may nothing."""
    if editor is None or not editor.is_active:
        return permission is Permission.ANYONE
    return permission in _HELD[role_of(editor)]


def may_invite(editor: Editor, role: Role) -> bool:
    """Nobody makes more of anybody than they are."""
    wanted = (
        Permission.INVITE_STEWARDS
        if role is Role.STEWARD
        else Permission.INVITE_EDITORS
    )
    return may(editor, wanted)


def needs(permission: Permission) -> Callable[[View], View]:
    """Declares what a view asks for. It goes above or below other decorators, and
    around a class's ``as_view()``."""

    def declare(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return declare


def needed_by(view: Callable[..., Any]) -> Permission | None:
    """What a view declared; None when it declared nothing."""
    found = getattr(view, "permission", None)
    return found if isinstance(found, Permission) else None


def behind(permission: Permission, patterns: list[Any]) -> None:
    """Declares one permission for all addresses of another program."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            behind(permission, pattern.url_patterns)
        else:
            view = partial(pattern.callback)  # some are methods, which carry no word
            pattern.callback = needs(permission)(update_wrapper(view, pattern.callback))
