"""``python -m tests.benchmarks``: print the table, goals beside results."""

from __future__ import annotations

from . import engine, training
from .report import Report, machine
from .timing import Line


def main() -> None:
    """Measure everything, print it, and keep it in the report."""
    lines: list[Line] = []
    theirs = engine.against_micrograd(lines)
    lines += engine.replay(theirs)
    lines += training.against_micrograd()
    lines += training.boundary()
    lines += engine.growth()
    lines += engine.memory()
    lines += engine.importing()
    lines += engine.long_chain()
    # Now, not before: the cycle collector walks all that a process has imported.
    from . import browser, dashboard, onefile, watching

    lines += browser.replay(theirs)
    lines += browser.first_diagram()
    lines += browser.changing_a_leaf()
    lines += onefile.opening()
    lines += dashboard.training(training.micrograd_step())
    lines += dashboard.scrubbing()
    lines += dashboard.keeping()
    lines += watching.responsiveness()
    width = max(len(line.what) for line in lines)
    report = Report()
    report.forget("Speed")
    print(f"{machine()}\n")
    for what, result, goal, met in lines:
        mark = " " if met is None else "✓" if met else "✗"
        print(f"{mark} {what:<{width}}  {result:>20}   {goal}")
        report.keep("Speed", what, f"{mark} {result}".strip(), goal)
    report.write()


if __name__ == "__main__":
    main()
