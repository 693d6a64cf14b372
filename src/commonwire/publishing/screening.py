"""Where screening is called from. What decides is named by the settings."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from commonwire.accounts.models import Editor
from commonwire.publishing.content import Content, Doubt, Facts
from commonwire.publishing.models import Addendum, Correction, Post
from commonwire.publishing.parts import part_of

Screener = Callable[[Content, Facts], Doubt | None]


def screen(content: Content, facts: Facts) -> list[Doubt]:
    """The doubts of every screener that the settings name, after those it came with."""
    found = (screener(content, facts) for screener in _named("SCREENERS"))
    return [*facts.doubts, *(doubt for doubt in found if doubt is not None)]


def doubts_about(words: str) -> list[Doubt]:
    """Of a few words that stand on somebody else's page."""
    return [doubt for look in _named("WORD_SCREENERS") for doubt in look(words)]


def like(content: Content) -> Post | None:
    """A post that says nearly the same, by its kind's own facts or by its words."""
    part = part_of(content.kind)
    found = part.like(content) if part else None
    return found or _named("LIKENESS")[0](content)


def is_flooded() -> bool:
    """Whether what is published now will go to the raw wire."""
    return any(sign() for sign in _named("FLOOD_SIGNS"))


def is_raw(facts: Facts) -> bool:
    """Whether what comes now goes to the raw wire; in the post's transaction."""
    return any(gate(facts) for gate in _named("FLOOD_GATES"))


def arrived(post: Post, content: Content) -> None:
    """Tell whom the settings name what came, or what its author changed it to; inside
    the transaction of the post."""
    for listener in _named("ARRIVAL_LISTENERS"):
        listener(post, content)


def published(post: Post, facts: Facts) -> None:
    """Tell whom the settings name how a post came that was just made; inside its
    transaction, before anything of it is told."""
    for listener in _named("PUBLICATION_LISTENERS"):
        listener(post, facts)


def lapsed(signs: dict[str, Any]) -> list[str]:
    """Takes from a draft's signs what is not so any more, and says each in a sentence."""
    return [words for check in _named("SIGN_CHECKS") for words in check(signs)]


def tell_held(post: Post, doubts: list[Doubt], comment: Addendum | None = None) -> None:
    """Tell whom the settings name that doubts keep a post from the lists, or a comment
    from its page; inside the transaction that does."""
    for listener in _named("HOLD_LISTENERS"):
        listener(post, doubts, comment)


def tell_withdrawn(post: Post) -> None:
    """Tell whom the settings name that a post goes, whoever withdraws it; inside the
    transaction that does."""
    for listener in _named("WITHDRAWAL_LISTENERS"):
        listener(post)


def tell_corrected(correction: Correction, editor: Editor) -> None:
    """Tell whom the settings name that an editor's program has corrected a post; inside
    the transaction that does."""
    for listener in _named("CORRECTION_LISTENERS"):
        listener(correction, editor)


@cache
def _named(setting: str) -> tuple[Callable[..., Any], ...]:
    return tuple(import_string(name) for name in getattr(settings, setting))


def words_of(waiting_because: list[list[str]]) -> list[str]:
    """What a post's author is told."""
    return [words for _code, words in waiting_because]
