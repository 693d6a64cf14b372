"""A decision until readers can see it in every public file that shows it, and until the
disk has them all, with 1,000 posts and with 100,000; and which files those are. The part
of ``benchmarks/growth`` that editors feel, by itself.

    python -m benchmarks.decisions [--quick] [--json FILE]
"""

import tempfile
from pathlib import Path

from benchmarks.growth import deciding
from benchmarks.reports import Report, program
from benchmarks.seed import seed


def measure(report: Report, quick: bool) -> None:
    few, many, times = (50, 400, 2) if quick else (1_000, 100_000, 50)
    with tempfile.TemporaryDirectory() as place:
        sites = {posts: Path(place, str(posts)) for posts in (few, many)}
        for posts, data in sites.items():
            seed(data, posts)
        deciding(report, sites, times)


if __name__ == "__main__":
    program(__doc__, measure)
