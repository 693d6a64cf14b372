"""Faces found in drawn pictures: how long it takes, how many are missed, how many are none.

The pictures are the tests' own (``tests/media/portraits.py``): drawn heads of nobody, so
that no real person's face lies in the project. Their recall says how small and how
turned a face may be; on photographs it is lower, and nothing here measures that.

    python -m benchmarks.faces [--quick] [--json FILE]
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from tests.media.portraits import Scene, crowd

from benchmarks import reports
from commonwire.media import covering, faces
from commonwire.media.exchange import Box

TWELVE_MEGAPIXELS = (4000, 3000)
AT_MOST_SECONDS = 1.0
RECALL = 0.98
# Of a head, hair and chin included, that is promised to be found.
SMALLEST = 64
HEIGHTS = (40, 48, 64, 96, 160, 320, 640)
TURNS = (0, 15, 30, 45, 60, 90, 180)
EMPTY = 6


def measure(report: reports.Report, quick: bool) -> None:
    _times(report, rounds=3 if quick else 15)
    _recall(report, crowds=1 if quick else 4)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    report.figures["peak_megabytes"] = megabytes
    report.say(f"\npeak memory of this process, drawing included: {megabytes:.0f} MB")


def _times(report: reports.Report, rounds: int) -> None:
    places = [(100 + n % 8 * 480, 80 + n // 8 * 480, 60 + n * 12) for n in range(40)]
    scene = crowd(TWELVE_MEGAPIXELS, places)
    with tempfile.TemporaryDirectory() as place:
        photograph = Path(place) / "master.jpg"
        scene.picture.save(photograph, quality=90)
        found = faces.find_in(photograph)
        finding = [_timed(lambda: faces.find_in(photograph)) for _ in range(rounds)]
    covers = {
        style: [
            _timed(lambda: covering.cover(scene.picture.copy(), found, style))  # noqa: B023
            for _ in range(rounds)
        ]
        for style in covering.STYLES
    }
    numbering = [
        _timed(lambda: covering.numbered(scene.picture, found)) for _ in range(rounds)
    ]
    rows = [("find faces, JPEG decoded", finding)]
    rows += [(f"cover {len(found)}, {style}", taken) for style, taken in covers.items()]
    rows += [("draw the numbered picture", numbering)]
    report.say("12 megapixels, 40 faces")
    report.table(
        ["", "median s", "slowest s"],
        [(name, reports.median(taken), max(taken)) for name, taken in rows],
    )
    report.figures["seconds"] = {name: reports.median(taken) for name, taken in rows}
    report.target(
        "face finding, seconds", reports.median(finding), most=AT_MOST_SECONDS
    )
    report.say("")


def _recall(report: reports.Report, crowds: int) -> None:
    rows = [_row(f"{height} pixels high", height, 0, crowds) for height in HEIGHTS]
    rows += [_row(f"turned by {turn}°", 200, turn, crowds) for turn in TURNS]
    report.say("heads in pictures of 12 megapixels")
    report.table(["", "drawn", "found", "false boxes"], rows)
    wrong = sum(row[3] for row in rows)
    empty = sum(len(_found(crowd((1600, 1200), [], seed=n))) for n in range(EMPTY))
    noise = Image.effect_noise((1600, 1200), 70).convert("RGB")
    empty += len(_found(Scene(noise, [])))
    report.say(f"{EMPTY + 1} pictures of nobody: {empty} false boxes\n")
    report.figures["recall"] = {row[0]: row[2] / row[1] for row in rows}
    report.figures["false_boxes"] = wrong + empty
    upright = [
        row for row in rows[: len(HEIGHTS)] if int(row[0].split()[0]) >= SMALLEST
    ]
    part = sum(row[2] for row in upright) / sum(row[1] for row in upright)
    report.target(f"found of upright heads from {SMALLEST} pixels", part, least=RECALL)


def _row(name: str, height: int, turn: int, crowds: int) -> tuple[str, int, int, int]:
    drawn = found = wrong = 0
    places = [(60 + n % 5 * 780, 40 + n // 5 * 740, height) for n in range(20)]
    for number in range(crowds):
        scene = crowd(TWELVE_MEGAPIXELS, places, seed=100 * number, turned=turn)
        boxes = _found(scene)
        hit = [box for box in boxes if any(_meets(box, face) for face in scene.faces)]
        drawn += len(scene.faces)
        found += sum(any(_meets(box, face) for box in boxes) for face in scene.faces)
        wrong += len(boxes) - len(hit)
    return name, drawn, found, wrong


def _found(scene: Scene) -> list[Box]:
    return faces.find(scene.picture.tobytes(), *scene.picture.size)


def _meets(box: Box, face: Box) -> bool:
    """Whether the middle of the face lies in the box."""
    x, y = face.left + face.width / 2, face.top + face.height / 2
    return box.left < x < box.left + box.width and box.top < y < box.top + box.height


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(reports.program(__doc__, measure))
