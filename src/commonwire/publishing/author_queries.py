"""What authors' own pages read: a draft by its token, a key by its words."""

import hashlib

from django.db.models import BigIntegerField, CharField, QuerySet

from commonwire.kit.prepared import Prepared, Slot
from commonwire.publishing.models import Draft, Key, Placement, Post
from commonwire.publishing.queries import cards, placements


def draft_hash(token: str) -> str:
    """Draft tokens are 192 bits of chance: a plain hash gives nothing away."""
    return hashlib.sha256(token.encode()).hexdigest()


_DRAFT = Prepared(
    lambda: Draft.objects.filter(token_hash=Slot("token_hash", CharField()))
)


def draft_for(token: str) -> Draft | None:
    found = _DRAFT(token_hash=draft_hash(token))
    return found[0] if found else None


_DRAFT_PLACEMENTS = Prepared(
    lambda: placements().filter(draft=Slot("draft", BigIntegerField()))
)


_LOCKED_DRAFT = Prepared(
    lambda: (
        Draft.objects.select_for_update()
        .filter(pk=Slot("draft", BigIntegerField()))
        .values_list("post")
    )
)


def lock_draft(draft: Draft) -> int | None:
    """Keep the draft from all others until the transaction ends; the post that it has
    become already."""
    found = _LOCKED_DRAFT(draft=draft.pk)
    if not found:
        raise Draft.DoesNotExist
    post: int | None = found[0][0]
    return post


def draft_placements(draft: Draft) -> list[Placement]:
    if draft._state.adding:  # noqa: SLF001 - a new form's draft is not saved yet
        return []
    return _DRAFT_PLACEMENTS(draft=draft.pk)


def key(pk: int | None) -> Key | None:
    return Key.objects.filter(pk=pk).first() if pk else None


_KEY = Prepared(
    lambda: Key.objects.filter(phrase_hash=Slot("phrase_hash", CharField()))
)


def key_of(phrase_hash: str) -> Key | None:
    found = _KEY(phrase_hash=phrase_hash)
    return found[0] if found else None


def posts_of(key: Key) -> QuerySet[Post]:
    """Those under embargo too: they are their author's."""
    own = Post.everything.filter(key=key)
    return cards(own.order_by("-published_at", "-id"))
