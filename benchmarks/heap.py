"""In a process of its own: what a flood has left, and one act that clears it. Prints
JSON.

    COMMONWIRE_DATA=… python -m benchmarks.heap
"""

import json
import os
import time

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "commonwire.settings"
django.setup()

from commonwire.accounts.actions import add_editor  # noqa: E402
from commonwire.moderation import queries  # noqa: E402
from commonwire.moderation.actions import clearing, heaps, rulebook  # noqa: E402
from commonwire.moderation.models import Decision, Rule  # noqa: E402
from commonwire.publishing.models import Draft, Post  # noqa: E402


def main() -> None:
    heaps.tend()
    found = queries.heaps(least=1)
    before = {
        "posts": Post.objects.count(),
        "drafts": Draft.objects.filter(post=None).count(),
        "raw": Post.objects.filter(raw=True).count(),
        "heaps": [(heap.code, heap.left) for heap in found],
        "decisions": Decision.objects.count(),
    }
    rulebook.begin()
    rule = Rule.objects.filter(teaches_spam=True).first() or rulebook.screening_rule()
    begun = time.perf_counter()
    clearing.clear_heap(
        by=add_editor(name="ada"),
        heap=found[0],
        hide=True,
        rule=rule,
        reason="Rubbish.",
    )
    print(
        json.dumps(
            {
                **before,
                "clearing ms": (time.perf_counter() - begun) * 1e3,
                "left": [(heap.code, heap.left) for heap in queries.heaps(least=1)],
            }
        )
    )


if __name__ == "__main__":
    main()
