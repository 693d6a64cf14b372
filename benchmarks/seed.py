"""Data directories with posts in them, as years of publishing would have left them.

A site on PostgreSQL is a data directory, too; its database's address is in a file beside.
"""

import os
import subprocess
import sys
from pathlib import Path


def seed(data: Path, number: int) -> None:
    """In a process of its own: settings are read once in a process."""
    words = [sys.executable, "-m", "benchmarks.fill", str(data), str(number)]
    subprocess.run(words, env=environment(data), check=True)


def environment(data: Path) -> dict[str, str]:
    """For a command over a data directory."""
    return {**os.environ, **settings(data)}


def settings(data: Path) -> dict[str, str]:
    told = {"COMMONWIRE_DATA": str(data)}
    if url := database_of(data):
        told["COMMONWIRE_DATABASE_URL"] = url
    return told


def set_database(data: Path, url: str) -> None:
    data.with_suffix(".database").write_text(url, encoding="utf-8")


def database_of(data: Path) -> str:
    """ "" for SQLite."""
    file = data.with_suffix(".database")
    return file.read_text(encoding="utf-8") if file.exists() else ""
