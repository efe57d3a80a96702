"""``python -m tests.nightly --minutes 60``: spend the time given, and add to the report.

First the tests marked ``measured``, one at a time with nothing beside them, in at most half of the
time; those that were not run for longest come first. Then all campaigns, in as many processes as
there are processors, each as far on the way to its goal as the others.
"""

from __future__ import annotations

import argparse
import sys
from time import monotonic

from tests.benchmarks.report import Report
from tests.nightly.campaigns import CAMPAIGNS
from tests.nightly.measuring import run_measured
from tests.nightly.night import run_campaigns


def main() -> int:
    """Spend a night; 1 when a promise was broken in it."""
    parser = argparse.ArgumentParser(prog="make nightly", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0, help="how long (default 60)")
    parser.add_argument("--only", default="", help="names of campaigns, with commas between")
    arguments = parser.parse_args()
    end = monotonic() + 60 * arguments.minutes
    report = Report()
    names = [name for name in arguments.only.split(",") if name]
    chosen = [one for one in CAMPAIGNS if not names or one.name in names]
    if unknown := {*names} - {one.name for one in CAMPAIGNS}:
        parser.error(f"expected names of campaigns, got: {', '.join(sorted(unknown))}")
    try:
        broken = [] if names else run_measured(report, monotonic() + 30 * arguments.minutes)
        broken += run_campaigns(chosen, report, lambda: monotonic() >= end)
    finally:  # who ends the night by Ctrl-C keeps what was tried
        report.write()
    print(report.text())
    for failure in broken:
        print(f"BROKEN {failure}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
