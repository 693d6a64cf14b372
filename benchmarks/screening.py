"""What screening one draft takes, and how well the classifier tells spam from news.

* One draft with 100,000 posts behind it, all of the last thirty days, 30 rules of the
  editors and a classifier that has learnt: its proof of work checked and used up, and
  every screener, in a publishing's transaction; texts of 400 to 15,000 characters, none
  seen before. What the processor did of it is told too: other work on the machine, and
  the disk, do not count there.
* The classifier: a set of fictional texts (`benchmarks/labelled.py`, seed 4), half news,
  half spam; it learns from one half, without three kinds, and is asked about the other.

    python -m benchmarks.screening [--quick] [--json FILE]
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.reports import Report, hundredth, median, program
from benchmarks.seed import environment, seed

MOST_MILLISECONDS = 15
LEAST_PRECISION = 0.95
LEAST_RECALL = 0.7


def measure(report: Report, quick: bool) -> None:
    posts, texts, drafts = (300, 300, 30) if quick else (100_000, 4_000, 2_000)
    with tempfile.TemporaryDirectory() as place:
        data = Path(place, "site")
        seed(data, posts)
        words = [sys.executable, "-m", "benchmarks.judged"]
        words += [str(posts), str(texts), str(drafts)]
        found = json.loads(subprocess.check_output(words, env=environment(data)))
    _times(report, posts, found)
    _classifier(report, found)


def _times(report: Report, posts: int, found: dict[str, Any]) -> None:
    rows = {
        f"screening one draft, {posts:,} posts": found["milliseconds"],
        "of this the processor's": found["cpu"],
        "then the commit, which is the post's": found["commit"],
    }
    report.table(
        ("milliseconds", "p50", "p99", "most", "times"),
        [
            (name, median(each), hundredth(each), max(each), len(each))
            for name, each in rows.items()
        ],
    )
    report.figures["milliseconds"] = {
        name: {"p50": median(each), "p99": hundredth(each)}
        for name, each in rows.items()
    }
    taken = found["milliseconds"]
    report.target(
        "screening one draft, p99 ms", hundredth(taken), most=MOST_MILLISECONDS
    )
    report.say("")


def _classifier(report: Report, found: dict[str, Any]) -> None:
    report.table(
        ("asked about", "label", "texts", "held"),
        [
            (family, "spam" if is_spam else "news", number, held)
            for family, is_spam, number, held in found["families"]
        ],
    )
    caught, missed, accused = found["caught"], found["missed"], found["accused"]
    precision = caught / max(1, caught + accused)
    recall = caught / max(1, caught + missed)
    never = ", ".join(found["held back"])
    report.say(f"learnt from {found['learnt']:,} texts, none of them of: {never}")
    report.say("one was held because of:")
    report.say(f"{', '.join(found['words'])}\n")
    report.figures["classifier"] = {
        key: found[key] for key in ("learnt", "caught", "missed", "accused", "families")
    }
    report.target("classifier, precision", precision, least=LEAST_PRECISION)
    report.target("classifier, recall", recall, least=LEAST_RECALL)


if __name__ == "__main__":
    program(__doc__, measure)
