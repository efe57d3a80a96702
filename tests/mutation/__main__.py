"""``python -m tests.mutation``: put faults into the Python code, and count those that are noticed.

Fails when a group falls short of what is promised, or when a fault that no test notices is not
listed in ``python_survivors.json``. ``--again`` tries only what has survived the last run.
"""

from __future__ import annotations

import argparse
import os
from time import monotonic

from tests.benchmarks.report import Report
from tests.mutation import mutants, survivors
from tests.mutation.groups import GROUPS, PROMISED, Group


def main() -> int:
    """Try the groups that are named, or all; 1 when something is amiss."""
    parser = argparse.ArgumentParser(prog="make mutants-python", description=__doc__)
    parser.add_argument("groups", nargs="*", help="names of groups; all by default")
    parser.add_argument("--again", action="store_true", help="only what has survived before")
    parser.add_argument("--read", action="store_true", help="try nothing, read the last run")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    if unknown := {*arguments.groups} - {group.name for group in GROUPS}:
        parser.error(f"expected names of groups, got: {', '.join(sorted(unknown))}")
    report, amiss = Report(), 0
    for group in GROUPS:
        if arguments.groups and group.name not in arguments.groups:
            continue
        start = monotonic()
        if not arguments.read:
            names = survived(group) if arguments.again else []
            if names or not arguments.again:
                mutants.run(group, names, arguments.jobs)
        amiss += judged(group, report, (monotonic() - start) / 60)
    report.write()
    return 1 if amiss else 0


def survived(group: Group) -> list[str]:
    """Names of the mutants that no test notices."""
    found = mutants.outcomes(group).items()
    return [name for name, outcome in found if outcome not in mutants.NOTICED]


def judged(group: Group, report: Report, minutes: float) -> int:
    """Print what became of a group, and keep it; how much of it is amiss."""
    count, left = len(mutants.outcomes(group)), survived(group)
    score, line = report.keep_mutants(f"Python, {group.name}", count, len(left), PROMISED)
    print(f"{group.name}: {line}, in {minutes:.1f} minutes", flush=True)
    listed = survivors.listed(group)
    found = {mutants.described(group, name) for name in left}
    if new := found - {*listed}:
        print(f"expected these in {survivors.FILE.name}, with reasons, got: none of them")
        print(survivors.as_text(new, {}))
    if gone := {*listed} - found:
        print(f"listed in {survivors.FILE.name}, and noticed now, or gone:")
        print(survivors.as_text(gone, listed))
    return len(found - {*listed}) + (score < PROMISED)


if __name__ == "__main__":
    raise SystemExit(main())
