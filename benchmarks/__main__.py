"""All benchmarks, one after the other; benchmarks/RESULTS.md when they are not quick.

python -m benchmarks [--quick]
"""

import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import psutil

NAMES = ("read", "publish", "growth", "media")
RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> None:
    quick = sys.argv[1:] == ["--quick"]
    parts = [_head()]
    for name in NAMES:
        words = ["python", "-m", f"benchmarks.{name}", *(["--quick"] if quick else [])]
        print(f"{' '.join(words)}\n", flush=True)
        said = _run([sys.executable, *words[1:]])
        parts.append(
            f"## {name}\n\n    {' '.join(words)}\n\n```\n{said.strip()}\n```\n"
        )
    if not quick:
        RESULTS.write_text("\n".join(parts), encoding="utf-8")


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


def _head() -> str:
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
        "# What was measured\n\n"
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {commit}; "
        f"{psutil.cpu_count()} cores ({model}), {memory:.0f} GB, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}; "
        f"load before {load}. All with `python -m benchmarks`. Ratios are what counts: "
        "the machine under them does not.\n"
    )


if __name__ == "__main__":
    main()
