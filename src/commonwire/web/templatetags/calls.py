"""Calls in a list."""

from typing import Any

from django import template
from django.utils import timezone

from commonwire.calls import facts, releases
from commonwire.calls import standing as standings
from commonwire.calls.models import Call, CallEvent
from commonwire.publishing.models import Post

register = template.Library()


@register.filter
def standing(call: Call) -> str:
    return standings.standing(call, "en", timezone.now())


@register.filter
def issuer_names(call: Call) -> str:
    return ", ".join(name for name, _path in facts.bodies_of(call.post))


@register.simple_tag
def under_call(post: Post) -> CallEvent | None:
    """How an event stands under its call, if it has one."""
    rows = CallEvent.objects.select_related("call__post")
    return rows.filter(post=post).first() if post.kind == "event" else None


@register.filter
def off(post: Any) -> str:
    """Lines and cards that were read as values know it."""
    known: str | None = getattr(post, "off", None)
    return standings.called_off_post(post) if known is None else known


@register.filter
def call_note(post: Post) -> releases.CallNote | None:
    """Of a release that says what its call no longer says."""
    note = releases.note_of(post) if post.kind == "release" else None
    return note if note and note.behind else None
