"""The editors' items on the front page and on the pages of sections: the effects. The
desk's actions, which write the decisions, are in ``moderation.actions``."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.accounts.models import Editor
from commonwire.changes import locks
from commonwire.changes.record import record
from commonwire.kit import markup
from commonwire.kit.quotations import first_quotation
from commonwire.kit.seen import check
from commonwire.kit.seen import mark_of as seen_mark
from commonwire.kit.typed_text import clean_line
from commonwire.media.models import Attachment
from commonwire.publishing.models import (
    Feature,
    FeatureLink,
    FeatureVersion,
    Post,
    Section,
)

_LONGEST_SLEEP = timedelta(days=30)
# So many words in a row are its post's own.
_QUOTED_WORDS = 3


@dataclass(frozen=True)
class FeatureContent:
    headline: str
    blurb: str = ""
    posts: tuple[Post, ...] = ()
    picture: Attachment | None = None
    on_front: bool = True
    sections: tuple[Section, ...] = ()
    # None: from now, and until it is taken down.
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def mark_of(feature: Feature) -> str:
    """What its form shows of it."""
    return seen_mark(
        feature.headline,
        feature.blurb,
        feature.picture_id,
        feature.on_front,
        feature.featured_at,
        feature.retired_at,
        sorted(feature.sections.values_list("pk", flat=True)),
        list(feature.links.values_list("post", flat=True)),
    )


@transaction.atomic
def put_feature(
    *,
    content: FeatureContent,
    by: Editor | None,
    feature: Feature | None = None,
    seen: str = "",
) -> Feature:
    """Make a feature, before all others, or change one; its old words are kept. ``seen``:
    its mark when the form was opened; raises Overtaken when it is another now."""
    now = timezone.now()
    if feature is None:
        feature = Feature(editor=by, featured_at=now, position=_first_place())
        left: list[Section] = []
    else:
        feature = Feature.objects.select_for_update().get(pk=feature.pk)
        check(seen, mark_of(feature))
        left = list(feature.sections.all())
        _keep_version(feature, content, now)
    feature.headline = clean_line(content.headline).text
    feature.blurb = content.blurb
    feature.blurb_html = markup.render(content.blurb)
    feature.picture = content.picture
    feature.on_front = content.on_front
    feature.featured_at = content.starts_at or feature.featured_at
    feature.retired_at = content.ends_at
    feature.save()
    feature.sections.set(content.sections)
    feature.links.all().delete()
    FeatureLink.objects.bulk_create(
        FeatureLink(feature=feature, post=post, position=number)
        for number, post in enumerate(content.posts)
    )
    _record("feature.saved", feature, left)
    return feature


@transaction.atomic
def take_down(*, feature: Feature) -> Feature:
    """Take a feature off every page but its own and the archive."""
    feature.retired_at = timezone.now()
    feature.save(update_fields=["retired_at"])
    _record("feature.saved", feature)
    return feature


@transaction.atomic
def put_back(*, feature: Feature) -> Feature:
    """Show a feature again that was taken down."""
    feature.retired_at = None
    feature.save(update_fields=["retired_at"])
    _record("feature.saved", feature)
    return feature


@transaction.atomic
def order_features(*, features: list[Feature]) -> None:
    """Show these in this order, before all others."""
    first = _first_place() - len(features) + 1
    for number, feature in enumerate(features):
        feature.position = first + number
        feature.save(update_fields=["position"])
        _record("feature.saved", feature)


@transaction.atomic
def forget(*, post: Post, for_safety: bool) -> None:
    """Delete what features, and their earlier versions, repeat of a post that is being
    withdrawn; a line remains of each at the desk. ``for_safety``: whatever a feature of
    this post alone says goes, for it may say the same in other words.
    """
    for feature in _that_showed(post):
        alone = [link.post_id for link in feature.links.all()] == [post.pk]
        if (for_safety and alone) or _repeats(feature, post):
            _wipe(feature)


def _that_showed(post: Post) -> list[Feature]:
    versions = FeatureVersion.objects.values_list("feature", "posts")
    once = {pk for pk, posts in versions.iterator() if post.pk in posts}
    found = Feature.objects.filter(Q(posts=post) | Q(pk__in=once)).distinct()
    return list(found.prefetch_related("versions", "sections"))


def _repeats(feature: Feature, post: Post) -> bool:
    told: list[Any] = [feature, *feature.versions.all()]
    said = "\n".join(f"{each.headline}\n{each.blurb}" for each in told)
    if post.title in [each.headline for each in told]:
        return True
    texts = (post.title, post.summary, post.body)
    return bool(first_quotation(said, texts, least=_QUOTED_WORDS))


def _wipe(feature: Feature) -> None:
    now = timezone.now()
    feature.headline, feature.blurb, feature.blurb_html = _("Withdrawn"), "", ""
    feature.picture = feature.updated_at = None
    feature.retired_at = min(feature.retired_at or now, now)
    feature.save()
    feature.versions.all().delete()
    _record("feature.saved", feature)


def tell_due(*, since: datetime | None, now: datetime) -> int:
    """Have the pages printed again of features whose time has begun or ended meanwhile;
    how many. ``since``: None when nobody knows, which is after a start."""
    since = since or now - _LONGEST_SLEEP
    began = Q(featured_at__gt=since, featured_at__lte=now)
    ended = Q(retired_at__gt=since, retired_at__lte=now)
    due = Feature.objects.filter(began | ended).prefetch_related("sections")
    for feature in due:
        _record("feature.due", feature)
    return len(due)


def _first_place() -> int:
    """Nobody else puts anything before all others until the transaction ends."""
    locks.take_turns("features")
    first = Feature.objects.aggregate(first=Min("position"))["first"]
    return (first or 0) - 1


def _keep_version(feature: Feature, content: FeatureContent, now: datetime) -> None:
    posts = [link.post_id for link in feature.links.all()]
    before = (feature.headline, feature.blurb, posts)
    after = (content.headline, content.blurb, [post.pk for post in content.posts])
    if before != after:
        FeatureVersion.objects.create(
            feature=feature,
            headline=feature.headline,
            blurb=feature.blurb,
            posts=posts,
            until=now,
        )
        feature.updated_at = now


def _record(kind: str, feature: Feature, also: Iterable[Section] = ()) -> None:
    sections = {section.path for section in [*feature.sections.all(), *also]}
    record(kind=kind, feature=feature.pk, sections=sorted(sections))
