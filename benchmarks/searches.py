"""In a process of its own: asks `/search/` of a site that is there, over and over, and
prints JSON: of each kind of search, the milliseconds of each answer, its page included;
and of all, what the processors had to do for one, on the average: on a busy machine the
rest is waiting for them.

    COMMONWIRE_DATA=… python -m benchmarks.searches TIMES
"""

import gc
import json
import os
import random
import sys
import time
from collections.abc import Callable
from urllib.parse import urlencode

import django
import psutil

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonwire.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from commonwire.publishing.models import Post, Section  # noqa: E402
from commonwire.search import patience  # noqa: E402
from commonwire.search.asked import MOST_PAGES  # noqa: E402
from commonwire.search.models import Entry  # noqa: E402

CHANCE = random.Random(1)


def main(times: int) -> None:
    asked = _searches()
    taken: dict[str, list[float]] = {name: [] for name in asked}
    client = Client()
    spent = _spent()
    for turn in range(times + 1):  # the first warms
        for name, make in asked.items():
            query = urlencode(make())
            patience.PER_NETWORK.clear()
            patience.EVERYBODY.clear()
            gc.collect()
            begun = time.perf_counter()
            answer = client.get(f"/search/?{query}")
            took = (time.perf_counter() - begun) * 1e3
            if answer.status_code != 200:
                raise SystemExit(f"{query}: {answer.status_code}")
            if turn:
                taken[name].append(took)
    number = (times + 1) * len(asked)
    each = {
        who: (now - before) * 1e3 / number
        for (who, before), now in zip(spent.items(), _spent().values(), strict=True)
    }
    found = {"entries": Entry.objects.count(), "taken": taken, "processors": each}
    print(json.dumps(found))


def _spent() -> dict[str, float]:
    """Seconds of a core: of this process, and of PostgreSQL's for this site."""
    found = {"Python": time.process_time()}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_OURS)
            backends = [row[0] for row in cursor.fetchall()]
        times = [psutil.Process(pid).cpu_times() for pid in backends]
        found["PostgreSQL"] = sum(each.user + each.system for each in times)
    return found


_OURS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"


def _searches() -> dict[str, Callable[[], dict[str, str]]]:
    newest = Post.everything.filter(listed=True).order_by("-pk")
    first = newest.values_list("published_at", flat=True).last()
    bodies = newest.values_list("body", flat=True)[:200]
    words = sorted({w for body in bodies for w in body.split() if w.isalpha()})
    lines = [body.split() for body in bodies]
    highest = newest.values_list("pk", flat=True)[0]
    topic = Section.objects.filter(kind="topic").first()
    month = f"{first:%Y-%m}"

    def one() -> str:
        return CHANCE.choice(words)

    def phrase() -> str:
        line = CHANCE.choice(lines)
        place = CHANCE.randrange(max(1, len(line) - 3))
        return f'"{" ".join(line[place : place + 3])}"'

    section = f"topics/{topic.slug}" if topic else ""
    return {
        "a word of every text": lambda: {"q": "the"},
        "the same, the last page": lambda: {"q": "the", "page": str(MOST_PAGES)},
        "a word": lambda: {"q": one()},
        "two words": lambda: {"q": f"{one()} {one()}"},
        "four words": lambda: {"q": " ".join(one() for _ in range(4))},
        "a phrase of three": lambda: {"q": phrase()},
        "a word of one text": lambda: {"q": str(CHANCE.randrange(highest))},
        "two that never meet": lambda: {
            "q": f"the {CHANCE.randrange(highest)} zymurgy"
        },
        "a word in a section, of a kind": lambda: {
            "q": one(),
            "section": section,
            "kind": "release",
        },
        "a word in the first month": lambda: {
            "q": one(),
            "from": f"{month}-01",
            "until": f"{month}-28",
        },
    }


if __name__ == "__main__":
    main(int(sys.argv[1]))
