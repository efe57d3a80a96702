"""The command ``microgradwidgets``: the course, notebooks as files, and what is installed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from .. import __version__
from . import course, demo, doctor, export
from .errors import CommandError

EXAMPLES = """\
typical uses:
  microgradwidgets demo
      learn: the course, in JupyterLab, in a folder of your own
  microgradwidgets export lecture.ipynb
      lecture: slides in one file, live in a hall without a network
  microgradwidgets export homework.ipynb --to html
      hand out: a page that everybody can open, without Python
  microgradwidgets course student my-class
      teach: the lessons without solutions; for teachers, nbgrader and Otter as well
  microgradwidgets doctor
      something is not as it should be: what is installed, and what this place can show

`microgradwidgets COMMAND --help` says more of each.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    top = parser()
    options = top.parse_args(arguments)
    if options.run is None:  # the name alone asks what there is
        top.print_help()
        return 0
    try:
        return int(options.run(options))
    except CommandError as error:
        print(error, file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    top = argparse.ArgumentParser(
        prog="microgradwidgets",
        description="Values that remember how they were made, and widgets that show it.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=__version__)
    commands = top.add_subparsers(title="commands", metavar="COMMAND")
    top.set_defaults(run=None)
    for command in (demo, export, course, doctor):
        command.add_to(commands)
    return top
