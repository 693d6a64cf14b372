"""Whose program it is, and which call the address names."""

from http import HTTPStatus

from django.http import HttpRequest
from django.utils.translation import gettext as _

from commonwire.calls import stewardship
from commonwire.calls.models import Call
from commonwire.calls.stewardship import Acting
from commonwire.publishing.api.problems import Problem, not_found
from commonwire.publishing.api.senders import contributor


def organisation(request: HttpRequest) -> Acting:
    """A program that acts for an organisation, as its steward would, and for no other."""
    token = contributor(request).token
    if token is None:
        raise Problem(
            HTTPStatus.UNAUTHORIZED,
            _("Send an organisation's token: “Authorization: Bearer …”."),
            headers={"WWW-Authenticate": "Bearer"},
        )
    acting = stewardship.by_token(token)
    if acting is None:
        raise Problem(
            HTTPStatus.FORBIDDEN,
            _(
                "This needs a token that acts for an organisation: `commonwire token "
                "add NAME --organisation SLUG` prints one."
            ),
        )
    return acting


def acting_of(request: HttpRequest) -> Acting:
    """What `organisation` found, as ninja keeps it."""
    found: Acting = request.auth  # type: ignore[attr-defined]  # set by ninja
    return found


def call_at(post_id: int) -> Call:
    """One that may be read; raises a Problem."""
    found = Call.objects.select_related("post").filter(post_id=post_id).first()
    if found is None or not found.post.may_be_read:
        raise not_found(_("There is no call of this number."))
    return found
