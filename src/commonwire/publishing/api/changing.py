"""What the author's key opens, and an editor's token a part of."""

from http import HTTPStatus
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Status

from commonwire.kit.address import absolute
from commonwire.kit.buckets import network_of
from commonwire.publishing.actions import corrections
from commonwire.publishing.api.composing import addendum_of, revision_of
from commonwire.publishing.api.describing import extra
from commonwire.publishing.api.problems import Problem, of_field
from commonwire.publishing.api.reading import gone, shown
from commonwire.publishing.api.routes import router
from commonwire.publishing.api.senders import Right, author, author_or_editor
from commonwire.publishing.api.shapes import (
    AddendumPublished,
    AddendumSent,
    CorrectionSent,
    PostCorrected,
)
from commonwire.publishing.content import Facts
from commonwire.publishing.models import Post
from commonwire.publishing.screening import tell_corrected, words_of
from commonwire.publishing.states import Author

_REFUSALS = (
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.TOO_MANY_REQUESTS,
)
_BODY_REFUSALS = (
    HTTPStatus.BAD_REQUEST,
    *_REFUSALS,
    HTTPStatus.GONE,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
)


@router.patch(
    "/posts/{int:post_id}",
    response=PostCorrected,
    by_alias=True,
    auth=author_or_editor,
    tags=["change"],
    operation_id="correctPost",
    openapi_extra=extra(
        *_BODY_REFUSALS, HTTPStatus.NOT_FOUND, security=("Key", "Bearer")
    ),
)
def correct_post(
    request: HttpRequest, post_id: int, sent: CorrectionSent
) -> dict[str, Any]:
    """Correct a post: the old text is kept and shown as a dated difference, the
    address stays. Sending what is there already changes nothing. An author's change is
    screened: the post may wait for an editor after it."""
    right = _open(request)
    revision = revision_of(sent, right.post, right.by)
    facts = _facts(request) if right.by == Author.AUTHOR else None
    try:
        with transaction.atomic():
            made = corrections.correct(
                post=right.post, revision=revision, by=right.by, facts=facts
            )
            if made is not None and right.editor is not None:
                tell_corrected(made, right.editor)
    except corrections.Withdrawn as error:
        raise _gone_meanwhile(right.post) from error
    return {**shown(post_id, Post.everything.all()), **_standing(right.post)}


@router.delete(
    "/posts/{int:post_id}",
    response={204: None},
    auth=author,
    tags=["change"],
    operation_id="withdrawPost",
    openapi_extra=extra(*_REFUSALS, security=("Key",)),
)
def withdraw_post(request: HttpRequest, post_id: int) -> Status[None]:
    """Take the post back for good: its page says so, and nothing else. Twice is the
    same as once."""
    corrections.withdraw(post=_right(request).post)
    return Status(HTTPStatus.NO_CONTENT, None)


@router.post(
    "/posts/{int:post_id}/addenda",
    response={201: AddendumPublished},
    auth=author,
    tags=["change"],
    operation_id="addAddendum",
    openapi_extra=extra(*_BODY_REFUSALS, security=("Key",)),
)
def add_addendum(
    request: HttpRequest, post_id: int, sent: AddendumSent
) -> Status[dict[str, Any]]:
    """Add a § part below the post, which may wait for an editor after it."""
    post = _open(request).post
    facts = _facts(request)
    try:
        try:
            made = corrections.add_addendum(
                post=post, content=addendum_of(sent), facts=facts
            )
        except IntegrityError:  # its picture was placed by another request meanwhile
            made = corrections.add_addendum(
                post=post, content=addendum_of(sent), facts=facts
            )
    except corrections.Withdrawn as error:
        raise _gone_meanwhile(post) from error
    except corrections.Full as error:
        raise of_field("", str(error)) from error
    place = post.addenda.exclude(by=Author.READER).count()
    url = absolute(f"{post.path}#addendum-{place}")
    return Status(HTTPStatus.CREATED, {"id": made.pk, "url": url, **_standing(post)})


def _facts(request: HttpRequest) -> Facts:
    network = network_of(request.META)
    return Facts(network=network, now=timezone.now(), through_form=False)


def _standing(post: Post) -> dict[str, Any]:
    """Whether the change has left the post in the lists."""
    post.refresh_from_db(fields=["listed", "waiting_because"])
    return {"listed": post.listed, "waiting": words_of(post.waiting_because)}


def _right(request: HttpRequest) -> Right:
    right: Right = request.auth  # type: ignore[attr-defined]  # set by ninja
    return right


def _open(request: HttpRequest) -> Right:
    """A post that was withdrawn is closed to its author, too."""
    right = _right(request)
    if right.post.withdrawn_at:
        raise gone(right.post)
    return right


def _gone_meanwhile(post: Post) -> Problem:
    post.refresh_from_db(fields=["withdrawn_by"])
    return gone(post)
