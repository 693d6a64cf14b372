"""How much the database works for each listing and look-up: SQLite's own instructions.

Each is asked as the program asks it. Instructions do not depend on what else the machine
does, so that they tell a walk over a table from a look-up, and a sort of thirty rows from
a sort of all. Prints JSON: what was asked, and its hundreds of instructions.

    COMMONWIRE_DATA=… python -m benchmarks.work
"""

import json
import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "commonwire.settings"
django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from commonwire.delivery import pages  # noqa: E402
from commonwire.publishing import author_queries, queries  # noqa: E402
from commonwire.publishing.models import Post  # noqa: E402
from commonwire.publishing.slugs import free_slug  # noqa: E402

STEP = 100


def main() -> None:
    print(json.dumps({name: _work(ask) for name, ask in _questions().items()}))


def _work(ask: Callable[[], Any]) -> int:
    ask()  # once for what is prepared or kept
    steps = [0]

    def count() -> int:
        steps[0] += 1
        return 0

    connection.connection.set_progress_handler(count, STEP)
    ask()
    connection.connection.set_progress_handler(None, 0)
    return steps[0]


def _questions() -> dict[str, Callable[[], Any]]:
    today = timezone.now().date()
    day = today - timedelta(days=2)
    post = Post.objects.filter(day=day, listed=True).order_by("-id")[0]

    def printed(path: str) -> Callable[[], Any]:
        family, groups = pages.find(path)
        return lambda: family.render(**dict(groups))

    lists = ["/", "/wire/", "/wire/local/", "/wire/hidden/", "/topics/labor/"]
    lists += ["/regions/riverton/", f"/{day:%Y/%m/%d}/", "/features/"]
    paths = [path for path in lists if pages.find(path)] + [post.path]
    paths += [f"{path}feed.atom" for path in paths[:-1] if path != "/features/"]
    asked = {path: printed(path) for path in paths}
    return {
        **{name.replace(post.path, "a post"): ask for name, ask in asked.items()},
        "the same text": lambda: queries.same_text("0" * 64),
        "a free address": lambda: free_slug(post.title, today),
        "an address that is taken": lambda: free_slug(post.slug, day),
        "a draft": lambda: author_queries.draft_for("nothing"),
        "a key": lambda: author_queries.key_of("nothing"),
    }


if __name__ == "__main__":
    main()
