"""Faults on purpose, for as long as you like, and what they did.

python -m tests.faults.run --seed N --faults 500 --on postgresql
"""

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.campaign import Campaign
from tests.faults.machine import Machine
from tests.postgres.server import Postgres

KINDS = ("Program", "Writer", "Author", "Editor", "Steward", "Pledger")


def main():
    parser = argparse.ArgumentParser(
        prog="python -m tests.faults.run", description=__doc__
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=int, default=500)
    parser.add_argument(
        "--keep", action="store_true", help="keep its logs though all is well"
    )
    parser.add_argument("--on", choices=["sqlite", "postgresql"], default="sqlite")
    asked = parser.parse_args()
    database = Postgres().start() if asked.on == "postgresql" else None
    try:
        wrong = _run(asked, database)
    finally:
        if database:
            database.remove()
    sys.exit(bool(wrong))


def _run(asked, database):
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    begun = time.monotonic()
    run = Campaign(
        Machine(folder, database), seed=asked.seed, faults=asked.faults, tell=say
    )
    wrong = run.run()
    say(f"seed {asked.seed}, {asked.on}, {time.monotonic() - begun:.0f} seconds")
    for name, number in sorted(run.done.items()):
        say(f"{number:5} {name.replace('_', ' ')}")
    for kind in KINDS:
        say(f"{len(run.answered(kind)):5} answered: {kind.lower()}")
    say(f"{sum(run.done.values())} faults; {len(wrong)} wrong")
    for sentence in wrong[:100]:
        say(f"WRONG {sentence}")
    if wrong or asked.keep:
        say(f"its logs are in {folder}")
    else:
        shutil.rmtree(folder, ignore_errors=True)
    return wrong


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
