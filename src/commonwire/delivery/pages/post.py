import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from commonwire.calendar import maps
from commonwire.calendar.queries import dates_of
from commonwire.calls.queries import issuers_shown
from commonwire.calls.releases import note_of
from commonwire.calls.standing import called_off_post
from commonwire.changes.models import Change
from commonwire.delivery.pages.family import Family, is_of_post, page
from commonwire.delivery.tree import the_tree
from commonwire.kit import embeds
from commonwire.moderation.queries import judged
from commonwire.publishing import queries, rules
from commonwire.publishing.comments import (
    NO_COMMENTS,
    Thread,
    long_threads,
    page_path,
    thread,
)
from commonwire.publishing.models import Post
from commonwire.publishing.parts import part_at
from commonwire.publishing.release import OUTPUTS
from commonwire.publishing.slugs import withdrawn_from
from commonwire.publishing.states import Kind
from commonwire.syndication.calls.structured import about
from commonwire.syndication.events import event
from commonwire.syndication.structured import article

POST = (
    r"/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<day>[0-9]{2})/(?P<slug>[-\w]{1,80})/"
)
# Of an event, for programs that look for events on pages.
MOST_DATES = 30
_SHOWN_HERE = ("post.", "comment.", "appeal.", "decision.redacted")


class Posts(Family):
    pattern = re.compile(POST)

    def render(self, **groups: Any) -> bytes | None:
        post = post_at(**groups)
        return post_page(post) if post else None

    def at_once(self, change: Change) -> Iterator[str]:
        if _waits_from_the_start(change):
            return
        # A decision about no post has no address.
        if change.kind.startswith(_SHOWN_HERE) and "path" in change.facts:
            yield change.facts["path"]
        if "corrects" in change.facts:
            yield change.facts["corrects"]
        if change.facts.get("renamed"):
            yield from _left_behind(date.fromisoformat(change.facts["day"]))

    def stale(self, change: Change) -> Iterable[str]:
        return self.at_once(change)

    def counted(self, change: Change) -> Iterable[str]:
        return (change.facts["path"],) if change.kind == "call.pledged" else ()

    def forgotten(self, change: Change) -> Iterable[str]:
        return _cleared(change)

    def every(self) -> Iterator[str]:
        rows = Post.objects.order_by("pk").only("day", "slug")
        for post in rows.iterator(chunk_size=2_000):
            yield post.path


def _cleared(change: Change) -> Iterable[str]:
    """What lay in a heap is printed anew when somebody asks for it."""
    if change.kind != "flood.cleared":
        return
    posts = Post.objects.filter(heaped__cleared_by=change.facts["decision"])
    for post in posts.only("day", "slug").iterator(chunk_size=2_000):
        yield post.path


def _waits_from_the_start(change: Change) -> bool:
    """It is printed when somebody asks: in a flood, for most of them nobody will."""
    facts = change.facts
    return change.kind == "post.published" and not (facts["listed"] or facts.get("raw"))


def _left_behind(day: date) -> Iterator[str]:
    """All that lies at addresses of that day which no post has any more: pages, and the
    files beside them. The change does not name them: the words in an address may be
    what had to go."""
    slugs, folder = queries.slugs_of_day(day), f"/{day:%Y/%m/%d}/"
    for path in the_tree().folders(folder):
        if path.removeprefix(folder).rstrip("/") not in slugs:
            yield from the_tree().below(path)


