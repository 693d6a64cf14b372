"""What a draft is for beside being published: an organisation issues it, a call gathers
it. Its signs keep that; what is not so any more is said before anything is public."""

from typing import Any

from commonwire.publishing.models import Draft, Post
from commonwire.publishing.notices import Notice
from commonwire.publishing.parts import part_of
from commonwire.publishing.screening import lapsed

# Of a post that gathers others, in a draft's signs.
UNDER = "under"
NONE: dict[str, Any] = {"issued_by": "", "under": None, "lapsed": []}


def gathering(number: int | None) -> Post | None:
    """A post under which an event may stand."""
    if not number:
        return None
    found = Post.objects.filter(pk=number, withdrawn_at=None).first()
    if found is None or not found.may_be_read:
        return None
    part = part_of(found.kind)
    return found if part and part.gathers(post=found) else None


def lost(draft: Draft) -> list[Notice]:
    """What it is not for any more, taken from its signs: its author is told, and
    publishes it without, or does not."""
    return [Notice(words) for words in lapsed(draft.signs)]


def shown(draft: Draft) -> dict[str, Any]:
    """For the pages of a draft."""
    signs = dict(draft.signs)
    words = lapsed(signs)
    return {
        "issued_by": signs.get("issued_by", ""),
        "under": gathering(signs.get(UNDER)),
        "lapsed": [Notice(each) for each in words],
    }
