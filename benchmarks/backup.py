"""Backing up: the first whole one, two that go on from it, and restoring.

100,000 posts and 20 GB of media: 25,000 files of posts, in four renditions each, sparse
but for their beginnings, so that every one of them is another. Encrypted by a passphrase,
as a backup that leaves the house should be. Ten posts with a picture come before each of
the later ones. What each command took, its start included, and its largest memory.
Restored is only where the disk has room for as much again.

    python -m benchmarks.backup [--quick] [--json FILE]
"""

import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reports import Report, program
from benchmarks.seed import environment, seed

MOST_MEMORY = 200
MOST_OF_THE_FIRST = 0.05
RENDITIONS = ("original.jpg", "1280.webp", "640.webp", "320.webp")
NEW_POSTS = 10


@dataclass(frozen=True)
class Taken:
    """Seconds, and megabytes of memory."""

    seconds: float
    memory: float


def measure(report: Report, quick: bool) -> None:
    compare(report, *((300, 50, 40_000) if quick else (100_000, 25_000, 800_000_000)))


def compare(report: Report, posts: int, files: int, size: int) -> None:
    """``size``: of a file's renditions together, in thousandths of a byte a file."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        site = place / "site"
        seed(site, posts)
        lay_media(site, files, size // 1_000)
        taken, sizes = {}, {}
        for backup, since in (("first", ""), ("second", "first"), ("third", "second")):
            if since:
                more(site, NEW_POSTS)
            words = ["--since", str(place / since)] if since else []
            taken[backup] = run(site, "backup", str(place / backup), *words)
            sizes[backup] = (place / backup).stat().st_size / 1e6
        if shutil.disk_usage(place).free > 1.5e6 * sizes["first"]:
            taken["restore"] = run(place / "new", "restore", str(place / "third"))
    report.table(
        ("", "seconds", "memory MB", "file MB"),
        [(n, t.seconds, t.memory, sizes.get(n, 0.0)) for n, t in taken.items()],
    )
    report.say(f"{posts:,} posts; {files:,} files, {files * size / 1e12:.1f} GB\n")
    report.figures |= {name: vars(each) for name, each in taken.items()}
    most = max(each.memory for each in taken.values())
    report.target("largest memory, MB", most, most=MOST_MEMORY)
    later = taken["second"].seconds / taken["first"].seconds
    report.target("the second / the first", later, most=MOST_OF_THE_FIRST)


def lay_media(site: Path, files: int, size: int) -> None:
    """Rows of published pictures and their folders, as the workbench leaves them."""
    media = site / "public" / "media"
    rows = []
    for number in range(files):
        content = secrets.token_urlsafe(16)[:22]
        folder = media / content
        folder.mkdir(parents=True)
        for name in RENDITIONS:
            with (folder / name).open("wb") as file:
                file.write(f"{content} {name}".encode())
                file.truncate(max(size // len(RENDITIONS), 64))
        rows.append((f"benchmark-of-backup-{number:08}", content))
    with sqlite3.connect(site / "commonwire.sqlite3") as database:
        database.executemany(_INSERT, rows)
    database.close()


# What a picture has that was made and published; the rest is as nothing was said.
_INSERT = """INSERT INTO media_attachment
    (public_id, content_id, kind, state, reason, progress, attempts, heavy, upload, recipe,
    width, height, seconds, pages, alt, decorative, caption, credit, text, captions,
    captions_id, options, faces, renditions, note, created_at, published_at)
    VALUES (?, ?, 'picture', 'made', '', 0, 0, 0, '', 1, 4, 3, 0, 0, '', 0, '', '', '', '',
    '', '{}', NULL, '[]', '', '2026-01-01 00:00:00', '2026-01-01 00:00:00')"""


def more(site: Path, number: int) -> None:
    words = [sys.executable, "-m", "benchmarks.more", str(site), str(number)]
    subprocess.run(words, check=True)


def run(data: Path, *words: str) -> Taken:
    """A command from its start to its end."""
    own = {
        **environment(data),
        "COMMONWIRE_BACKUP_PASSPHRASE": "six words for a benchmark",
    }
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "commonwire", *words], env=own, stdout=subprocess.DEVNULL
    )
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"commonwire {words[0]} failed")
    return Taken(time.perf_counter() - start, used.ru_maxrss / 1024)


if __name__ == "__main__":
    sys.exit(program(__doc__, measure))
