from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.changes.record import readdress, record
from commonwire.kit import markup
from commonwire.kit.seen import check
from commonwire.kit.seen import mark_of as seen_mark
from commonwire.media import actions as media
from commonwire.media.models import Attachment
from commonwire.publishing.actions import (
    featuring,
    part_corrections,
    release_corrections,
    withholding,
)
from commonwire.publishing.actions.facts import facts_of
from commonwire.publishing.actions.publish import create_addendum, has_sound
from commonwire.publishing.actions.sorting import record_comment
from commonwire.publishing.content import (
    AddendumContent,
    Changed,
    Content,
    Facts,
    Revision,
)
from commonwire.publishing.models import Addendum, Correction, Draft, Post
from commonwire.publishing.parts import name_of, part_at, part_of
from commonwire.publishing.release import NAMES, ReleaseContent
from commonwire.publishing.screening import (
    arrived,
    screen,
    tell_held,
    tell_withdrawn,
)
from commonwire.publishing.slugs import former_hash, free_slug
from commonwire.publishing.states import Author, WireClass
from commonwire.publishing.typed import MOST_ADDENDA

CORRECTABLE = ("title", "byline", "summary", "body", "related_url", "language")
ADDENDUM_CORRECTABLE = ("title", "byline", "body", "related_url")


class Withdrawn(ValueError):
    """The post was withdrawn; nothing can be done to it any more."""


class Full(ValueError):
    """Its author can add nothing more to the post; says so."""


@transaction.atomic
def correct(
    *,
    post: Post,
    revision: Revision,
    by: str = Author.AUTHOR,
    addendum: Addendum | None = None,
    facts: Facts | None = None,
    seen: str = "",
) -> Correction | None:
    """Change a published text and keep the old one; None when nothing is different.

    The address stays, whatever the new title. ``facts``: how an author's change came,
    for screening; an editor's is not screened. ``seen``: the text's mark when the form
    was opened; raises Overtaken when it is another now.
    """
    post = _lock(post)
    check(seen, mark_of(post, addendum))
    stood = _standing(post)
    target: Post | Addendum = post if addendum is None else addendum
    names = CORRECTABLE if addendum is None else ADDENDUM_CORRECTABLE
    before, after = _differences(target, revision.fields, names)
    release_corrections.compare(post, revision.release, before, after)
    part_corrections.compare(post, revision.own, before, after)
    if not after and not _changes_unseen(post, revision):
        return None
    note = withholding.withhold(target, revision, before, after)
    _put(post, target, after, revision)
    correction = Correction(
        post=post,
        addendum=addendum,
        by=by,
        note=note,
        before=before,
        after=after,
        made_at=post.updated_at,
    )
    # What nobody has read yet is written anew, not corrected.
    if after and not post.embargo_until:
        correction.save()
    target.save()
    part_corrections.put(post, revision.own)
    waits = _screen(post, facts, stood)
    if post.embargo_until:
        release_corrections.save_held(post, revision.release, revision.own)
        return correction
    post.save()
    record(kind="post.corrected", post_id=post.pk, **facts_of(post))
    if waits:
        _record_waiting(post)
    return correction


def mark_of(post: Post, addendum: Addendum | None = None) -> str:
    """What forms show of a text; of a post with all that belongs to its kind."""
    if addendum is not None:
        now = Addendum.objects.get(pk=addendum.pk)
        return seen_mark(*(getattr(now, name) for name in ADDENDUM_CORRECTABLE))
    last = post.corrections.filter(addendum=None).order_by("-pk").first()
    texts = (getattr(post, name) for name in CORRECTABLE)
    return seen_mark(last and last.pk, *texts)


def _changes_unseen(post: Post, revision: Revision) -> bool:
    return release_corrections.changes_unseen(
        post, revision.release
    ) or part_corrections.changes_unseen(post, revision.own)


def _put(
    post: Post, target: Post | Addendum, after: dict[str, Any], revision: Revision
) -> None:
    for name, value in after.items():
        if name not in NAMES and not name_of(name):
            setattr(target, name, value)
    if revision.release:
        release_corrections.put(post, revision.release)
    target.body_html = markup.render(target.body)
    post.updated_at = timezone.now()


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
    *,
    post: Post,
    content: AddendumContent,
    by: str = Author.AUTHOR,
    facts: Facts | None = None,
) -> Addendum:
    """Add a § part to a published post; ``facts`` are for screening, as above.
    Comments of readers are `comments.comment`."""
    post = _lock(post)
    if by == Author.AUTHOR and (words := refusal(post)):
        raise Full(words)
    stood = _standing(post)
    now = timezone.now()
    if content.attachments and not post.embargo_until:
        media.publish(attachments=list(content.attachments))
    addendum = create_addendum(content, post, now, by)
    post.updated_at = now
    post.has_sound = post.has_sound or has_sound(content)
    waits = _screen(post, facts, stood, content)
    post.save(
        update_fields=[
            "updated_at",
            "listed",
            "has_sound",
            "waiting_since",
            "waiting_because",
        ]
    )
    if post.embargo_until:
        return addendum
    record(kind="post.added_to", post_id=post.pk, **facts_of(post))
    if waits:
        _record_waiting(post)
    return addendum


def refusal(post: Post) -> str:
    """Why its author can add nothing more to the post; empty while they can."""
    if post.addenda.filter(by=Author.AUTHOR).count() < MOST_ADDENDA:
        return ""
    sentence = _(
        "This post has %(most)s addenda, and no more fit. Nothing is lost: put the "
        "text into one of them, or publish a new post."
    )
    return sentence % {"most": MOST_ADDENDA}


