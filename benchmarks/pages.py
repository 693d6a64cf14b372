"""In a process of its own: renders public pages of a site that is there, over and over, and
prints JSON: of each, the milliseconds each time, the database's answers included.

    COMMONWIRE_DATA=… python -m benchmarks.pages TIMES
"""

import gc
import json
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "commonwire.settings"
django.setup()

from django.utils import timezone  # noqa: E402

from commonwire.delivery import pages  # noqa: E402
from commonwire.publishing.models import Post  # noqa: E402


def main(times: int) -> None:
    asked = _asked()
    taken: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(times + 3):  # the first ones warm
        for name, render in asked.items():
            gc.collect()
            begun = time.perf_counter()
            render()
            if turn >= 3:
                taken[name].append((time.perf_counter() - begun) * 1e3)
    print(json.dumps(taken))


def _asked() -> dict[str, Callable[[], Any]]:
    # A whole day that is over, and a post of it.
    day = timezone.now().date() - timedelta(days=2)
    post = Post.objects.filter(day=day, listed=True).order_by("-id")[0]
    paths = {
        "front page": "/",
        "wire": "/wire/",
        "section": "/topics/labor/",
        "its feed": "/topics/labor/feed.atom",
        "day": f"/{day:%Y/%m/%d}/",
        "month": f"/{day:%Y/%m}/",
        "post": post.path,
    }
    return {name: _rendering(path) for name, path in paths.items()}


def _rendering(path: str) -> Callable[[], Any]:
    found = pages.find(path)
    if found is None:
        raise SystemExit(f"{path} is no page")
    family, groups = found
    return lambda: family.render(**dict(groups))


if __name__ == "__main__":
    main(int(sys.argv[1]))
