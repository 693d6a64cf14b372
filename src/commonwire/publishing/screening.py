from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from commonwire.publishing.content import Content, Doubt, Facts

Screener = Callable[[Content, Facts], Doubt | None]


def screen(content: Content, facts: Facts) -> list[Doubt]:
    """The doubts of every screener that the settings name, after those it came with."""
    found = (screener(content, facts) for screener in _screeners())
    return [*facts.doubts, *(doubt for doubt in found if doubt is not None)]


@cache
def _screeners() -> tuple[Screener, ...]:
    return tuple(import_string(name) for name in settings.SCREENERS)


def words_of(waiting_because: list[list[str]]) -> list[str]:
    """What a post's author is told."""
    return [words for _code, words in waiting_because]