def _standing(post: Post) -> Content:
    """The words of a post and of its author's addenda, as they are now."""
    addenda = tuple(
        AddendumContent(**{name: getattr(part, name) for name in ADDENDUM_CORRECTABLE})
        for part in post.own_addenda
    )
    own = {name: getattr(post, name) for name in CORRECTABLE}
    told = ReleaseContent(post.as_release) if post.as_release else None
    part = part_at(post)
    content = part.content_of(post) if part else None
    return Content(kind=post.kind, **own, addenda=addenda, release=told, own=content)


def _screen(
    post: Post,
    facts: Facts | None,
    stood: Content,
    added: AddendumContent | None = None,
) -> bool:
    """Let a post wait for what is doubtful in its author's change, which is kept;
    whether that takes it from the lists."""
    if facts is None:
        return False
    changed = Changed(
        **vars(_standing(post)),
        before=stood,
        added=added,
        is_sorted=post.wire_class != WireClass.UNSORTED,
    )
    doubts = screen(changed, facts)
    was_listed = post.listed
    standing = (
        was_listed or post.raw or post.waiting_since or post.embargo_until is not None
    )
    arrived(post, changed)
    if not doubts or not standing:
        return False
    told = {code for code, _told in post.waiting_because}
    post.waiting_because += [[d.code, d.words] for d in doubts if d.code not in told]
    post.waiting_since = post.waiting_since or facts.now
    post.relist()
    if was_listed:
        tell_held(post, doubts)
    return was_listed


def _record_waiting(post: Post) -> None:
    """For pages that a new part alone would not change: those of features."""
    record(kind="post.kept_waiting", post_id=post.pk, **facts_of(post))


@transaction.atomic
def add_drafted_addendum(
    *, draft: Draft, post: Post, content: AddendumContent, facts: Facts | None = None
) -> None:
    """Add what a draft holds, exactly once."""
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if draft.post is not None:
        return
    draft.placements.all().delete()
    add_addendum(post=post, content=content, facts=facts)
    draft.post = post
    draft.typed, draft.notices = {}, []
    draft.changed_at = timezone.now()
    draft.save()


@transaction.atomic
def withdraw(*, post: Post, by: str = Author.AUTHOR, rename: bool = False) -> Post:
    """Take the post back: its words, pictures, addenda and corrections are deleted, and
    its page says so. Twice is the same as once.

    ``rename``: its address goes too, for the words in it, and a neutral one takes its
    place.
    """
    post = Post.everything.select_for_update().get(pk=post.pk)
    if post.withdrawn_at:
        return post
    if rename:
        post.former_path = former_hash(post.path)
        post.slug = free_slug(f"withdrawn {post.pk}", post.day)
        readdress(post_id=post.pk, path=post.path)
    facts = {**facts_of(post), "listed": False, "renamed": rename}
    files = Q(placement__post=post) | Q(placement__addendum__post=post)
    attachments = list(Attachment.objects.filter(files))
    tell_withdrawn(post)
    featuring.forget(post=post, for_safety=by == Author.EDITOR)
    _empty(post)
    media.discard(attachments=attachments)
    was_held, post.embargo_until = post.embargo_until, None
    post.withdrawn_at = post.updated_at = timezone.now()
    post.withdrawn_by = by
    post.listed = post.has_sound = False
    if was_held:
        # It was never public, so nothing is there that could say so.
        post.delete()
        return post
    post.save()
    record(kind="post.withdrawn", post_id=post.pk, **facts)
    return post


def _empty(post: Post) -> None:
    post.corrections.all().delete()
    post.addenda.all().delete()
    post.placements.all().delete()
    if part := part_of(post.kind):
        part.withdraw(post=post)
    for name in ("title", "byline", "summary", "body", "body_html", "related_url"):
        setattr(post, name, "")
    post.contact = post.text_hash = ""
    post.release, post.press_contacts, post.corrects = {}, [], None


@transaction.atomic
def withdraw_addendum(*, addendum: Addendum) -> Addendum:
    """Delete what a part of a post says and shows, in its corrections too; a line
    remains in its place."""
    post = _lock(addendum.post)
    addendum = Addendum.objects.select_for_update().get(pk=addendum.pk)
    attachments = list(Attachment.objects.filter(placement__addendum=addendum))
    addendum.placements.all().delete()
    media.discard(attachments=attachments)
    for name in (*ADDENDUM_CORRECTABLE, "body_html"):
        setattr(addendum, name, "")
    addendum.waiting_since, addendum.waiting_because = None, []
    addendum.withdrawn_at = timezone.now()
    addendum.save()
    for correction in post.corrections.filter(addendum=addendum):
        redact(correction=correction)
    if addendum.is_comment:
        record_comment("comment.withdrawn", addendum)
    else:
        record(kind="post.corrected", post_id=post.pk, **facts_of(post))
    return addendum


@transaction.atomic
def redact(*, correction: Correction) -> Correction:
    """Delete the texts, old and new, that a correction keeps; its line remains."""
    post = _lock(correction.post)
    correction.before, correction.after, correction.note = {}, {}, ""
    correction.redacted = True
    correction.save()
    record(kind="post.corrected", post_id=post.pk, **facts_of(post))
    return correction


def _lock(post: Post) -> Post:
    post = Post.everything.select_for_update().get(pk=post.pk)
    if post.withdrawn_at:
        raise Withdrawn
    return post
