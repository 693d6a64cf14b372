import unicodedata

from django.utils.text import slugify

from commonwire.calls.models import Organisation
from commonwire.changes import locks
from commonwire.publishing.slugs import slug_for

# What stands under /organisations/ beside organisations themselves.
_TAKEN = frozenset({"room", "join", "press"})


def plain(name: str) -> str:
    """The same for names that people take for the same."""
    name = unicodedata.normalize("NFKC", name).casefold()
    return slugify(name, allow_unicode=True) or name


def free_slug(name: str) -> str:
    """The name as an address, numbered from 2 where it is taken. Ask inside the
    transaction that takes it."""
    base = slug_for(name)
    locks.take_turns("organisation's slug", base)
    taken = set(
        Organisation.objects.filter(slug__startswith=base).values_list(
            "slug", flat=True
        )
    )
    slug, number = base, 2
    while slug in taken or slug in _TAKEN:
        slug, number = f"{base}-{number}", number + 1
    return slug
