"""What editors do to a post's place: the effects. The desk's actions, which write the
public decision beside each of these, are in ``moderation.actions``."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from commonwire.changes.record import record
from commonwire.kit.typed_text import clean_line
from commonwire.publishing.actions.facts import facts_of, facts_of_comment
from commonwire.publishing.models import (
    Addendum,
    Post,
    PostSection,
    Section,
    Site,
)
from commonwire.publishing.states import WireClass


@transaction.atomic
def sort(*, post: Post, wire_class: str) -> Post:
    """Put a post in a class; `hidden` takes it from every listing."""
    post = lock(post)
    before = post.wire_class
    post.wire_class = WireClass(wire_class)
    # Whoever sorts it has taken it out of the flood.
    was_raw, post.raw = post.raw, False
    _relist(post)
    facts = {**facts_of(post), "raw": was_raw}
    record(kind="post.sorted", post_id=post.pk, was=before, **facts)
    return post


@transaction.atomic
def place(*, post: Post, sections: Iterable[Section]) -> Post:
    """Put a post in these topics and regions, and in no others."""
    post = lock(post)
    old = {place.section_id: place.section for place in _places_of(post)}
    new = {section.pk: section for section in sections}
    post.places.exclude(section__in=new).delete()
    PostSection.objects.bulk_create(
        PostSection(post=post, section=section, published_at=post.published_at)
        for pk, section in new.items()
        if pk not in old
    )
    # The pages of sections that it has left show the change too.
    facts = facts_of(post, sections=(old | new).values())
    record(kind="post.sorted", post_id=post.pk, was=post.wire_class, **facts)
    return post


def _places_of(post: Post) -> Iterable[PostSection]:
    return post.places.select_related("section")


@transaction.atomic
def keep_waiting(*, post: Post, because: list[list[str]]) -> Post:
    """Take a post from the lists until an editor releases it; ``because``: codes and
    words for its author."""
    post = lock(post)
    post.waiting_since = post.waiting_since or timezone.now()
    post.waiting_because = [*post.waiting_because, *because]
    _relist(post)
    record(kind="post.kept_waiting", post_id=post.pk, **facts_of(post))
    return post


@transaction.atomic
def release(*, post: Post) -> Post:
    """List a post that was kept waiting."""
    post = lock(post)
    post.waiting_since = None
    post.waiting_because = []
    was_raw, post.raw = post.raw, False
    _relist(post)
    facts = {**facts_of(post), "raw": was_raw}
    record(kind="post.released", post_id=post.pk, **facts)
    return post


@transaction.atomic
def lock_comments(*, post: Post, locked: bool) -> Post:
    """Take no more comments on a post, or take them again."""
    post = lock(post)
    post.comments_locked = locked
    post.save(update_fields=["comments_locked"])
    record(kind="comment.switched", post_id=post.pk, **facts_of(post))
    return post


@transaction.atomic
def show_comment(*, comment: Addendum, hidden: bool) -> Addendum:
    """Hide a comment or show it; one that waited does so no longer."""
    comment = Addendum.objects.select_for_update().get(pk=comment.pk)
    comment.hidden = hidden
    comment.waiting_since = None
    comment.waiting_because = []
    comment.save()
    record_comment("comment.sorted", comment)
    return comment


@transaction.atomic
def keep_comment_waiting(*, comment: Addendum, because: list[list[str]]) -> Addendum:
    """Take a comment from its post's page until an editor releases it."""
    comment = Addendum.objects.select_for_update().get(pk=comment.pk)
    comment.waiting_since, comment.waiting_because = timezone.now(), because
    comment.save(update_fields=["waiting_since", "waiting_because"])
    record_comment("comment.sorted", comment)
    return comment


def record_comment(kind: str, comment: Addendum) -> None:
    """A change of one comment, for the page that shows it."""
    facts = {**facts_of(comment.post), **facts_of_comment(comment)}
    record(kind=kind, post_id=comment.post_id, **facts)


def lock(post: Post) -> Post:
    """The post as it is now, kept from all others until the transaction ends."""
    return Post.everything.select_for_update().get(pk=post.pk)


def _relist(post: Post) -> None:
    post.relist()
    post.save()


@transaction.atomic
def save_site(*, site: Site) -> Site:
    """Anything on every page may be different: all are stale."""
    site.name, site.tagline = clean_line(site.name).text, clean_line(site.tagline).text
    site.save()
    record(kind="site.changed")
    return site


@transaction.atomic
def save_section(*, section: Section) -> Section:
    section.name = clean_line(section.name).text
    section.save()
    record(kind="site.changed")
    return section


@transaction.atomic
def remove_section(*, section: Section) -> None:
    """Take away a section that no post stands in."""
    section.delete()
    record(kind="site.changed")
