"""How fast entries are appended, to a log of none and to one of many. Prints JSON.

COMMONWIRE_DATA=… python -m benchmarks.appending TIMES MANY
"""

import json
import os
import sys
import time

import django

from commonwire import env

os.environ["DJANGO_SETTINGS_MODULE"] = "commonwire.settings"
env.make_data_directory(env.data_directory())
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from tests.moderation.log.copies import an_entry  # noqa: E402

from commonwire.moderation.actions import log  # noqa: E402
from commonwire.moderation.log import stored  # noqa: E402

TOGETHER = 1_000


def main(times: int, many: int) -> None:
    call_command("migrate", verbosity=0)
    few = _one_by_one(times)
    start = time.perf_counter()
    _append(TOGETHER)
    together = TOGETHER / (time.perf_counter() - start)
    while (missing := many - stored.size()) > 0:
        _append(min(TOGETHER, missing))
    found = {"few": few, "together": together, "many": _one_by_one(times)}
    print(json.dumps(found))


def _one_by_one(times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        _append(1)
    return times / (time.perf_counter() - start)


@transaction.atomic
def _append(count: int) -> None:
    for _ in range(count):
        log.append(an_entry(log.take_number()))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
