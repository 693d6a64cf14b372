"""Tables on the terminal, figures in a file, and which targets were met."""

import argparse
import json
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Report:
    """What a benchmark found; printed as it comes."""

    figures: dict[str, Any] = field(default_factory=dict)
    targets: list[dict[str, Any]] = field(default_factory=list)

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        texts = [[_text(cell) for cell in row] for row in [heads, *rows]]
        widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
        for row in texts:
            rest = zip(row[1:], widths[1:], strict=True)
            line = [row[0].ljust(widths[0]), *(cell.rjust(wide) for cell, wide in rest)]
            self.say("  ".join(line))
        self.say("")

    def say(self, line: str) -> None:
        print(line, flush=True)

    def target(
        self,
        name: str,
        value: float,
        *,
        most: float | None = None,
        least: float | None = None,
    ) -> None:
        if most is not None:
            met, wanted = value <= most, f"at most {most:g}"
        else:
            met, wanted = value >= (least or 0), f"at least {least:g}"
        self.targets.append(
            {"name": name, "value": value, "target": wanted, "met": met}
        )
        verdict = "met" if met else "MISSED"
        self.say(f"{name:52}{value:8.2f}   target {wanted}: {verdict}")


def _text(cell: Any) -> str:
    if isinstance(cell, float):
        return f"{cell:,.2f}" if abs(cell) < 1_000 else f"{cell:,.0f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def median(taken: Sequence[float]) -> float:
    return statistics.median(taken)


def hundredth(taken: Sequence[float]) -> float:
    """The 99th percentile: one in a hundred took longer."""
    return sorted(taken)[max(0, -(-len(taken) * 99 // 100) - 1)]


def program(doc: str | None, measure: Callable[[Report, bool], None]) -> None:
    """The command line that all benchmarks have."""
    parser = argparse.ArgumentParser(description=(doc or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="only to see that it runs")
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write figures to FILE"
    )
    told = parser.parse_args()
    report = Report()
    measure(report, told.quick)
    if told.json:
        found = {"figures": report.figures, "targets": report.targets}
        told.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    sys.exit(0)
