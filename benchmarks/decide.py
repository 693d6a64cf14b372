"""Hides a post and brings it back, so many times, beside a running server and its worker.

Prints JSON: of each decision, the milliseconds until the last public file that shows it
lay there for readers, and until the disk had all of them.

    COMMONWIRE_DATA=… python -m benchmarks.decide TIMES
"""

import itertools
import json
import os
import secrets
import sys
import time
from collections.abc import Callable

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "commonwire.settings"
django.setup()

from django.utils import timezone  # noqa: E402

from commonwire.accounts.actions import add_editor  # noqa: E402
from commonwire.accounts.models import Editor  # noqa: E402
from commonwire.changes import cursors  # noqa: E402
from commonwire.delivery import pages  # noqa: E402
from commonwire.delivery.printing import CURSOR  # noqa: E402
from commonwire.delivery.tree import the_tree  # noqa: E402
from commonwire.moderation.actions import placing  # noqa: E402
from commonwire.moderation.models import Decision, Rule  # noqa: E402
from commonwire.publishing.models import Post  # noqa: E402

LONGEST = 30
# Of those that fill.py made: they stand in every list that they belong to.
NEWEST = 3


def main(times: int) -> None:
    rule, editor = Rule.objects.get(slug="advertising"), _editor()
    posts = Post.objects.filter(wire_class="local", slug__startswith="post-")
    chosen = itertools.cycle(posts.order_by("-pk")[:NEWEST])
    taken = []
    for _ in range(times):
        post = next(chosen)
        reason = f"Measured: x{secrets.token_hex(8)}."
        hide = {"by": editor, "post": post, "rule": rule, "reason": reason}
        taken.append(_taken(lambda hide=hide: placing.hide(**hide)))
        page = the_tree().read("/log/") or b""
        if reason.encode() not in page:
            raise SystemExit("the log does not show the decision")
        for path in ("/", "/wire/", "/wire/local/"):
            if f'"{post.path}"'.encode() in (the_tree().read(path) or b""):
                raise SystemExit(f"{path} still shows a hidden post")
        taken.append(_taken(lambda post=post: placing.unhide(by=editor, post=post)))
    print(json.dumps(taken))


def _editor() -> Editor:
    found = Editor.objects.filter(pseudonym="Ada").first()
    if found is None:
        found = add_editor(name="the benchmark's")
        found.pseudonym, found.joined_at = "Ada", timezone.now()
        found.save()
    return found


def _taken(decide: Callable[[], Decision]) -> tuple[float, float]:
    """Milliseconds until the last page that a decision made stale was another, and until
    the worker has waited for the disk."""
    before, begun, clock = cursors.latest(), time.perf_counter(), time.time()
    decide()
    wanted = cursors.latest()
    while cursors.position(CURSOR) < wanted:
        if time.perf_counter() - begun > LONGEST:
            raise SystemExit("the worker does not print")
        time.sleep(0.005)
    settled = (time.perf_counter() - begun) * 1e3
    stale = {p for each in cursors.read_after(before) for p in pages.stale(each)}
    printed = [the_tree().printed_at(path) for path in stale]
    shown = max(at.timestamp() for at in printed if at) - clock
    return shown * 1e3, settled


if __name__ == "__main__":
    main(int(sys.argv[1]))
