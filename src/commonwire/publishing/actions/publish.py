from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from commonwire.accounts.models import ApiToken, Editor
from commonwire.changes.record import record
from commonwire.kit import markup
from commonwire.kit.prepared import PreparedInsert, PreparedUpdate
from commonwire.media import actions as media
from commonwire.media.models import Attachment
from commonwire.media.states import Kind as Media
from commonwire.publishing.actions.facts import facts_of
from commonwire.publishing.actions.nonces import spend
from commonwire.publishing.author_queries import key_of, lock_draft
from commonwire.publishing.content import (
    AddendumContent,
    Content,
    Doubt,
    Facts,
    Known,
    Placed,
)
from commonwire.publishing.fares import Fare, Spent
from commonwire.publishing.models import (
    Addendum,
    Draft,
    Key,
    Placement,
    Post,
    PostSection,
    Section,
)
from commonwire.publishing.parts import part_of
from commonwire.publishing.queries import the_site
from commonwire.publishing.screening import (
    arrived,
    is_raw,
    published,
    screen,
    tell_held,
)
from commonwire.publishing.slugs import free_slug
from commonwire.publishing.states import Author, WireClass

_insert_key = PreparedInsert(Key)
_insert_post = PreparedInsert(Post)
_save_published = PreparedUpdate(
    Draft, "post", "typed", "notices", "signs", "changed_at"
)


def publish(
    *,
    content: Content,
    facts: Facts,
    phrase_hash: str,
    by: ApiToken | Editor | Known | None = None,
    placed: Placed | None = None,
    idempotency_hash: str | None = None,
) -> Post:
    """Make a post, with its addenda and pictures. ``by``: who is known here; what they
    send has no other doubts than those it came with.

    1. Screening; the text's HTML; pictures are laid in the public tree, durably: a
       crash leaves files without a row, which the sweep removes.
    2. One transaction (the caller's, if it has one) writes the post and its change.
    3. After commit the change's listeners print its page and the front.
    """
    doubts = list(facts.doubts) if by else screen(content, facts)
    held = content.embargo_until
    if not held:
        _publish_media(content)
    sections = [*content.topics, *content.regions]
    with transaction.atomic(savepoint=False):
        post = _create(content, facts.now, doubts, placed or Placed(held))
        post.embargo_until = held
        post.raw = by is None and not held and is_raw(facts)
        post.relist()
        post.key = key_of(phrase_hash) or _new_key(phrase_hash)
        post.idempotency_hash = idempotency_hash
        _insert_post(post)
        _place(content, sections, post)
        if part := part_of(post.kind):
            part.publish(post=post, content=content.own)
        arrived(post, content)
        published(post, facts)
        if held:
            # Nobody is told before its time, the public log neither.
            return post
        if doubts:
            tell_held(post, doubts)
        record(
            kind="post.published", post_id=post.pk, **facts_of(post, sections=sections)
        )
    return post


def publish_draft(
    *,
    draft: Draft,
    content: Content,
    facts: Facts,
    phrase_hash: str,
    fare: Fare | None = None,
) -> Post:
    """Make a draft a post, exactly once: the second call returns the same post.

    ``fare``: used up with it; raises Spent, and publishes nothing, when it was before.
    """
    for body in [content.body, *(part.body for part in content.addenda)]:
        markup.render(body)  # kept by its cache, so that no writer waits for it
    with transaction.atomic():
        # On SQLite writers wait for one another here; elsewhere the row's lock does it.
        done = lock_draft(draft)
        if done is not None:
            return Post.everything.get(pk=done)
        if fare and not spend(nonce=fare.nonce, expires_at=fare.expires_at):
            raise Spent
        if content.has_files:
            draft.placements.all().delete()
        post = publish(content=content, facts=facts, phrase_hash=phrase_hash)
        # What was typed is forgotten.
        _save_published(Draft(pk=draft.pk, post=post, changed_at=facts.now))
    return post


def _new_key(phrase_hash: str) -> Key:
    key = Key(phrase_hash=phrase_hash)
    _insert_key(key)
    return key


def _publish_media(content: Content) -> None:
    attachments = list(content.attachments)
    for addendum in content.addenda:
        attachments += addendum.attachments
    if attachments:
        media.publish(attachments=attachments)


def _create(
    content: Content, now: datetime, doubts: list[Doubt], placed: Placed
) -> Post:
    published_at = placed.published_at or now
    day = timezone.localdate(published_at, the_site().zone)
    return Post(
        kind=content.kind,
        title=content.title,
        byline=content.byline,
        summary=content.summary,
        body=content.body,
        body_html=markup.render(content.body),
        language=content.language,
        related_url=content.related_url,
        contact=content.contact,
        slug=free_slug(content.title, day),
        day=day,
        published_at=published_at,
        updated_at=published_at,
        wire_class=placed.wire_class or WireClass.UNSORTED,
        waiting_since=now if doubts else None,
        waiting_because=[[doubt.code, doubt.words] for doubt in doubts],
        has_sound=has_sound(content, *content.addenda),
        text_hash=content.text_hash,
        **_release_of(content),
    )


def _release_of(content: Content) -> dict[str, Any]:
    if content.release is None:
        return {}
    return {
        "release": content.release.release.stored,
        "press_contacts": [vars(each) for each in content.release.press_contacts],
        "corrects_id": content.release.corrects,
    }


def has_sound(*parts: Content | AddendumContent) -> bool:
    """Whether a recording that can be heard already stands in these."""
    files = (file for part in parts for file in part.attachments)
    return any(file.kind == Media.SOUND and file.is_made for file in files)


def _place(content: Content, sections: list[Section], post: Post) -> None:
    if sections:
        PostSection.objects.bulk_create(
            PostSection(post=post, section=section, published_at=post.published_at)
            for section in sections
        )
    if content.attachments:
        place_attachments(content.attachments, post=post)
    for part in content.addenda:
        create_addendum(part, post, post.published_at)


def create_addendum(
    content: AddendumContent, post: Post, at: datetime, by: str = Author.AUTHOR
) -> Addendum:
    addendum = Addendum.objects.create(
        post=post,
        by=by,
        title=content.title,
        byline=content.byline,
        body=content.body,
        body_html=markup.render(content.body),
        related_url=content.related_url,
        published_at=at,
    )
    place_attachments(content.attachments, addendum=addendum)
    return addendum


def place_attachments(
    attachments: tuple[Attachment, ...],
    *,
    post: Post | None = None,
    addendum: Addendum | None = None,
) -> None:
    Placement.objects.bulk_create(
        Placement(attachment=item, post=post, addendum=addendum, position=number)
        for number, item in enumerate(attachments)
    )
