"""Benchmarks, one after the other; each named one has its part of benchmarks/RESULTS.md
written anew when they are not quick.

python -m benchmarks [--quick] [NAME …]
"""

import argparse
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import psutil

NAMES = (
    *("read", "publish", "growth", "decisions", "media", "video", "faces"),
    *("log", "screening", "flood", "calls", "posters", "calendar", "search"),
    *("store", "backup", "mirror", "scale", "million"),
)
RESULTS = Path(__file__).with_name("RESULTS.md")
HEAD = """# What was measured

Each part with its command, when, at which commit, and how busy the machine was before.
Ratios are what counts: the machine under them does not.
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument(
        "--quick", action="store_true", help="only to see that they run"
    )
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(NAMES):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    for name in asked.names or NAMES:
        words = ["python", "-m", f"benchmarks.{name}"]
        words += ["--quick"] if asked.quick else []
        print(f"{' '.join(words)}\n", flush=True)
        where = _where()
        said = _run([sys.executable, *words[1:]])
        if not asked.quick:
            _write(
                name, f"    {' '.join(words)}\n\n{where}\n\n```\n{said.strip()}\n```\n"
            )


def _write(name: str, part: str) -> None:
    """Replace the benchmark's part, or add it."""
    old = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    parts = dict(
        re.findall(r"^## (\S+)\n\n(.*?)(?=^## |\Z)", old, re.MULTILINE | re.DOTALL)
    )
    parts[name] = part
    # What is no benchmark, such as runs of faults, comes after them.
    order = [name for name in NAMES if name in parts]
    order += [name for name in parts if name not in NAMES]
    known = [(name, parts[name].strip("\n")) for name in order]
    body = "\n".join(f"## {name}\n\n{part}\n" for name, part in known)
    RESULTS.write_text(f"{HEAD}\n{body}", encoding="utf-8")


def _run(words: list[str]) -> str:
    """Shows what the program says as it says it."""
    said = []
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            said.append(line)
    if process.returncode:
        sys.exit(process.returncode)
    return "".join(said)


def _where() -> str:
    memory = psutil.virtual_memory().total / 2**30
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    load = "/".join(f"{each:.1f}" for each in psutil.getloadavg())
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {commit}; "
        f"{psutil.cpu_count()} cores ({model}), {memory:.0f} GB, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}; "
        f"load before {load}."
    )


if __name__ == "__main__":
    main()
