from collections.abc import Iterable

from commonwire.publishing.comments import page_of
from commonwire.publishing.models import Addendum, Post, Section
from commonwire.publishing.parts import part_at


def facts_of(
    post: Post, *, sections: Iterable[Section] | None = None
) -> dict[str, object]:
    """What a reader of changes must know of a post: every page that shows it.

    ``sections``: those of the post, from who has them already.
    """
    if sections is None:
        places = post.places.select_related("section")
        sections = [place.section for place in places]
    corrected = {"corrects": post.corrects.path} if post.corrects else {}
    part = part_at(post)
    own = {part.kind: part.facts_of(post)} if part else {}
    return {
        **corrected,
        **own,
        "path": post.path,
        "day": post.day.isoformat(),
        "class": post.wire_class,
        "listed": post.listed,
        "raw": post.raw,
        "sound": post.has_sound,
        "sections": [section.path for section in sections],
    }


def facts_of_comment(comment: Addendum) -> dict[str, object]:
    """And of a comment: which page of the post's comments shows it."""
    return {"comment": comment.pk, "comments_page": page_of(comment)}
