"""Codes on links, and counting those who take them. Nothing public changes by it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.publishing import sources
from commonwire.publishing.models import Post
from commonwire.publishing.models.source import Act, Source, SourceDay
from commonwire.publishing.queries import the_site

KEPT_FOR = timedelta(days=400)


class NotTaken(Exception):
    """Says why, and what to do."""


class Opening(NamedTuple):
    """A page of a post that was loaded by a link with a code."""

    day: date
    slug: str
    code: str


@transaction.atomic
def name_source(*, post: Post, code: str) -> Source:
    clean = sources.cleaned(code)
    if not clean:
        raise NotTaken(
            _("Take a word of at most 60 letters, digits and hyphens, such as flyer-2.")
        )
    post = Post.everything.select_for_update().get(pk=post.pk)
    there = Source.objects.filter(post=post)
    if not there.filter(code=clean).exists() and there.count() >= sources.MOST_NAMED:
        raise NotTaken(_("Twenty are the most. Remove one that you do not need."))
    return Source.objects.get_or_create(post=post, code=clean)[0]


@transaction.atomic
def remove_source(*, post: Post, code: str) -> None:
    """With what was counted."""
    Source.objects.filter(post=post, code=code).delete()


@transaction.atomic
def count(*, post: Post, code: str, act: Act) -> None:
    """Something that somebody did after they came by a link; a code that nobody named
    is dropped."""
    source = _source(post, code) if code else None
    if source is not None:
        _add(source, act, 1)


@transaction.atomic
def count_openings(*, openings: Mapping[Opening, int]) -> None:
    for opening, times in openings.items():
        day, slug, code = opening
        post = Post.objects.filter(day=day, slug=slug).first()
        source = _source(post, code) if post is not None else None
        if source is not None:
            _add(source, Act.OPENED, times)


def _source(post: Post, code: str) -> Source | None:
    there = Source.objects.filter(post=post)
    found = there.filter(code=code).first()
    if found is not None or not post.may_be_read or not sources.is_known(code):
        return found
    fits = there.count() < sources.MOST_OF_A_POST
    return Source.objects.get_or_create(post=post, code=code)[0] if fits else None


def _add(source: Source, act: Act, times: int) -> None:
    today = timezone.localdate(timezone=the_site().zone)
    row, _made = SourceDay.objects.get_or_create(source=source, day=today, act=act)
    SourceDay.objects.filter(pk=row.pk).update(count=F("count") + times)


@transaction.atomic
def wipe_counts() -> None:
    oldest = timezone.localdate() - KEPT_FOR
    SourceDay.objects.filter(day__lt=oldest).delete()
