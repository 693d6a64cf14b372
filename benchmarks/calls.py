"""Calls and what stands under them, part by part.

python -m benchmarks.calls [--quick] [PART …]
"""

import argparse
import sys

from benchmarks import call_page, members, pledges

PARTS = {
    "page": call_page.main,
    "members": members.main,
    "pledges": pledges.main,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.calls", description=__doc__
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="only to see that it runs")
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"no part is called {', '.join(sorted(unknown))}")
    met = [PARTS[name](quick=asked.quick) for name in asked.parts or PARTS]
    sys.exit(not all(met))


if __name__ == "__main__":
    main()
