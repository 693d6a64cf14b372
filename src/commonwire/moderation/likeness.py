"""Posts that say nearly the same: MinHash over pairs of words, looked up by bands."""

import itertools
from collections.abc import Iterable
from datetime import timedelta
from hashlib import blake2b

from django.db.models import BigIntegerField, DateTimeField, Q
from django.utils import timezone
from rensa import RMinHash

from commonwire.kit.prepared import Prepared, Slot
from commonwire.moderation import folding
from commonwire.moderation.models import Fingerprint
from commonwire.moderation.models.fingerprint import BANDS
from commonwire.publishing.content import Content
from commonwire.publishing.models import Post

PER_BAND = 4
NUMBERS = BANDS * PER_BAND
_BYTES = 4
WITHIN = timedelta(days=30)
# Two short notes with the same few words are no copies.
LEAST_WORDS = 12
# How many of the numbers are the same: a share of the pairs of words that both have.
ALIKE = 0.7
# A text that many posts share has many candidates; the newest say it as well.
MOST_LOOKED_AT = 40
Signature = bytes


def signature(content: Content) -> Signature | None:
    """None for what is too short to be like anything."""
    words = folding.words_of(content)
    if len(words) < LEAST_WORDS:
        return None
    made = RMinHash(num_perm=NUMBERS, seed=1)
    made.update([f"{one} {other}" for one, other in itertools.pairwise(words)])
    return b"".join(number.to_bytes(_BYTES, "big") for number in made.digest())


def bands(of: Signature) -> list[int]:
    """The same number in the same place: a hint that two are alike."""
    wide = PER_BAND * _BYTES
    return [
        int.from_bytes(
            blake2b(of[place : place + wide], digest_size=8).digest(),
            "big",
            signed=True,
        )
        for place in range(0, len(of), wide)
    ]


def likeness(one: Signature, other: Signature) -> float:
    same = sum(
        one[place : place + _BYTES] == other[place : place + _BYTES]
        for place in range(0, NUMBERS * _BYTES, _BYTES)
    )
    return same / NUMBERS


def _in_a_band() -> Q:
    found = Q()
    for place in range(BANDS):
        name = f"band_{place}"
        found |= Q(**{name: Slot(name, BigIntegerField())})
    return found


_CANDIDATES = Prepared(
    lambda: (
        Fingerprint.objects.filter(_in_a_band(), at__gt=Slot("since", DateTimeField()))
        .order_by("-post")
        .values_list("post", "signature")[:MOST_LOOKED_AT]
    )
)


def alike(content: Content) -> list[int]:
    """Posts of the last 30 days that say nearly the same, the likest first."""
    own = signature(content)
    if own is None:
        return []
    slots = {f"band_{place}": number for place, number in enumerate(bands(own))}
    since = timezone.now() - WITHIN
    found = (
        (likeness(own, bytes(s)), pk) for pk, s in _CANDIDATES(since=since, **slots)
    )
    return [pk for much, pk in _likest(found) if much >= ALIKE]


def _likest(found: Iterable[tuple[float, int]]) -> list[tuple[float, int]]:
    return sorted(found, reverse=True)


def like(content: Content) -> Post | None:
    """The post that is likest, among those that can be read."""
    for pk in alike(content):
        post = Post.objects.filter(pk=pk).first()
        if post is not None and post.may_be_read:
            return post
    return None


def alike_each(post_ids: Iterable[int]) -> dict[int, int]:
    """For the desk: of each post the one before it that says nearly the same, if there
    is one; in two questions."""
    own = list(Fingerprint.objects.filter(post__in=post_ids))
    if not own:
        return {}
    near = Q()
    for place in range(BANDS):
        near |= Q(**{f"band_{place}__in": {getattr(o, f"band_{place}") for o in own}})
    rows = Fingerprint.objects.filter(near, at__gt=timezone.now() - WITHIN)
    others = list(rows.order_by("-post")[: MOST_LOOKED_AT * len(own)])
    return {o.post_id: found for o in own if (found := _nearest(o, others))}


def _nearest(own: Fingerprint, others: list[Fingerprint]) -> int | None:
    mine = bytes(own.signature)
    found = (
        (likeness(mine, bytes(other.signature)), other.post_id)
        for other in others
        if other.post_id < own.post_id and _share_a_band(own, other)
    )
    much, post = max(found, default=(0.0, 0))
    return post if much >= ALIKE else None


def _share_a_band(one: Fingerprint, other: Fingerprint) -> bool:
    names = (f"band_{place}" for place in range(BANDS))
    return any(getattr(one, name) == getattr(other, name) for name in names)
