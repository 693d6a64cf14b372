from typing import Any

from django.db import transaction
from django.utils import timezone

from commonwire.changes.record import record
from commonwire.kit import markup
from commonwire.media import actions as media
from commonwire.media.models import Attachment
from commonwire.publishing.actions.facts import facts_of
from commonwire.publishing.actions.publish import create_addendum
from commonwire.publishing.content import AddendumContent, Revision
from commonwire.publishing.models import Addendum, Correction, Draft, Post
from commonwire.publishing.states import Author

CORRECTABLE = ("title", "byline", "summary", "body", "related_url", "language")
ADDENDUM_CORRECTABLE = ("title", "byline", "body", "related_url")


class Withdrawn(ValueError):
    """The post was withdrawn; nothing can be done to it any more."""


@transaction.atomic
def correct(
    *,
    post: Post,
    revision: Revision,
    by: str = Author.AUTHOR,
    addendum: Addendum | None = None,
) -> Correction | None:
    """Change a published text and keep the old one; None when nothing is different.

    The address stays, whatever the new title.
    """
    post = _lock(post)
    target: Post | Addendum = post if addendum is None else addendum
    names = CORRECTABLE if addendum is None else ADDENDUM_CORRECTABLE
    before, after = _differences(target, revision.fields, names)
    if not after:
        return None
    for name, value in after.items():
        setattr(target, name, value)
    target.body_html = markup.render(target.body)
    now = timezone.now()
    post.updated_at = now
    correction = Correction.objects.create(
        post=post,
        addendum=addendum,
        by=by,
        note=revision.note,
        before=before,
        after=after,
        made_at=now,
    )
    target.save()
    post.save()
    record(kind="post.corrected", post_id=post.pk, **facts_of(post))
    return correction


def _differences(
    target: Post | Addendum, fields: dict[str, str], names: tuple[str, ...]
) -> tuple[dict[str, Any], dict[str, Any]]:
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for name in names:
        if name in fields and fields[name] != getattr(target, name):
            before[name], after[name] = getattr(target, name), fields[name]
    return before, after


@transaction.atomic
def add_addendum(
    *, post: Post, content: AddendumContent, by: str = Author.AUTHOR
) -> Addendum:
    """Add a § part to a published post."""
    post = _lock(post)
    now = timezone.now()
    if content.attachments:
        media.publish(attachments=list(content.attachments))
    addendum = create_addendum(content, post, now, by)
    post.updated_at = now
    post.save(update_fields=["updated_at"])
    record(kind="post.added_to", post_id=post.pk, **facts_of(post))
    return addendum


@transaction.atomic
def add_drafted_addendum(*, draft: Draft, post: Post, content: AddendumContent) -> None:
    """Add what a draft holds, exactly once."""
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if draft.post is not None:
        return
    draft.placements.all().delete()
    add_addendum(post=post, content=content)
    draft.post = post
    draft.typed, draft.notices = {}, []
    draft.changed_at = timezone.now()
    draft.save()


@transaction.atomic
def withdraw(*, post: Post) -> Post:
    """Take the post back: its words, pictures, addenda and corrections are deleted, and
    its page says so. Twice is the same as once."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    if post.withdrawn_at:
        return post
    facts = facts_of(post)
    attachments = list(
        Attachment.objects.filter(placement__post=post)
        | Attachment.objects.filter(placement__addendum__post=post)
    )
    post.corrections.all().delete()
    post.addenda.all().delete()
    post.placements.all().delete()
    media.discard(attachments=attachments)
    for name in ("title", "byline", "summary", "body", "body_html", "related_url"):
        setattr(post, name, "")
    post.contact = post.text_hash = ""
    post.withdrawn_at = post.updated_at = timezone.now()
    post.listed = False
    post.save()
    record(kind="post.withdrawn", post_id=post.pk, **{**facts, "listed": False})
    return post


def _lock(post: Post) -> Post:
    post = Post.objects.select_for_update().get(pk=post.pk)
    if post.withdrawn_at:
        raise Withdrawn
    return post
