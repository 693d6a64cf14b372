"""Calls, made by the actions that the site itself uses."""

import itertools
from datetime import date, time

from django.utils import timezone

from commonwire.calls.actions import calling
from commonwire.calls.content import AskContent, CallContent, DemandContent
from commonwire.calls.when import When
from commonwire.publishing.models import Post
from tests.factories import a_post

_numbers = itertools.count(1)
DAY = date(2027, 1, 16)
DEMANDS = (
    DemandContent("Night buses until two", "the transit board"),
    DemandContent("No fare rise this winter", "the city council"),
    DemandContent("Shelters at every stop"),
)
ASKS = (
    AskContent("attend", "Stand with us at the depot"),
    AskContent("dont-shop", "Buy nothing on Main Street"),
)


def a_time(day=DAY, last_day=None, from_time=None, until_time=None, zone="UTC"):
    return When(day, last_day or day, from_time, until_time, zone)


def hours(begin=8, end=12, **fields):
    return a_time(from_time=time(begin), until_time=time(end), **fields)


def told(when=None, *, asks=ASKS, demands=DEMANDS, **fields):
    """What a form says a call should be."""
    return CallContent(when or a_time(), asks=asks, demands=demands, **fields)


def a_call(title="", *, content=None, **fields):
    """A published call, its post read anew."""
    title = title or f"Winter day of action {next(_numbers)}"
    post = a_post(title, kind="call", own=content or told(), **fields)
    return Post.everything.select_related("call").get(pk=post.pk).call


def changed(call, content):
    calling.change(post=call.post, content=content, now=timezone.now())
    call.refresh_from_db()


def typed(**fields):
    """A call at the form, by the names of its fields."""
    told = {
        "kind": "call",
        "title": "Winter day of action",
        "body": "The city sleeps at ten.",
        "call-first_day": "2027-01-16",
        "call-zone": "America/New_York",
        "call-asks-0-kind": "attend",
        "call-asks-0-text": "Stand with us at the depot",
        "call-demands-0-text": "Night buses until two",
        "call-demands-0-addressee": "the transit board",
        "call-demands-1-text": "No fare rise this winter",
    }
    return told | fields
