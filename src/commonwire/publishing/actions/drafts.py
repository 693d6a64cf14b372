import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from commonwire.media import actions as media
from commonwire.media.models import Attachment
from commonwire.publishing.actions.nonces import spend
from commonwire.publishing.author_queries import draft_hash, lock_draft
from commonwire.publishing.fares import Fare, Spent
from commonwire.publishing.models import Draft, Placement, Post
from commonwire.publishing.notices import Notice, stored

# Among a draft's signs: its work was done.
PAID = "paid"
DRAFT_LIFE = timedelta(days=2)
# How long the page with the key can be loaded again after publishing.
KEY_PAGE_LIFE = timedelta(hours=1)


@transaction.atomic
def start_draft(
    *,
    typed: dict[str, Any],
    signs: dict[str, Any],
    fare: Fare | None = None,
    has_to_pay: bool = False,
) -> tuple[Draft, str]:
    """A new draft and its token, which is told here only. Raises Spent when it has to be
    paid for, and what it is paid with was used before."""
    if fare and spend(nonce=fare.nonce, expires_at=fare.expires_at):
        signs = {**signs, PAID: True}
    elif has_to_pay:
        raise Spent
    token = secrets.token_urlsafe(24)
    now = timezone.now()
    draft = Draft.objects.create(
        token_hash=draft_hash(token),
        typed=typed,
        signs=signs,
        created_at=now,
        changed_at=now,
    )
    return draft, token


def is_begun(draft: Draft) -> bool:
    """Whether nobody has sent its form yet: it was begun for its author."""
    return bool(draft.signs.get("begun")) and draft.changed_at == draft.created_at


@transaction.atomic
def save_draft(
    *, draft: Draft, notices: list[Notice], fare: Fare | None = None
) -> None:
    """Keep what was put into the draft, with what there is to tell about it."""
    if fare and spend(nonce=fare.nonce, expires_at=fare.expires_at):
        draft.signs[PAID] = True
    draft.notices = stored(notices)
    draft.changed_at = timezone.now()
    draft.save(update_fields=["typed", "notices", "signs", "changed_at"])


@transaction.atomic
def make_comment(*, draft: Draft, post: Post) -> None:
    """What was to be a post of its own goes on as a comment on another."""
    typed = draft.typed
    texts = [typed.get("summary", ""), typed.get("body", "")]
    part = {name: typed.get(name, "") for name in ("title", "byline", "related_url")}
    part["body"] = "\n\n".join(text for text in texts if text)
    draft.typed = {"addenda": [part]}
    draft.signs = {**draft.signs, "comments_on": post.pk}
    draft.save(update_fields=["typed", "signs"])
    draft.placements.update(part=1)
    draft.uploads.update(part=1)


@transaction.atomic
def place_in_draft(*, draft: Draft, attachment: Attachment, part: int) -> Placement:
    lock_draft(draft)
    position = draft.placements.filter(part=part).count()
    return Placement.objects.create(
        draft=draft, attachment=attachment, part=part, position=position
    )


@transaction.atomic
def place_before(*, placement: Placement, other: Placement) -> None:
    """Move a placement to where another of its part stands; that and later ones follow."""
    inside = Placement.objects.filter(draft=placement.draft, part=placement.part)
    inside.filter(position__gte=other.position).update(position=F("position") + 1)
    placement.position = other.position
    placement.save(update_fields=["position"])


@transaction.atomic
def remove_from_draft(*, placements: list[Placement]) -> None:
    attachments = [placement.attachment for placement in placements]
    Placement.objects.filter(pk__in=[item.pk for item in placements]).delete()
    media.discard(attachments=attachments)


def sweep_drafts() -> int:
    """Delete drafts that nobody came back to, and published ones after an hour."""
    now = timezone.now()
    old = Draft.objects.filter(
        Q(post=None, changed_at__lt=now - DRAFT_LIFE)
        | Q(post__isnull=False, changed_at__lt=now - KEY_PAGE_LIFE)
    )
    count = 0
    for draft in old[:500]:
        with transaction.atomic():
            remove_from_draft(
                placements=list(draft.placements.select_related("attachment"))
            )
            draft.delete()
        count += 1
    return count


@transaction.atomic
def order(*, placements: list[Placement]) -> None:
    """Number the placements in the order given."""
    for number, placement in enumerate(placements):
        if placement.position != number:
            placement.position = number
            placement.save(update_fields=["position"])


@transaction.atomic
def move_up(*, draft: Draft, after: int) -> None:
    """The files of later addenda follow them one place up, those on their way too;
    what was on its way to the removed one goes to the post."""
    draft.uploads.filter(part=after).update(part=0)
    for files in (draft.placements, draft.uploads):
        files.filter(part__gt=after).update(part=F("part") - 1)