class Comments(Family):
    """`…/comments/<n>/`: where the comments of a post go on, from the second page."""

    pattern = re.compile(rf"{POST}comments/(?P<number>[1-9][0-9]{{0,5}})/")

    def render(self, **groups: Any) -> bytes | None:
        number = int(groups.pop("number"))
        post = post_at(**groups)
        if number == 1 or post is None or post.withdrawn_at:
            return None
        comments = thread(post, number)
        if comments is None:
            return None
        post.parts = []  # they stand on the post's own page
        return page(
            "public/comments.html",
            {
                **shown(post, comments),
                "path": page_path(post.path, number),
                "frame_hosts": frame_hosts(comments.readable),
            },
        )

    def at_once(self, change: Change) -> Iterable[str]:
        number = change.facts.get("comments_page", 1)
        if number > 1:
            return (page_path(change.facts["path"], number),)
        return self._printed(change) if change.kind == "post.withdrawn" else ()

    def stale(self, change: Change) -> Iterator[str]:
        yield from self.at_once(change)
        # The page before leads to this one as soon as there is one.
        number = change.facts.get("comments_page", 1) - 1
        if number > 1:
            yield page_path(change.facts["path"], number)

    def forgotten(self, change: Change) -> Iterable[str]:
        """They name the post, and are not for robots while it is in no list."""
        alone = {"post.published", "post.added_to", "post.media"}
        shown = is_of_post(change) and change.kind not in alone
        return self._printed(change) if shown else ()

    def _printed(self, change: Change) -> list[str]:
        return the_tree().folders(f"{change.facts['path']}comments/")

    def every(self) -> Iterator[str]:
        for post, pages in long_threads():
            for number in range(2, pages + 1):
                yield page_path(post.path, number)


def post_at(*, year: str, month: str, day: str, slug: str) -> Any:
    try:
        return queries.post_at(date(int(year), int(month), int(day)), slug)
    except ValueError:
        return None


def gone_from(path: str) -> Post | None:
    """The post that stood at an address which editors have withdrawn for safety."""
    match = re.fullmatch(POST, path)
    if match is None:
        return None
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return withdrawn_from(path, day)


def post_page(post: Any) -> bytes:
    """The page of a post that `queries.post_at` read."""
    comments = thread(post) if post.has_comments else NO_COMMENTS
    context = shown(post, comments or NO_COMMENTS)
    parts = [post, *post.parts, *context["comments"].readable]
    return page(
        "public/post.html",
        {
            **context,
            "path": post.path,
            "frame_hosts": frame_hosts(parts, map_of(post, context["told"])),
            "structured": article(post, context["site"], context["comments"])
            | _events(post)
            | _calls(post, context["told"]),
        },
    )


def _events(post: Any) -> dict[str, Any]:
    """The dates of an event that may be read, as programs look for them."""
    if post.kind != Kind.EVENT or not post.may_be_read:
        return {}
    off = called_off_post(post)
    return {"about": [event(row, off) for row in dates_of(post)[:MOST_DATES]]}


def _calls(post: Any, told: Any) -> dict[str, Any]:
    """A call is about what takes place."""
    if post.kind != Kind.CALL or not post.may_be_read:
        return {}
    return {"about": about(told)}


def outputs_of(post: Any) -> tuple[tuple[str, Any], ...]:
    is_release = post.as_release is not None
    return tuple(OUTPUTS.items()) if is_release and post.may_be_read else ()


def shown(post: Any, comments: Thread) -> dict[str, Any]:
    """What pages of a post and of its comments show alike."""
    site = queries.the_site()
    part = post.part = part_at(post)
    post.commented = comments.comments  # for the scripts that their files need
    return {
        "site": site,
        "post": post,
        "comments": comments,
        "takes_comments": rules.takes_comments(post, site),
        "judged": judged(post, comments.comments),
        "outputs": outputs_of(post),
        "issuers": issuers_shown(post.pk),
        "told": part.shown(part.content_of(post), post) if part else None,
        "shared": post.may_be_read,
        "call_note": note_of(post) if post.as_release else None,
        "corrected_by": (
            queries.corrections_by_release(post) if post.as_release else []
        ),
    }


def map_of(post: Any, told: Any) -> str:
    """The host that the map of an event comes from."""
    if post.kind != Kind.EVENT or not post.may_be_read:
        return ""
    return maps.host_of(maps.map_frame(told.event))


def frame_hosts(parts: Iterable[Any], of_map: str = "") -> list[str]:
    """The hosts that this page's frames come from, for its content policy."""
    parts = list(parts)
    texts = [part.body_html for part in parts]
    links = [part.related_url for part in parts]
    texts += [embeds.embed_figure(link) for link in links if link]
    return sorted({*embeds.frame_hosts(texts), *filter(None, (of_map,))})
