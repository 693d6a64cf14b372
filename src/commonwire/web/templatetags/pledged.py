"""Pledges on the page of a call."""

from typing import Any

from django import template
from django.utils import timezone

from commonwire.calls.pledge_tally import tally
from commonwire.publishing.models import Post

register = template.Library()


@register.inclusion_tag("calls/_pledges.html")
def pledges_of(post: Post) -> dict[str, Any]:
    """Who takes part, and the way to do so; nothing where nobody did or can."""
    call = post.call
    return {
        "post": post,
        "pledges": tally(call),
        "asks": [ask for ask in call.asks.all() if not ask.dropped],
        "open": call.takes_part(timezone.now()),
    }
