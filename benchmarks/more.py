"""Publishes some posts more, each with a picture, and prints what they make stale.

python -m benchmarks.more DIRECTORY NUMBER
"""

import os
import sys
from pathlib import Path

import django

DATA, NUMBER = Path(sys.argv[1]).resolve(), int(sys.argv[2])
os.environ["COMMONWIRE_DATA"] = str(DATA)
os.environ["DJANGO_SETTINGS_MODULE"] = "commonwire.settings"
os.umask(0o077)
django.setup()

from benchmarks.texts import text  # noqa: E402
from tests.factories import a_picture, a_post  # noqa: E402

from commonwire.delivery.printing import print_stale  # noqa: E402
from commonwire.publishing.models import Section  # noqa: E402


def more(number: int) -> None:
    topics = list(Section.objects.filter(kind="topic"))
    for place in range(number):
        words = text(10_000_000 + place, 1_500)
        a_post(
            f"{words.title} {place}",
            body=words.body,
            byline=words.byline,
            topics=tuple(topics[place % len(topics) :][:1]),
            attachments=(a_picture((1200, 900)),),
        )
    while print_stale().changes:
        pass


if __name__ == "__main__":
    more(NUMBER)
