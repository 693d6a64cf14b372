from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query

from commonwire.kit.address import absolute
from commonwire.publishing import queries
from commonwire.publishing.api import listing
from commonwire.publishing.api.composing import no_class
from commonwire.publishing.api.describing import extra
from commonwire.publishing.api.problems import Problem, not_found, of_field
from commonwire.publishing.api.routes import router
from commonwire.publishing.api.shapes import Asked, PostShown, PostsShown
from commonwire.publishing.api.showing import post_shown
from commonwire.publishing.comments import readable
from commonwire.publishing.models import Post, Section
from commonwire.publishing.states import Author, Kind, SectionKind, WireClass

_PARAMETERS = ("topic", "region", "kind", "class", "limit", "after")
_ADDRESS = "/api/v1/posts"


@router.get(
    "/posts",
    response=PostsShown,
    by_alias=True,
    tags=["read"],
    operation_id="listPosts",
    openapi_extra=extra(HTTPStatus.UNPROCESSABLE_ENTITY),
)
def list_posts(
    request: HttpRequest, asked: Annotated[Asked, Query()]
) -> dict[str, Any]:
    """Listed posts, newest first. Follow `next` until it is null: where several
    conditions are joined, a page may hold fewer posts than asked for."""
    _refuse_unknown(request.GET)
    wanted = listing.Wanted(
        sections=_sections(asked.topic, asked.region),
        kind=_kind(asked.kind),
        wire_class=_class(asked.wire_class),
        limit=asked.limit,
        after=_cursor(asked.after),
    )
    posts, last = listing.page(wanted)
    return {
        "items": [post_shown(post) for post in posts],
        "next": _next(request.GET, last) if last else None,
    }


@router.get(
    "/posts/{int:post_id}",
    response=PostShown,
    by_alias=True,
    tags=["read"],
    operation_id="getPost",
    openapi_extra=extra(HTTPStatus.NOT_FOUND, HTTPStatus.GONE),
)
def get_post(request: HttpRequest, post_id: int) -> dict[str, Any]:
    """One post. Those that are hidden or wait for an editor are readable here as they
    are at their own address, with `listed` false. The first hundred comments of readers
    stand among its addenda, with `by` "reader"; lists of posts leave them out."""
    return shown(post_id)


def shown(post_id: int, posts: Any = None) -> dict[str, Any]:
    """``posts``: where it is looked for; for everybody, among those that are public."""
    posts = Post.objects.all() if posts is None else posts
    post = queries.full(posts.filter(pk=post_id)).first()
    if post is None:
        raise not_found(_("There is no post of this number."))
    if post.withdrawn_at:
        raise gone(post)
    return post_shown(post, comments=readable(post))


def gone(post: Post) -> Problem:
    if post.withdrawn_by == Author.EDITOR:
        words = _("Editors have withdrawn this post for somebody’s safety.")
        return Problem(HTTPStatus.GONE, words)
    return Problem(HTTPStatus.GONE, _("Its author has withdrawn this post."))


def _refuse_unknown(query: Mapping[str, Any]) -> None:
    for name in query:
        if name not in _PARAMETERS:
            known = ", ".join(_PARAMETERS)
            sentence = _("There is no parameter of this name; there are %(known)s.")
            raise of_field(name, sentence % {"known": known})


def _sections(topic: str, region: str) -> tuple[Section, ...]:
    if not topic and not region:
        return ()
    asked = {"topic": topic, "region": region}
    known = {
        (item.kind, item.slug): item for both in queries.sections() for item in both
    }
    sentences = {
        SectionKind.TOPIC.value: _("There is no topic “%(value)s” here."),
        SectionKind.REGION.value: _("There is no region “%(value)s” here."),
    }
    for name, slug in asked.items():
        if slug and (name, slug) not in known:
            raise of_field(name, sentences[name] % {"value": slug})
    return tuple(known[name, slug] for name, slug in asked.items() if slug)


def _class(name: str) -> str:
    if name and name not in WireClass.values:
        raise of_field("class", no_class(name))
    return name


def _kind(name: str) -> str:
    if name and name not in Kind.values:
        sentence = _("There is no kind “%(name)s”; there are %(kinds)s.")
        told = {"name": name, "kinds": ", ".join(Kind.values)}
        raise of_field("kind", sentence % told)
    return name


def _cursor(text: str) -> listing.Cursor | None:
    cursor = listing.Cursor.read(text) if text else None
    if text and cursor is None:
        raise of_field(
            "after", _("This is no place in the list; follow “next” instead.")
        )
    return cursor


def _next(query: Any, last: listing.Cursor) -> str:
    asked = {name: query[name] for name in _PARAMETERS if name in query}
    return absolute(f"{_ADDRESS}?{urlencode({**asked, 'after': str(last)})}")
