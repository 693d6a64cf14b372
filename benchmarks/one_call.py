"""A site with one call, and forms that people opened a while ago; prints where the call
is, its asks, and what the forms say of when they were opened, as JSON.

    python -m benchmarks.one_call DIRECTORY FORMS
"""

import json
import sys
from datetime import timedelta

from benchmarks.fill import fill  # sets the site of DIRECTORY up
from django.utils import timezone

from commonwire.calls.actions import calling
from commonwire.calls.content import AskContent, CallContent, DemandContent
from commonwire.calls.when import When
from commonwire.publishing import patience
from commonwire.publishing.models import Post

ASKS = (
    AskContent("attend", "Stand with us at the depot"),
    AskContent("strike", "Stay away from work until noon"),
    AskContent("dont-shop", "Buy nothing on Main Street"),
)
DEMANDS = (DemandContent("Night buses until two", "the transit board"),)


def main(forms: int) -> None:
    fill(20)
    post = Post.objects.order_by("-pk")[0]
    Post.objects.filter(pk=post.pk).update(kind="call", wire_class="local", listed=True)
    day = (timezone.now() + timedelta(days=60)).date()
    content = CallContent(When(day, day, None, None, "UTC"), ASKS, DEMANDS)
    call = calling.create(post=post, content=content)
    then = timezone.now() - timedelta(hours=1)
    told = {
        "post": post.pk,
        "path": post.path,
        "asks": [ask.pk for ask in call.asks.all()],
        "opened": [patience.form_token(then) for _each in range(forms)],
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[2]))
