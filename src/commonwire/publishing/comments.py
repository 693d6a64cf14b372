"""The comments of a post, page by page.

A comment's page follows from how many came before it, whatever became of those: so a
new one changes one page, however many there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from commonwire.publishing.models import Addendum, Post
from commonwire.publishing.queries import with_pictures
from commonwire.publishing.states import Author

PER_PAGE = 100
_READABLE = Q(waiting_since=None, withdrawn_at=None, hidden=False)


@dataclass(frozen=True)
class Thread:
    """``comments``: those of one page, hidden and withdrawn ones among them; ``count``:
    how many on all pages can be read."""

    comments: list[Addendum]
    number: int = 1
    pages: int = 1
    count: int = 0

    @property
    def before(self) -> int:
        return self.number - 1

    @property
    def after(self) -> int:
        return self.number + 1

    @property
    def readable(self) -> list[Addendum]:
        return [c for c in self.comments if not (c.hidden or c.withdrawn_at)]


NO_COMMENTS = Thread([])


def thread(post: Post, number: int = 1) -> Thread | None:
    """A page of a post's comments, the oldest first; None when there is no such page.
    Those that wait for an editor are on none."""
    comments = _of(post)
    counted = comments.aggregate(
        all=Count("pk"), readable=Count("pk", filter=_READABLE)
    )
    pages = max(-(-counted["all"] // PER_PAGE), 1)
    if not 1 <= number <= pages:
        return None
    first = (number - 1) * PER_PAGE
    found = with_pictures(comments.order_by("pk"))[first : first + PER_PAGE]
    shown = [comment for comment in found if comment.waiting_since is None]
    return Thread(shown, number, pages, counted["readable"])


def long_threads() -> Iterator[tuple[Post, int]]:
    """The posts whose comments have more than one page, and how many."""
    comments = Addendum.objects.filter(by=Author.READER).values("post")
    counted = comments.annotate(all=Count("pk")).filter(all__gt=PER_PAGE)
    pages = {row["post"]: -(-row["all"] // PER_PAGE) for row in counted}
    posts = Post.objects.filter(pk__in=pages).only("day", "slug").order_by("pk")
    return ((post, pages[post.pk]) for post in posts)


def readable(post: Post) -> list[Addendum]:
    """The first comments that can be read, for programs."""
    found = _of(post).filter(_READABLE).order_by("pk")
    return list(with_pictures(found)[:PER_PAGE])


def page_of(comment: Addendum) -> int:
    """The number of the page that a comment is on."""
    return _of(comment.post).filter(pk__lt=comment.pk).count() // PER_PAGE + 1


def page_path(post_path: str, number: int) -> str:
    """The first comments stand below the post itself."""
    return post_path if number == 1 else f"{post_path}comments/{number}/"


def address_of(comment: Addendum) -> str:
    path = page_path(comment.post.path, page_of(comment))
    return f"{path}#comment-{comment.pk}"


def _of(post: Post) -> QuerySet[Addendum]:
    return Addendum.objects.filter(post=post, by=Author.READER)
