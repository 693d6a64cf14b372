"""What an editor's program may do: read the rules, and decide."""

import hmac
import json
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from ninja import Router, Status
from pydantic import BaseModel, Field

from commonwire.accounts.models import ApiToken
from commonwire.changes import locks
from commonwire.kit.address import absolute
from commonwire.moderation import queries
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.actions.orders import Order, Target, carry_out
from commonwire.moderation.forms.orders import rule_of, target_of
from commonwire.moderation.models import Decision
from commonwire.moderation.states import Act
from commonwire.publishing.api import attempts, problems
from commonwire.publishing.api.describing import extra, header
from commonwire.publishing.api.problems import of_field
from commonwire.publishing.api.senders import editors_token
from commonwire.publishing.models import Section
from commonwire.publishing.queries import sections
from commonwire.publishing.sent import Sent, Text, text
from commonwire.publishing.states import PUBLIC_CLASSES, SectionKind

router = Router()
UNDO = "undo"
# What programs do with one request; corrections are PATCHed, features have a form.
ACTIONS = (
    Act.CLASSIFY,
    Act.HIDE,
    Act.UNHIDE,
    Act.CONFIRM_HIDE,
    Act.HOLD,
    Act.RELEASE,
    Act.WITHDRAW_FOR_SAFETY,
    Act.LOCK_COMMENTS,
    Act.UNLOCK_COMMENTS,
    Act.HIDE_COMMENT,
    Act.UNHIDE_COMMENT,
    Act.WITHDRAW_COMMENT,
    Act.REDACT_CORRECTION,
    Act.ANSWER_APPEAL,
    Act.SHOW_APPEAL,
    Act.REDACT_APPEAL,
    Act.REDACT_FLAG,
    Act.REMOVE_TEXT,
)
_ABOUT_DECISIONS = {UNDO, Act.REMOVE_TEXT.value}
_HALF = 32


class RuleShown(BaseModel):
    slug: str = Field(description="For `rule` of a decision.")
    title: str
    text: str
    url: str


class RulesShown(BaseModel):
    items: list[RuleShown]


def _needed(schema: dict[str, Any]) -> None:
    """It has to be given, though it is we who say so, in better words."""
    schema.pop("default")
    schema["enum"] = [*(act.value for act in ACTIONS), UNDO]


class DecisionSent(Sent):
    action: Text = Field(
        "",
        description="What is decided.",
        json_schema_extra=_needed,
    )
    post: int | None = Field(None, description="The post's `id`.")
    comment: int | None = Field(None, description="Of acts on comments.")
    appeal: int | None = Field(None, description="Of acts on appeals.")
    correction: int | None = Field(None, description="Of `redact-correction`.")
    flag: int | None = Field(
        None,
        description="Of `redact-flag`: the report's number, which the desk shows with it.",
    )
    number: int | None = Field(
        None, description="Of `undo` and `remove-text`: the decision's number."
    )
    wire_class: Text = Field(
        "",
        alias="class",
        description="Of `classify`; without one the post stays in its class.",
        json_schema_extra={"enum": ["", *PUBLIC_CLASSES]},
    )
    topics: list[Text] | None = Field(
        None, description="Of `classify`: all of the post's topics from now on."
    )
    regions: list[Text] | None = Field(None, description="Likewise.")
    rule: Text = text("A slug of `GET /api/v1/rules`; what hides or deletes needs one.")
    reason: Text = text(
        "For readers, in the public log; what hides, holds, answers or deletes needs "
        "one, which does not repeat what is deleted.",
        1000,
    )
    upheld: bool = Field(default=False, description="Of `answer-appeal`.")


class DecisionMade(BaseModel):
    number: int = Field(description="Its place in the public log.")
    url: str = Field(description="Its page there.")
    action: str
    post: int | None
    by: str = Field(description="The pseudonym that it is signed with.")
    at: str


@router.get(
    "/rules",
    response=RulesShown,
    auth=editors_token,
    tags=["decide"],
    operation_id="listRules",
    openapi_extra=extra(
        HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, security=("Bearer",)
    ),
)
def list_rules(request: HttpRequest) -> dict[str, Any]:
    """The rules in force, in the order in which the site publishes them."""
    return {
        "items": [
            {
                "slug": rule.slug,
                "title": rule.title,
                "text": rule.text,
                "url": absolute(rule.path),
            }
            for rule in queries.rules()
        ]
    }


@router.post(
    "/decisions",
    response={201: DecisionMade},
    by_alias=True,
    auth=editors_token,
    tags=["decide"],
    operation_id="decide",
    openapi_extra=extra(
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.CONFLICT,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        security=("Bearer",),
        parameters=(
            header(
                attempts.HEADER,
                "A text of your own, such as a UUID: the same request with the same "
                "key is one decision, and gets the same answer.",
            ),
        ),
        headers={"Location": "The decision's page in the log."},
    ),
)
def decide(
    request: HttpRequest, sent: DecisionSent, response: HttpResponse
) -> Status[dict[str, Any]]:
    """Decide, as at the desk: one entry of the public log, signed with the editor's
    pseudonym. What would change nothing is refused; but to look at a post and leave it
    in its class is a decision, too."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]  # set by ninja
    key = request.headers.get(attempts.HEADER, "").strip()
    hashed = _hash(key, token, sent) if key else None
    try:
        made = _once(hashed, token, sent)
    except Refused as refused:
        raise problem_of(refused) from refused
    response.headers["Location"] = absolute(made.path)
    return Status(
        HTTPStatus.CREATED,
        {
            "number": made.number,
            "url": absolute(made.path),
            "action": made.act,
            "post": made.post_id,
            "by": made.signed_as,
            "at": f"{made.at:%Y-%m-%dT%H:%M:%SZ}",
        },
    )


def on_refused(request: HttpRequest, refused: Any) -> HttpResponse:
    """Raised below an operation of another package: a correction's reason is a note."""
    if refused.field == "reason":
        return problems.answer(of_field("note", refused.words))
    return problems.answer(problem_of(refused))


