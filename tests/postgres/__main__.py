"""Runs pytest on a PostgreSQL that it starts: `python -m tests.postgres [pytest's words]`."""

import os
import subprocess
import sys
import tempfile

from tests.postgres.server import QUICK, TABLES, Postgres, make_database

VARIABLE = "COMMONWIRE_TESTS_ON"


def main():
    server = Postgres(*QUICK)
    try:
        url = server.start().url("postgres")
        make_tables(url)
        words = [sys.executable, "-m", "pytest", *sys.argv[1:]]
        return subprocess.run(words, env={**os.environ, VARIABLE: url}, check=False)
    finally:
        server.remove()


def make_tables(url):
    """Once, for all processes that test."""
    with tempfile.TemporaryDirectory(prefix="tables-") as data:
        settings = {"DATA": data, "SECRET_KEY": "only for making tables " * 2}
        settings["DATABASE_URL"] = make_database(url, TABLES)
        here = {f"COMMONWIRE_{name}": value for name, value in settings.items()}
        words = [sys.executable, "-m", "commonwire", "migrate", "--verbosity", "0"]
        subprocess.run(words, env={**os.environ, **here}, check=True)


if __name__ == "__main__":
    sys.exit(main().returncode)
