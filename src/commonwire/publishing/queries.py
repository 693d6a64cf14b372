"""Page-shaped reads. Every listing asks for a fixed number of queries and reads its
posts from one index, so that its cost does not depend on how many there are."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import (
    BooleanField,
    CharField,
    Count,
    DateField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    prefetch_related_objects,
)
from django.utils import timezone

from commonwire.kit.prepared import Prepared, Slot
from commonwire.media.states import State
from commonwire.publishing.models import (
    Addendum,
    Correction,
    Feature,
    FeatureLink,
    Placement,
    Post,
    PostSection,
    Section,
    Site,
)
from commonwire.publishing.states import Author, SectionKind, WireClass

PER_LISTING = 30
SAME_TEXT_WITHIN = timedelta(days=1)


_SITE = Prepared(lambda: Site.objects.order_by("pk")[:1])
_SECTION_FIELDS = ("id", "kind", "slug", "name", "position")
_SECTIONS = Prepared(
    lambda: Section.objects.values_list(*_SECTION_FIELDS),
    into=lambda *row: Section.from_db(DEFAULT_DB_ALIAS, _SECTION_FIELDS, row),
)


def the_site() -> Site:
    found = _SITE()
    return found[0] if found else Site.objects.create()


def sections() -> tuple[list[Section], list[Section]]:
    """All topics and all regions, in their editors' order; to be read, not changed."""
    found = _SECTIONS()
    topics = [section for section in found if section.kind == SectionKind.TOPIC]
    regions = [section for section in found if section.kind == SectionKind.REGION]
    return topics, regions


def section_at(kind: str, slug: str) -> Section | None:
    return Section.objects.filter(kind=kind, slug=slug).first()


def listed() -> QuerySet[Post]:
    """What is listed is under no embargo: the database says so."""
    return Post.everything.filter(listed=True).order_by("-published_at", "-id")