def problem_of(refused: Refused) -> problems.Problem:
    if refused.field == "act":
        return problems.Problem(HTTPStatus.FORBIDDEN, refused.words)
    name = {"decision": "number", "target": "post"}.get(refused.field, refused.field)
    return of_field(name, refused.words)


@transaction.atomic
def _once(hashed: str | None, token: ApiToken, sent: DecisionSent) -> Decision:
    """The decision that this very request made before, or a new one."""
    if hashed:
        locks.take_turns("decision", hashed[:_HALF])
    made = _earlier(hashed) if hashed else None
    if made is not None:
        return made
    assert token.editor is not None  # noqa: S101 - `editors_token` lets no others in
    order, target = _order(sent), _target(sent)
    made = carry_out(by=token.editor, order=order, target=target)
    if hashed:
        made.idempotency_hash = hashed
        made.save(update_fields=["idempotency_hash"])
    return made


def _earlier(hashed: str) -> Decision | None:
    named = hashed[:_HALF]
    found = Decision.objects.filter(
        idempotency_hash__gte=named,
        idempotency_hash__lt=named + "g",  # after every hexadecimal digit
    ).first()
    if found is not None and found.idempotency_hash != hashed:
        sentence = _(
            "This key came with something else before. Use a fresh one for each "
            "decision."
        )
        raise of_field(attempts.HEADER, sentence, HTTPStatus.CONFLICT)
    return found


def _hash(key: str, token: ApiToken, sent: DecisionSent) -> str:
    """Who and which key in its first half, what was sent in its second."""
    if len(key) > attempts.LONGEST:
        sentence = _("This is longer than %(most)s characters; a UUID is enough.")
        raise of_field(attempts.HEADER, sentence % {"most": attempts.LONGEST})
    named = salted_hmac("decisions", f"token {token.pk}\n{key}", algorithm="sha256")
    body = json.dumps(sent.model_dump(), sort_keys=True).encode()
    what = hmac.digest(named.digest(), body, sha256).hex()
    return named.hexdigest()[:_HALF] + what[:_HALF]


def _order(sent: DecisionSent) -> Order:
    known = [*(act.value for act in ACTIONS), UNDO]
    if sent.action not in known:
        sentence = _("There is no action “%(name)s”; there are %(known)s.")
        told = {"name": sent.action, "known": ", ".join(known)}
        raise of_field("action", sentence % told)
    if sent.wire_class and sent.wire_class not in PUBLIC_CLASSES:
        raise of_field("class", _("Choose one of: new, local, global, other."))
    return Order(
        act=Act.CLASSIFY if sent.action == UNDO else Act(sent.action),
        wire_class=sent.wire_class,
        sections=_sections(sent),
        rule=rule_of(sent.rule),
        reason=sent.reason,
        upheld=sent.upheld,
        undo=sent.action == UNDO,
    )


def _sections(sent: DecisionSent) -> tuple[Section, ...] | None:
    if sent.topics is None and sent.regions is None:
        return None
    if sent.topics is None or sent.regions is None:
        missing = "regions" if sent.regions is None else "topics"
        raise of_field(missing, _("Send topics and regions together: all of both."))
    topics, regions = sections()
    known = {(item.kind, item.slug): item for item in [*topics, *regions]}
    chosen = []
    for name, kind, slugs in (
        ("topics", SectionKind.TOPIC, sent.topics),
        ("regions", SectionKind.REGION, sent.regions),
    ):
        for slug in slugs:
            if (kind, slug) not in known:
                sentence = _("There is no section “%(value)s” here.")
                raise of_field(name, sentence % {"value": slug})
            chosen.append(known[kind, slug])
    return tuple(chosen)


def _target(sent: DecisionSent) -> Target:
    """The narrowest thing that is named; it has to be the post's, if one is named."""
    named = {
        "decision": sent.number if sent.action in _ABOUT_DECISIONS else None,
        "appeal": sent.appeal,
        "correction": sent.correction,
        "flag": sent.flag,
        "comment": sent.comment,
        "post": sent.post,
    }
    kind, number = next(
        ((kind, n) for kind, n in named.items() if n is not None), ("post", None)
    )
    if number is None:
        field = "number" if sent.action in _ABOUT_DECISIONS else "post"
        raise of_field(field, _("Say about what."))
    try:
        target = target_of(f"{kind}:{number}")
    except Refused:
        field = "number" if kind == "decision" else kind
        words = _("There is nothing here by this number.")
        raise of_field(field, words) from None
    if sent.post is not None and (target.post is None or target.post.pk != sent.post):
        raise of_field("post", _("This belongs to another post."))
    return target
