"""Data directories with posts in them, as years of publishing would have left them."""

import os
import subprocess
import sys
from pathlib import Path


def seed(data: Path, number: int) -> None:
    """In a process of its own: settings are read once in a process."""
    subprocess.run(
        [sys.executable, "-m", "benchmarks.fill", str(data), str(number)], check=True
    )


def environment(data: Path) -> dict[str, str]:
    """For a command over a data directory."""
    return {**os.environ, "COMMONWIRE_DATA": str(data)}
