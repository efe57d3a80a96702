"""``microgradwidgets export``: a notebook as slides or as a page, in one file."""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from .errors import CommandError, quoted

DESCRIPTION = """\
Write a notebook as one HTML file that is opened from disk and needs neither Python nor a network.
Diagrams and dashboards in it are live: they step, edit, explain and train. The notebook stays as
it is; cells that were never run, and widgets whose state was not saved, make it run first.
"""

EXAMPLES = """\
examples:
  microgradwidgets export lecture.ipynb
      slides for reveal.js: lecture.slides.html. Slides, fragments and speaker notes are those
      that JupyterLab's property inspector sets ("Slide Type"); S opens the speaker's window.
  microgradwidgets export lecture.ipynb --theme dark --overwrite
      the same on dark ground, in place of the file of before
  microgradwidgets export homework.ipynb --to html --output site/homework.html
      one page to read, to hand out or to put on a web server
  jupyter nbconvert --to microgradslides --no-input lecture.ipynb
      the same exporters, with all the options of nbconvert

Cells with the tag "hide-input", "hide-output" or "hide-cell" ("remove-..." does as well) leave
that part out. Slides on paper: open the file with ?print-pdf behind its name, and print.
"""


def add_to(commands: Any) -> None:
    """Describe the command."""
    command = commands.add_parser(
        "export",
        help="a notebook as slides or a page, live without Python and network",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("notebook", type=Path, help="the .ipynb file")
    command.add_argument(
        "--to", choices=["slides", "html"], default="slides", help="what it becomes (%(default)s)"
    )
    command.add_argument(
        "--output", type=Path, metavar="FILE", help="where to (beside the notebook)"
    )
    command.add_argument(
        "--execute",
        action=argparse.BooleanOptionalAction,
        help="run the notebook first, or never (where something is missing)",
    )
    command.add_argument(
        "--theme",
        choices=["light", "dark", "auto"],
        help="colours; auto follows the reader's system (slides: light, page: auto)",
    )
    command.add_argument("--title", help="of the window (the notebook's, or its first heading)")
    command.add_argument(
        "--overwrite", action="store_true", help="replace a file that is there already"
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the file and say where it is."""
    missing = [name for name in ("nbconvert", "latex2mathml") if find_spec(name) is None]
    if missing:
        raise CommandError(
            f"expected {' and '.join(missing)} beside microgradwidgets, got: none. Install by\n"
            f'    {quoted(sys.executable)} -m pip install "microgradwidgets[export]"'
        )
    from ..views.exporting.notebooks import ExportError, export_notebook

    try:
        written = export_notebook(
            options.notebook,
            options.output,
            to=options.to,
            execute=options.execute,
            theme=options.theme,
            title=options.title,
            overwrite=options.overwrite,
            say=lambda words: print(words, file=sys.stderr, flush=True),
        )
    except ExportError as error:
        raise CommandError(str(error)) from error
    print(written)
    return 0
