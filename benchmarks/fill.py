"""Fills a data directory with posts, as years of publishing would have left it.

Fifty-five posts a day back from now, in ten sections (half of all in one region) and in
every class, each under a key of its own. Into SQLite they are written through the ORM in
bulk; the PostgreSQL of COMMONWIRE_DATABASE_URL makes them itself, with their entries for
search (``fill_by_sql``). Begun again, it goes on where it was.

    python -m benchmarks.fill DIRECTORY NUMBER
"""

import hashlib
import io
import itertools
import os
import random
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

from commonwire import env

DATA, NUMBER = Path(sys.argv[1]).resolve(), int(sys.argv[2])
os.environ["COMMONWIRE_DATA"] = str(DATA)
os.environ["DJANGO_SETTINGS_MODULE"] = "commonwire.settings"
os.umask(0o077)
env.make_data_directory(DATA)
django.setup()

from benchmarks.texts import text  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks import fill_by_sql  # noqa: E402
from commonwire.kit import markup  # noqa: E402
from commonwire.publishing import models  # noqa: E402
from commonwire.publishing.models import Key, Post, PostSection, Section  # noqa: E402

PER_DAY = 55
CHUNK = 2_000
TOPICS = ("Labor", "Housing", "Health", "Schools", "Environment", "Police")
REGIONS = ("Riverton", "The Valley", "U.S.", "International")
CLASSES = {"unsorted": 30, "local": 40, "global": 15, "other": 12, "hidden": 3}


def fill(number: int) -> None:
    call_command("prepare", stdout=io.StringIO())
    places = _sections()
    # What is measured here comes faster than any wire's news, and is no flood.
    models.Site.objects.update_or_create(pk=1, defaults={"flood_rate": None})
    if connection.vendor == "postgresql":
        _say("SET synchronous_commit = off")
        topics, regions = places[: len(TOPICS)], places[len(TOPICS) :]
        fill_by_sql.fill(number, topics=topics, regions=regions, per_day=PER_DAY)
        return
    _say("PRAGMA synchronous=OFF")
    rows = _rows(number, after=Post.everything.count())
    while chunk := list(itertools.islice(rows, CHUNK)):
        with transaction.atomic():
            _insert(chunk, places)
    _say("PRAGMA wal_checkpoint(TRUNCATE)")


def _say(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _sections() -> list[Any]:
    wanted = [("topic", name) for name in TOPICS] + [("region", n) for n in REGIONS]
    return [
        Section.objects.get_or_create(
            kind=kind,
            slug="".join(letter for letter in name.lower() if letter.isalpha()),
            defaults={"name": name, "position": place},
        )[0]
        for place, (kind, name) in enumerate(wanted)
    ]


def _rows(number: int, *, after: int) -> Iterator[dict[str, Any]]:
    """The fields of each post but the first ``after``, oldest first."""
    bodies = [text(-place - 1, 1_500) for place in range(200)]
    rendered = [markup.render(body.body) for body in bodies]
    now = timezone.now()
    for place in range(after, number):
        chance = random.Random(place)
        found = bodies[place % 200]
        age = timedelta(days=(number - place - chance.random()) / PER_DAY)
        at = now - age - timedelta(minutes=10)
        kind = chance.choices(list(CLASSES), list(CLASSES.values()))[0]
        yield {
            "kind": "release" if place % 5 == 0 else "report",
            "title": f"{found.title} {place}",
            "byline": found.byline,
            "summary": found.summary,
            "body": found.body,
            "body_html": rendered[place % 200],
            # Every hundredth title is one that many share.
            "slug": f"weekly-meeting-{place}" if place % 100 == 0 else f"post-{place}",
            "day": at.date(),
            "published_at": at,
            "updated_at": at,
            "wire_class": kind,
            "listed": kind != "hidden",
            "text_hash": hashlib.sha256(str(place).encode()).hexdigest(),
        }


def _insert(chunk: list[dict[str, Any]], sections: list[Any]) -> None:
    hashes = [hashlib.sha256(row["text_hash"].encode()).hexdigest() for row in chunk]
    keys = Key.objects.bulk_create(Key(phrase_hash=found) for found in hashes)
    posts = Post.objects.bulk_create(
        Post(**row, key=key) for row, key in zip(chunk, keys, strict=True)
    )
    topics, regions = sections[: len(TOPICS)], sections[len(TOPICS) :]
    PostSection.objects.bulk_create(
        PostSection(post=post, section=section, published_at=post.published_at)
        for post in posts
        for section in (
            topics[post.pk % len(topics)],
            regions[0 if post.pk % 2 else post.pk // 2 % len(regions)],
        )
    )


if __name__ == "__main__":
    fill(NUMBER)
