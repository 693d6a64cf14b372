from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from commonwire.publishing.content import Content, Doubt, Facts
from commonwire.publishing.models import Post

Screener = Callable[[Content, Facts], Doubt | None]


def screen(content: Content, facts: Facts) -> list[Doubt]:
    """The doubts of every screener that the settings name, after those it came with."""
    found = (screener(content, facts) for screener in _screeners())
    return [*facts.doubts, *(doubt for doubt in found if doubt is not None)]


@cache
def _screeners() -> tuple[Screener, ...]:
    return tuple(import_string(name) for name in settings.SCREENERS)


def tell_held(post: Post, doubts: list[Doubt]) -> None:
    """Tell whom the settings name that doubts keep a post from the lists; inside the
    transaction that does."""
    for listener in _hold_listeners():
        listener(post, doubts)


@cache
def _hold_listeners() -> tuple[Callable[[Post, list[Doubt]], None], ...]:
    return tuple(import_string(name) for name in settings.HOLD_LISTENERS)


def words_of(waiting_because: list[list[str]]) -> list[str]:
    """What a post's author is told."""
    return [words for _code, words in waiting_because]
