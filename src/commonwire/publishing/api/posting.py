from http import HTTPStatus
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Status

from commonwire.kit.address import absolute
from commonwire.kit.markup import count_links
from commonwire.publishing import keys, work
from commonwire.publishing.actions.publish import publish
from commonwire.publishing.admission import Arrival, knock
from commonwire.publishing.api import attempts
from commonwire.publishing.api.attempts import Attempt
from commonwire.publishing.api.composing import content_of, placed_of, signs_of
from commonwire.publishing.api.describing import extra, header
from commonwire.publishing.api.problems import Problem
from commonwire.publishing.api.routes import router
from commonwire.publishing.api.senders import Sender, contributor
from commonwire.publishing.api.shapes import (
    AddendumSent,
    ChallengeShown,
    PostSent,
    Published,
)
from commonwire.publishing.content import Content, Doubt, Facts, Placed
from commonwire.publishing.fares import Fare
from commonwire.publishing.models import Post
from commonwire.publishing.screening import words_of

# Two requests may want the same address, picture or key at once: who comes second looks
# again at what the first has done.
_TRIES = 3


@router.get(
    "/challenge", response=ChallengeShown, operation_id="getChallenge", tags=["publish"]
)
def get_challenge(request: HttpRequest) -> dict[str, Any]:
    """A challenge of altcha's second kind, good for an hour. Find the counter whose
    derived key begins with `keyPrefix`; send the payload in the `Altcha` header of
    `POST /api/v1/posts`."""
    return work.challenge()


@router.post(
    "/posts",
    response={201: Published},
    auth=contributor,
    tags=["publish"],
    operation_id="publishPost",
    openapi_extra=extra(
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.CONFLICT,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.TOO_MANY_REQUESTS,
        security=("Bearer", "Altcha"),
        optional=True,
        parameters=(
            header(
                attempts.HEADER,
                "A random text of your own, such as a UUID: the same request with the "
                "same key is one post, and gets the same answer.",
            ),
        ),
        headers={"Location": "The post's page."},
    ),
)
def publish_post(
    request: HttpRequest, sent: PostSent, response: HttpResponse
) -> Status[dict[str, Any]]:
    """Publish a post. Keep the `key` of the answer: it is told once, and nobody can
    look it up. Without a token and a proof of work the post is published, but waits
    unlisted for an editor."""
    sender: Sender = request.auth  # type: ignore[attr-defined]  # set by ninja
    key = request.headers.get(attempts.HEADER, "").strip()
    attempt = attempts.attempt_of(key, sender, sent)
    proof = request.headers.get("Altcha", "") or sent.altcha
    post = attempts.earlier(attempt) or _publish(sent, sender, attempt, proof)
    url = absolute(post.path)
    response.headers["Location"] = url
    return Status(
        HTTPStatus.CREATED,
        {
            "id": post.pk,
            "url": url,
            "key": keys.phrase_for(attempt.seed),
            "listed": post.listed,
            "embargo_until": post.embargo_until and post.embargo_until.isoformat(),
            "waiting": _waiting(post),
        },
    )


def _waiting(post: Post) -> list[str]:
    """Why no list has it yet."""
    flooded = _(
        "Very much comes in at the moment. The post is on the raw wire, /wire/raw/, "
        "until an editor sorts it."
    )
    is_on_it = post.raw and post.waiting_since is None
    return [*words_of(post.waiting_because), *([flooded] if is_on_it else [])]


def _publish(sent: PostSent, sender: Sender, attempt: Attempt, proof: str) -> Post:
    placed, signs = placed_of(sent, sender), signs_of(sent)
    worked = None if sender.token else work.check(proof)
    if worked is not None:
        _admit(sent, sender, is_paid=isinstance(worked, Fare))
    for left in reversed(range(_TRIES)):
        content = content_of(sent, at=placed.published_at)
        try:
            return _publish_once(content, placed, signs, sender, attempt, worked)
        except IntegrityError:
            if not left:
                raise
    raise AssertionError("unreachable")


@transaction.atomic
def _publish_once(
    content: Content,
    placed: Placed,
    signs: dict[str, Any],
    sender: Sender,
    attempt: Attempt,
    worked: Fare | Doubt | None,
) -> Post:
    """The work is used up with the post that it was done for, or not at all."""
    done = attempts.earlier(attempt)
    if done is not None:
        return done
    attempts.remember(attempt)
    facts = Facts(
        network=sender.network,
        now=timezone.now(),
        through_form=False,
        doubts=_doubts(worked),
        token=sender.token,
        signs=signs,
    )
    return publish(
        content=content,
        facts=facts,
        phrase_hash=keys.hash_of(keys.phrase_for(attempt.seed)),
        by=sender.token if sender.editor else None,
        placed=placed,
        idempotency_hash=attempt.hash,
    )


def _admit(sent: PostSent, sender: Sender, *, is_paid: bool) -> None:
    """Ask a program to come back later, before anything of what it sent is stored."""
    parts: list[PostSent | AddendumSent] = [sent, *sent.addenda]
    later = knock(
        Arrival(
            sender.network,
            has_files=any(part.media for part in parts),
            has_links=any(part.related_url or count_links(part.body) for part in parts),
        )
    )
    if later and not (later.payable and is_paid):
        raise Problem(
            HTTPStatus.TOO_MANY_REQUESTS,
            later.words,
            headers={"Retry-After": str(later.seconds)},
        )


def _doubts(worked: Fare | Doubt | None) -> tuple[Doubt, ...]:
    if worked is None:
        return ()
    return (worked,) if isinstance(worked, Doubt) else work.use(worked)
