"""What a rule of screening would have held, before it is switched on."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch

from commonwire.moderation import expressions
from commonwire.moderation.models import ScreeningRule
from commonwire.publishing.models import Addendum, Post
from commonwire.publishing.states import Author, WireClass

LAST = 500
MOST_SHOWN = 50
# An editor waits for it, and so does whoever publishes meanwhile.
SECONDS = 3.0
_AT_ONCE = 50


@dataclass
class Trial:
    """``held``: how many of those looked at; ``found``: the newest of them, each with
    what was found in it; ``hidden``: how many of them editors have hidden anyway."""

    looked_at: int = 0
    held: int = 0
    hidden: int = 0
    found: list[tuple[Any, str]] = field(default_factory=list)
    # The time was over before all were looked at.
    stopped: bool = False


def try_on(rule: ScreeningRule) -> Trial:
    """On the last posts, the newest first, for as long as an editor may wait."""
    trial, until = Trial(), time.monotonic() + SECONDS
    for post in _last():
        if time.monotonic() > until:
            trial.stopped = True
            break
        trial.looked_at += 1
        words = expressions.found_in(rule, texts_of(post))
        if words:
            trial.held += 1
            trial.hidden += post.wire_class == WireClass.HIDDEN
            if len(trial.found) < MOST_SHOWN:
                trial.found.append((post, words))
    return trial


def texts_of(post: Any) -> list[str]:
    """What screening reads of a post that was read with its ``parts``."""
    texts = [post.title, post.byline, post.summary, post.body, post.related_url]
    for part in post.parts:
        texts += [part.title, part.byline, part.body, part.related_url]
    return texts


def _last() -> Iterator[Any]:
    rows = Post.objects.filter(withdrawn_at=None).order_by("-pk")[:LAST]
    own = Addendum.objects.filter(by=Author.AUTHOR)
    parts = Prefetch("addenda", own, to_attr="parts")
    return rows.prefetch_related(parts).iterator(_AT_ONCE)
