"""The benchmarks run. What they measure is read elsewhere: benchmarks/RESULTS.md."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


LONGER = ("read", "publish", "growth", "media", "log", "flood", "backup", "mirror")


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "screening",
        "posters",
        "calendar",
        "search",
        *(pytest.param(name, marks=pytest.mark.thorough) for name in LONGER),
    ],
)
def test_a_benchmark_runs(name, tmp_path):
    if name == "flood" and not shutil.which("wrk"):
        pytest.skip("needs wrk")
    if name == "read" and not (shutil.which("wrk") and shutil.which("nginx")):
        pytest.skip("needs nginx and wrk")
    figures = tmp_path / "figures.json"
    words = [sys.executable, "-m", f"benchmarks.{name}", "--quick", "--json", figures]

    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("COMMONWIRE_", "DJANGO_"))
    }
    subprocess.run(words, cwd=ROOT, env=environment, check=True, timeout=300)

    assert json.loads(figures.read_text())
