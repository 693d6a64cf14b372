"""The page of a call with 2,000 endorsements in a tree of four levels and 200 local
events: made stale, printed anew, and how many questions it asks the database against a
small one. Runs in a process of its own, for a site has its settings from its directory.

    python -m benchmarks.call_page DIRECTORY ENDORSEMENTS EVENTS
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

MOST_MS = 300


def main(*, quick: bool) -> bool:
    big = (200, 20) if quick else (2_000, 200)
    many, few = _measured(*big), _measured(40, 10)
    ms, queries = min(many["ms"]), many["queries"]
    print(f"page: {big[0]:,} endorsements in four levels, {big[1]} local events:")
    print(f"printed in {ms:.0f} ms (target {MOST_MS} ms), worst {max(many['ms']):.0f};")
    print(f"{queries} queries, and {few['queries']} with 40 and 10")
    return ms <= MOST_MS and queries == few["queries"]


def _measured(endorsements: int, events: int) -> dict[str, list[float]]:
    with tempfile.TemporaryDirectory() as place:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                __spec__.name,
                place,
                str(endorsements),
                str(events),
            ],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"COMMONWIRE_DATA": place},
        )
        return json.loads(done.stdout.splitlines()[-1])


def _inside(place: str, endorsements: int, events: int) -> None:
    from benchmarks.fill import fill  # noqa: PLC0415 - sets the site of DIRECTORY up

    fill(20)
    from django.db import connection, reset_queries  # noqa: PLC0415

    from commonwire.delivery.pages import find  # noqa: PLC0415
    from commonwire.delivery.tree import the_tree  # noqa: PLC0415

    path = _a_call(endorsements, events)
    family, groups = find(path)
    took = []
    for _time in range(6):
        (Path(place) / "public" / path.strip("/") / "index.html").unlink(
            missing_ok=True
        )
        begun = time.process_time()
        body = family.render(**groups)
        the_tree().write(path, body)
        took.append((time.process_time() - begun) * 1e3)
    connection.force_debug_cursor = True
    reset_queries()
    family.render(**groups)
    told = {"ms": took[1:], "queries": len(connection.queries)}
    print(json.dumps(told))


def _a_call(endorsements: int, events: int) -> str:
    from datetime import timedelta  # noqa: PLC0415

    from benchmarks.one_call import ASKS, DEMANDS  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from commonwire.calendar.models import Event, Occurrence  # noqa: PLC0415
    from commonwire.calls import models  # noqa: PLC0415
    from commonwire.calls.actions import calling  # noqa: PLC0415
    from commonwire.calls.content import CallContent  # noqa: PLC0415
    from commonwire.calls.when import When  # noqa: PLC0415
    from commonwire.publishing.models import Post  # noqa: PLC0415

    now = timezone.now()
    day = (now + timedelta(days=60)).date()
    post = Post.objects.order_by("-pk")[0]
    Post.objects.filter(pk=post.pk).update(kind="call", wire_class="local", listed=True)
    post.refresh_from_db()
    when = When(day, day, None, None, "UTC")
    call = calling.create(post=post, content=CallContent(when, ASKS, DEMANDS))
    bodies = models.Organisation.objects.bulk_create(
        models.Organisation(
            slug=f"body-{n}",
            name=f"Riverton body {n}",
            kind="union",
            area=f"Area {n % 40}",
            members=n + 10,
            members_on=day,
        )
        for n in range(endorsements)
    )
    chance, many = random.Random(1), endorsements
    starts = (0, many // 100 + 1, many // 20 + 2, many // 4 + 3, many)
    links = []
    for above, begin, end in zip(starts, starts[1:], starts[2:], strict=False):
        for n in range(begin, end):
            parent = bodies[chance.randrange(above, begin)]
            links.append(models.Affiliation(organisation=bodies[n], parent=parent))
    models.Affiliation.objects.bulk_create(links)
    models.Endorsement.objects.bulk_create(
        models.Endorsement(
            call=call,
            organisation=body,
            way="steward",
            state="confirmed",
            version=1,
            office="president",
            how="vote",
            confirmed_at=now,
        )
        for body in bodies
    )
    _events(events, call, when, (Post, Event, Occurrence, models.CallEvent))
    return post.path


def _events(number: int, call: Any, when: Any, tables: Any) -> None:
    post_model, event_model, date_model, under = tables
    now, like = call.post.published_at, call.post
    posts = post_model.objects.bulk_create(
        post_model(
            kind="event",
            title=f"Vigil {n}",
            slug=f"vigil-{n}",
            day=like.day,
            published_at=now,
            updated_at=now,
            wire_class="local",
            listed=True,
            text_hash=f"vigil {n}",
        )
        for n in range(number)
    )
    made = event_model.objects.bulk_create(
        event_model(
            post=post,
            uid=f"vigil-{post.pk}",
            zone="UTC",
            place="Bridge",
            changed_at=now,
        )
        for post in posts
    )
    date_model.objects.bulk_create(
        date_model(
            event=event,
            number=1,
            starts_at=when.starts_at,
            day=when.first_day,
            last_day=when.first_day,
            changed_at=now,
        )
        for event in made
    )
    under.objects.bulk_create(
        under(call=call, post=post, added_at=now, listed_at=now) for post in posts
    )


if __name__ == "__main__":
    _inside(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