def lines(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Posts for a list of titles."""
    return posts.only(
        "id", "kind", "title", "byline", "slug", "day", "published_at", "language"
    )


def cards(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Posts for a list with summaries, sections and a picture, three queries."""
    return posts.defer("body", "contact", "release", "press_contacts").prefetch_related(
        _PLACES, _PICTURES
    )


def newest(*, wire_class: str = "", limit: int = PER_LISTING) -> QuerySet[Post]:
    posts = listed()
    if wire_class:
        posts = posts.filter(wire_class=wire_class)
    return posts[:limit]


def raw(*, limit: int = PER_LISTING) -> QuerySet[Post]:
    """What came in floods and nobody has sorted yet, newest first."""
    return all_raw().order_by("-published_at", "-id")[:limit]


def all_raw() -> QuerySet[Post]:
    posts = Post.objects.filter(raw=True, waiting_since=None, withdrawn_at=None)
    return posts.exclude(wire_class=WireClass.HIDDEN)


def newest_in(section: Section, *, limit: int = PER_LISTING) -> QuerySet[Post]:
    """A section's newest posts, read from the index over its places.

    A few more places are read than posts wanted, for those whose post is hidden.
    """
    places = PostSection.objects.filter(section=section, post__listed=True)
    ids = places.order_by("-published_at", "-post").values_list("post", flat=True)
    return listed().filter(pk__in=list(ids[:limit]))


def with_sound(section: Section | None = None, *, limit: int) -> QuerySet[Post]:
    """The newest posts with a recording, of a section or of all; read from an index
    over them alone."""
    posts = listed().filter(has_sound=True)
    if section is not None:
        posts = posts.filter(places__section=section)
    return posts[:limit]


def within(posts: QuerySet[Post], start: datetime, end: datetime) -> QuerySet[Post]:
    return posts.filter(published_at__gte=start, published_at__lt=end)


def in_section_within(
    section: Section, start: datetime, end: datetime
) -> QuerySet[Post]:
    places = PostSection.objects.filter(
        section=section, published_at__gte=start, published_at__lt=end
    )
    return listed().filter(pk__in=places.values("post"))


def of_day(day: date) -> QuerySet[Post]:
    return listed().filter(day=day)


def days_of_month(first: date, after: date) -> list[tuple[date, int]]:
    """The days from ``first`` to before ``after`` that have posts, with their number."""
    rows = Post.everything.filter(listed=True, day__gte=first, day__lt=after)
    counted = rows.values("day").annotate(posts=Count("id")).order_by("-day")
    return [(row["day"], row["posts"]) for row in counted]


def slugs_of_day(day: date) -> set[str]:
    """Of all its posts, listed or not."""
    return set(Post.everything.filter(day=day).values_list("slug", flat=True))


def day_before(day: date) -> date | None:
    earlier = Post.everything.filter(listed=True, day__lt=day).order_by("-day")
    return earlier.values_list("day", flat=True).first()


def day_after(day: date) -> date | None:
    later = Post.everything.filter(listed=True, day__gt=day).order_by("day")
    return later.values_list("day", flat=True).first()


def months() -> list[date]:
    """The first day of each month that has posts, newest first; one index look-up a
    month."""
    found = []
    day = day_before(date.max)
    while day is not None:
        found.append(day.replace(day=1))
        day = day_before(found[-1])
    return found


def full(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Posts with everything that stands on their pages: a fixed number of queries."""
    return posts.prefetch_related(*_PARTS)


def _exists(rows: Any) -> Exists:
    return Exists(rows.filter(post=OuterRef("pk")))


def _own_parts() -> QuerySet[Addendum]:
    return Addendum.objects.exclude(by=Author.READER)


_POST_AT = Prepared(
    lambda: Post.objects.filter(
        day=Slot("day", DateField()), slug=Slot("slug", CharField())
    ).annotate(
        has_places=_exists(PostSection.objects),
        has_files=_exists(Placement.objects),
        has_parts=_exists(_own_parts()),
        has_corrections=_exists(Correction.objects),
        has_comments=_exists(Addendum.objects.filter(by=Author.READER)),
    )
)


_TAKEN = Prepared(
    lambda: Post.everything.filter(
        day=Slot("day", DateField()), slug=Slot("slug", CharField())
    ).values_list("pk")
)


def is_taken(day: date, slug: str) -> bool:
    """Whether a post has this address."""
    return bool(_TAKEN(day=day, slug=slug))


def number_at(path: str) -> int | None:
    """The number of the post that has this address."""
    match = re.fullmatch(r"/([0-9]{4}/[0-9]{2}/[0-9]{2})/([-\w]{1,80})/?", path)
    if match is None:
        return None
    try:
        day = date.fromisoformat(match[1].replace("/", "-"))
    except ValueError:
        return None
    found = Post.objects.filter(day=day, slug=match[2], withdrawn_at=None)
    return found.values_list("pk", flat=True).first()


def corrections_by_release(post: Post) -> list[Post]:
    """Releases that correct this one."""
    return list(lines(listed().filter(corrects=post)))


def post_at(day: date, slug: str) -> Post | None:
    """As `full` reads it; what a post does not have is not asked for. Its
    ``has_comments`` says whether `comments.thread` has any."""
    for post in _POST_AT(day=day, slug=slug):
        _read_parts(post)
        found: Post = post
        return found
    return None


def _read_parts(post: Any) -> None:
    there = (post.has_places, post.has_files, post.has_parts, post.has_corrections)
    wanted = [each for each, has in zip(_PARTS, there, strict=True) if has]
    prefetch_related_objects([post], *wanted)
    # The rest is empty, and said so afterwards: Django fetches nothing that is there.
    read = post.__dict__.setdefault("_prefetched_objects_cache", {})
    read.setdefault("places", _asked_already(PostSection))
    read.setdefault("placements", _asked_already(Placement))
    post.__dict__.setdefault("parts", [])
    post.__dict__.setdefault("corrected", [])


def _asked_already(model: Any) -> QuerySet[Any]:
    found: QuerySet[Any] = model.objects.all()
    found._result_cache = []  # noqa: SLF001 - `none()` would be compiled at each look
    return found


FRONT_FEATURES = 6
SECTION_FEATURES = 3
# Compared with a time that is given twice: a slot has one place.
_LIVE: Q = Q(featured_at__lte=Slot("now", DateTimeField())) & (
    Q(retired_at=None) | Q(retired_at__gt=Slot("still", DateTimeField()))
)
_FRONT_FEATURES = Prepared(
    lambda: (
        _shown_features()
        .filter(_LIVE, on_front=True)
        .order_by("position", "-featured_at")[:FRONT_FEATURES]
    )
)


def front_features() -> list[Feature]:
    """The features on the front page, in their editors' order."""
    now = timezone.now()
    return _FRONT_FEATURES(now=now, still=now)


def section_features(section: Section) -> list[Feature]:
    """Those on the page of a section."""
    live = live_features(timezone.now()).filter(_SHOWS, sections=section)
    return list(live[:SECTION_FEATURES])


def live_features(now: datetime) -> QuerySet[Feature]:
    """Those that are up now, in their editors' order; not all of them are shown."""
    shown = ExpressionWrapper(_SHOWS, BooleanField())
    found = _features().annotate(is_shown=shown).filter(featured_at__lte=now)
    found = found.filter(Q(retired_at=None) | Q(retired_at__gt=now))
    return found.order_by("position", "-featured_at")


def all_features(*, limit: int) -> list[Feature]:
    """Those that have begun, newest first, taken down or not."""
    return list(_shown_features().filter(featured_at__lte=timezone.now())[:limit])


def feature_at(pk: int) -> Feature | None:
    """A feature that has begun, with what it said before."""
    begun = _shown_features().filter(pk=pk, featured_at__lte=timezone.now())
    return begun.prefetch_related("versions").first()


# What is hidden, held or withdrawn takes a feature of nothing else along.
_SHOWS: Q = Q(
    Exists(Post.everything.filter(features=OuterRef("pk"), listed=True))
) | ~Q(Exists(FeatureLink.objects.filter(feature=OuterRef("pk"))))


def _shown_features() -> QuerySet[Feature]:
    return _features().filter(_SHOWS)


def _features() -> QuerySet[Feature]:
    links = Post.everything.filter(listed=True).order_by("featurelink__position")
    placed = ("picture__placement__post", "picture__placement__addendum__post")
    return Feature.objects.select_related("picture", *placed).prefetch_related(
        Prefetch("posts", lines(links), to_attr="shown_posts")
    )


_SAME_TEXT = Prepared(
    lambda: Post.objects.filter(
        text_hash=Slot("text_hash", CharField()),
        published_at__gte=Slot("since", DateTimeField()),
        withdrawn_at=None,
    ).only("pk")[:1]
)


def same_text(text_hash: str) -> Post | None:
    """A post of the last day with the very same words."""
    since = timezone.now() - SAME_TEXT_WITHIN
    found = _SAME_TEXT(text_hash=text_hash, since=since)
    return found[0] if found else None


def same_comment(body: str) -> bool:
    """Whether a comment of the last day has the very same text."""
    since = timezone.now() - SAME_TEXT_WITHIN
    recent = Addendum.objects.filter(by=Author.READER, published_at__gte=since)
    return recent.filter(body=body).exists()


def places() -> QuerySet[PostSection]:
    order = ("section__kind", "section__position", "section__name")
    return PostSection.objects.select_related("section").order_by(*order)


def placements_of(post: Post) -> QuerySet[Placement]:
    """Every file of a post and of its author's addenda; those of comments are not its
    author's."""
    own = Q(addendum__post=post) & ~Q(addendum__by=Author.READER)
    inside = Q(post=post) | own
    return Placement.objects.filter(inside).order_by("addendum", "position", "pk")


def to_be_looked_at(posts: Iterable[Post]) -> dict[int, str]:
    """Of each post the file that is public again when its author has seen it."""
    found = Placement.objects.filter(
        Q(post__in=posts) | Q(addendum__post__in=posts), attachment__state=State.SHOWN
    )
    told = found.values_list("post", "addendum__post", "attachment__public_id")
    return {post or of_part: public_id for post, of_part, public_id in told}


def with_pictures(parts: QuerySet[Addendum]) -> QuerySet[Addendum]:
    """Addenda with their files, one query more."""
    return parts.prefetch_related(_PICTURES)


def placements() -> QuerySet[Placement]:
    return Placement.objects.select_related("attachment")


_PLACES = Prefetch("places", places())
_PICTURES = Prefetch("placements", placements())
_PARTS = (
    _PLACES,
    _PICTURES,
    Prefetch("addenda", _own_parts().prefetch_related(_PICTURES), to_attr="parts"),
    Prefetch("corrections", Correction.objects.all(), to_attr="corrected"),
)


def class_name(site: Site, wire_class: WireClass) -> str:
    """What the site calls a class."""
    return own_class_name(site, wire_class.value) or str(wire_class.label)


def own_class_name(site: Site, wire_class: str) -> str:
    """What its editors call a class; nothing where they leave it at our word."""
    names = site.class_names if isinstance(site.class_names, dict) else {}
    return str(names.get(wire_class) or "")
