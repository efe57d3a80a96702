"""``microgradwidgets doctor``: what is installed, what is missing, and what can be seen here."""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
from collections.abc import Iterator
from importlib import metadata
from typing import Any, NamedTuple

from .. import __version__
from .hosts import Host, host

DESCRIPTION = """\
Say which versions are installed, whether the front end is there and still pictures can be drawn,
and what the notebook or terminal that this runs in will be able to show. The exit code is 1 where
something that is needed is missing. In a notebook: !microgradwidgets doctor
"""

OURS = "microgradwidgets"
HOSTS = {
    "jupyterlab": "live in JupyterLab",
    "notebook": "live in Notebook",
    "voila": "live in Voila",
    "marimo": "live in marimo",
    "nbconvert": "for `microgradwidgets export`",
    "latex2mathml": "for formulas in exports",
    "ipykernel": "runs notebooks",
}


class Finding(NamedTuple):
    """One line of the report.

    Args:
        what: what was looked for.
        found: what is there, in words; empty for nothing.
        is_fine: whether it does its part.
        is_needed: whether nothing works without it.
        note: what follows, or what to do.
    """

    what: str
    found: str
    is_fine: bool = True
    is_needed: bool = False
    note: str = ""


def add_to(commands: Any) -> None:
    """Describe the command."""
    command = commands.add_parser(
        "doctor",
        help="versions, what is missing, and what this place can show",
        description=DESCRIPTION,
        epilog=(
            "examples:\n  microgradwidgets doctor\n"
            "  microgradwidgets doctor --json > report.json     to send along with a question"
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("--json", action="store_true", help="the same as JSON")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the report; 1 where something that is needed is not as it should be."""
    here, findings = host(os.environ), [*examine()]
    broken = [one for one in findings if one.is_needed and not one.is_fine]
    if broken and here.shows == "live":
        here = here._replace(shows="text", why=f"{broken[0].what}: {broken[0].note}")
    print(as_json(here, findings) if options.json else as_text(here, findings))
    return 1 if broken else 0


def examine() -> Iterator[Finding]:
    """Everything that is looked at, in the order of the report."""
    yield Finding(OURS, __version__)
    yield Finding("Python", f"{platform.python_version()} on {platform.system()}")
    yield from needed_packages()
    yield front_end()
    yield still_pictures()
    for name, use in HOSTS.items():
        version = version_of(name)
        yield Finding(name, version, bool(version), note=use if version else f"not there ({use})")


def needed_packages() -> Iterator[Finding]:
    """What this package depends on, and from which version on."""
    try:
        wanted = metadata.requires(OURS) or []
    except metadata.PackageNotFoundError:
        yield Finding(OURS, "", False, True, "not installed: `pip install .` in its folder")
        return
    for requirement in wanted:
        match = re.match(r"^([\w.-]+)>=([\d.]+)$", requirement.replace(" ", ""))
        if match is None:  # of an extra
            continue
        name, bound = match.groups()
        version = version_of(name)
        if not version:
            yield Finding(name, "", False, True, f"missing: pip install '{name}>={bound}'")
        elif numbers(version) < numbers(bound):
            yield Finding(name, version, False, True, f"too old: pip install '{name}>={bound}'")
        else:
            yield Finding(name, version, True, True)


def front_end() -> Finding:
    """Whether the built files are there, and how large they are."""
    from ..views.front_end import FIGURES, GRAPHVIZ, STATIC

    sizes = [
        path.stat().st_size if (path := STATIC / name).is_file() else 0
        for name in ("widget.js", FIGURES, GRAPHVIZ)
    ]
    if all(sizes):
        return Finding("front end", f"{sum(sizes) / 1000:,.0f} kB", True, True)
    return Finding("front end", "", False, True, "not built: `make wheel` in a clone, then install")


def still_pictures() -> Finding:
    """Whether a picture can be drawn where nothing is live, and by what."""
    what = "still pictures"
    try:
        from ..views.still import drawn

        is_drawn = drawn("digraph { a -> b }", "svg") is not None
    except ImportError:
        is_drawn = False
    if is_drawn:
        by = version_of("pygraphviz")
        return Finding(what, f"pygraphviz {by}" if by else "the program dot", note="as SVG")
    note = "tables in their place; `pip install 'microgradwidgets[static]'` brings pictures"
    return Finding(what, "", False, note=note)


def version_of(name: str) -> str:
    """The version that is installed; empty for none."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def numbers(version: str) -> tuple[int, ...]:
    """The numbers that a version begins with.

    >>> numbers("8.1.0rc1") < numbers("8.10")
    True
    """
    match = re.match(r"\d+(\.\d+)*", version)
    return tuple(map(int, match[0].split("."))) if match else ()


def as_json(here: Host, findings: list[Finding]) -> str:
    """The report for programs."""
    report = {"host": here._asdict(), "findings": [one._asdict() for one in findings]}
    return json.dumps(report, indent=2)


def as_text(here: Host, findings: list[Finding]) -> str:
    """The report for people."""
    lines = [
        f"{_mark(one)} {one.what:<16} {one.found or '-':<22} {one.note}".rstrip()
        for one in findings
    ]
    return "\n".join([*lines, "", f"Here: {here.name}. Shows: {here.shows} ({here.why})."])


def _mark(one: Finding) -> str:
    if one.is_fine:
        return "ok"
    return "!!" if one.is_needed else "- "
