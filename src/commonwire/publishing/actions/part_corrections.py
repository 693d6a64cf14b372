"""What a correction does to that which a kind of post has of its own."""

from typing import Any

from commonwire.publishing.models import Post
from commonwire.publishing.parts import PartContent, part_at
from commonwire.publishing.withheld import Withheld


def compare(
    post: Post,
    given: PartContent | None,
    before: dict[str, Any],
    after: dict[str, Any],
) -> None:
    """What everybody may see of it goes among what changed."""
    part = part_at(post)
    if part is None or given is None:
        return
    was, becomes = part.compare(post=post, content=given)
    before |= was
    after |= becomes


def changes_unseen(post: Post, given: PartContent | None) -> bool:
    part = part_at(post)
    if part is None or given is None:
        return False
    return part.changes_unseen(post=post, content=given)


def standing(post: Post) -> PartContent | None:
    part = part_at(post)
    return part.content_of(post) if part else None


def withheld(post: Post, given: PartContent | None) -> dict[str, Withheld]:
    part = part_at(post)
    if part is None or given is None:
        return {}
    return part.withheld(post=post, content=given)


def put(post: Post, given: PartContent | None) -> None:
    part = part_at(post)
    if part is not None and given is not None:
        part.correct(post=post, content=given)
