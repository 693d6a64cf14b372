"""What becomes of the fields of tables that other programs bring along for signing in:
Django's own and allauth's."""

from commonwire.kit.fates import NEVER, PRIVATE, wiped


class Authenticator:
    """A passkey, an app or recovery codes. ``data`` holds a passkey's public half and
    name, or what codes are made from, encrypted."""

    id = PRIVATE
    user = PRIVATE
    type = PRIVATE
    data = wiped("when the editor takes it away, is removed or begins anew")
    created_at = PRIVATE
    last_used_at = PRIVATE


class EmailAddress:
    id = NEVER
    user = NEVER
    email = NEVER
    verified = NEVER
    primary = NEVER


class EmailConfirmation:
    id = NEVER
    email_address = NEVER
    created = NEVER
    sent = NEVER
    key = NEVER


class Session:
    """``session_data``: which editor, and by which of their ways they signed in."""

    session_key = PRIVATE
    session_data = wiped("when the editor signs out, or two weeks after they signed in")
    expire_date = PRIVATE


class ContentType:
    """The names of the program's own tables."""

    id = PRIVATE
    app_label = PRIVATE
    model = PRIVATE


class Permission:
    """Django's own; who may do what here is in the program."""

    id = PRIVATE
    name = PRIVATE
    content_type = PRIVATE
    codename = PRIVATE


class Group:
    id = NEVER
    name = NEVER
    permissions = NEVER


OF_OTHERS: dict[str, type] = {
    "mfa.authenticator": Authenticator,
    "account.emailaddress": EmailAddress,
    "account.emailconfirmation": EmailConfirmation,
    "sessions.session": Session,
    "contenttypes.contenttype": ContentType,
    "auth.permission": Permission,
    "auth.group": Group,
}
