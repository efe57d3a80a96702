"""``python -m tests.mutation.page``: faults in the front end, counted and kept in the report."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.report import Report

FOLDER = Path(__file__).parents[2] / "js" / "mutation"
FOUND = FOLDER / ".work" / "found.json"


def main() -> int:
    """Try the groups or files that are named, or all; 1 when something is amiss."""
    FOUND.unlink(missing_ok=True)
    code = subprocess.call(["node", str(FOLDER / "run.mjs"), *sys.argv[1:]])
    if FOUND.exists():
        found, report = json.loads(FOUND.read_text("utf-8")), Report()
        for name, group in found["groups"].items():
            counted = group["mutants"], group["left"]
            report.keep_mutants(f"the page, {name}", *counted, found["promised"])
        report.write()
    return code


if __name__ == "__main__":
    raise SystemExit(main())
