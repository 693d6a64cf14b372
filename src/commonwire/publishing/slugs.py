import unicodedata
from datetime import date

from django.conf import settings
from django.db.models import Q
from django.utils.text import slugify

from commonwire.changes import locks
from commonwire.kit import phrases
from commonwire.publishing.models import Post
from commonwire.publishing.queries import is_taken

LONGEST = 60
# A file name may be 255 bytes; a letter may be four.
LONGEST_BYTES = 180


def slug_for(title: str) -> str:
    """A title as an address: its letters in any script, hyphens between words."""
    slug = slugify(unicodedata.normalize("NFKC", title), allow_unicode=True)
    words = slug[: LONGEST + 1]
    if len(slug) > LONGEST:
        words = words.rpartition("-")[0] or slug[:LONGEST]
    while len(words.encode()) > LONGEST_BYTES:
        words = words[:-1]
    return words.strip("-_") or "post"


def free_slug(title: str, day: date) -> str:
    """The title's slug, numbered from 2 where the day has it already.

    Ask inside the transaction that takes it: who wants the same one waits for it.
    """
    base = slug_for(title)
    locks.take_turns("slug", day, base)
    if not is_taken(day, base):
        return base
    same = Q(slug=base) | Q(slug__startswith=f"{base}-")
    taken = set(Post.everything.filter(same, day=day).values_list("slug", flat=True))
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"


def former_hash(path: str) -> str:
    """An address is known again by it, and not told: the words in it had to go."""
    return phrases.keyed_hash(settings.SECRET_KEY.encode(), path)


def withdrawn_from(path: str, day: date) -> Post | None:
    """The post that had this address until editors withdrew it for safety."""
    gone = Post.objects.filter(day=day, withdrawn_at__isnull=False)
    return gone.filter(former_path=former_hash(path)).first()
