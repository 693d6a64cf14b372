"""Faults on purpose, for as long as you like, and what they did.

python -m tests.faults.run --seed N --faults 500
"""

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.campaign import Campaign
from tests.faults.machine import Machine

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
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    begun = time.monotonic()
    run = Campaign(Machine(folder), seed=asked.seed, faults=asked.faults, tell=say)
    wrong = run.run()
    say(f"seed {asked.seed}, {time.monotonic() - begun:.0f} seconds")
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
    sys.exit(bool(wrong))


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
