from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from commonwire.accounts.models import Editor
from commonwire.publishing.content import Content, Doubt, Facts
from commonwire.publishing.models import Addendum, Correction, Post

Screener = Callable[[Content, Facts], Doubt | None]


def screen(content: Content, facts: Facts) -> list[Doubt]:
    """The doubts of every screener that the settings name, after those it came with."""
    found = (screener(content, facts) for screener in _screeners())
    return [*facts.doubts, *(doubt for doubt in found if doubt is not None)]


@cache
def _screeners() -> tuple[Screener, ...]:
    return tuple(import_string(name) for name in settings.SCREENERS)


def tell_held(post: Post, doubts: list[Doubt], comment: Addendum | None = None) -> None:
    """Tell whom the settings name that doubts keep a post from the lists, or a comment
    from its page; inside the transaction that does."""
    for listener in _hold_listeners():
        listener(post, doubts, comment)


HoldListener = Callable[[Post, list[Doubt], Addendum | None], None]


def tell_corrected(correction: Correction, editor: Editor) -> None:
    """Tell whom the settings name that an editor's program has corrected a post; inside
    the transaction that does."""
    for listener in _correction_listeners():
        listener(correction, editor)


@cache
def _correction_listeners() -> tuple[Callable[[Correction, Editor], None], ...]:
    return tuple(import_string(name) for name in settings.CORRECTION_LISTENERS)


@cache
def _hold_listeners() -> tuple[HoldListener, ...]:
    return tuple(import_string(name) for name in settings.HOLD_LISTENERS)


def words_of(waiting_because: list[list[str]]) -> list[str]:
    """What a post's author is told."""
    return [words for _code, words in waiting_because]
