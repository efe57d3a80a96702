"""A picture that needs no kernel and no script: what a saved notebook shows on GitHub."""

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from html import escape
from importlib.util import find_spec

import graphviz

from ..engine import Value
from ..gradients import Gradients, topological_order
from ..graph import NOTHING, Unknown, Write, gradient_text, nearest, to_dot, value_text
from ..text import is_blank, number_text, op_text, visible_text
from .lean_svg import lean_svg

LIMIT = 40


def to_graphviz(
    value: Value,
    gradients: Gradients | None = None,
    *,
    direction: str = "LR",
    names: Mapping[int, str] | None = None,
    limit: int | None = None,
) -> graphviz.Source:
    """:func:`~microgradwidgets.to_dot` as an object of the ``graphviz`` package.

    It shows itself in a notebook and renders to files, given a ``dot`` program.

    >>> to_graphviz(Value(2.0, label="x") * 3).source.startswith("digraph")
    True
    """
    return graphviz.Source(to_dot(value, gradients, direction=direction, names=names, limit=limit))


def still_html(
    value: Value,
    gradients: Gradients,
    names: Mapping[int, str],
    direction: str,
    unknown: Unknown = NOTHING,
    limit: int = LIMIT,
) -> str:
    """A picture of the expression's end, or a table where no Graphviz is installed.

    The picture is an ``<img>`` with the SVG inside its address: the one form that an untrusted
    notebook shows too. Values without a name have a number, the same on every run, so that a
    notebook that is run again stays as it was.
    """
    order = topological_order(value)
    numbers = {v.id: f"v{place}" for place, v in enumerate(order)}
    name = _name(value, names) or numbers[value.id]
    caption = f"{name} = {value_text(value, unknown)}, {len(order):,} values"
    svg = still_svg(value, gradients, names, direction, unknown, limit)
    if svg is None:
        return still_table(value, gradients, names, caption, unknown)
    alt = escape(f"Expression graph: {caption}", quote=True)
    return f'<img src="{svg_address(svg)}" alt="{alt}" style="max-width:100%">'


def svg_address(svg: bytes) -> str:
    """A picture as an address that holds all of it."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode("ascii")


def still_svg(
    value: Value,
    gradients: Gradients,
    names: Mapping[int, str],
    direction: str,
    unknown: Unknown = NOTHING,
    limit: int = LIMIT,
    *,
    paper: bool = False,
) -> bytes | None:
    """The picture alone; None where no Graphviz is installed.

    On paper it has white boxes, and numbers with as few decimals as they need.
    """
    dot = to_dot(
        value,
        gradients,
        direction=direction,
        names=names,
        limit=limit,
        numbered=True,
        unknown=unknown,
        short=paper,
    )
    svg = drawn(dot, "svg")
    try:
        return None if svg is None else lean_svg(svg, white=paper)
    except ValueError:  # another Graphviz may write otherwise
        return svg


_DRAW = """
import sys, pygraphviz
dot = sys.stdin.buffer.read().decode()
sys.stdout.buffer.write(pygraphviz.AGraph(string=dot).draw(format=sys.argv[1], prog="dot"))
"""


def drawn(dot: str, form: str) -> bytes | None:
    """A picture in one of Graphviz's formats; None where no Graphviz is installed, or it fails."""
    if find_spec("pygraphviz") is not None:
        # In a process of its own: Graphviz inside this one has crashed now and then, and a kernel
        # with everything in it would go down with it. A crash hardly happens twice.
        command = [sys.executable, "-c", _DRAW, form]
        return _output(command, dot) or _output(command, dot)
    if shutil.which("dot") is not None:
        return _output(["dot", f"-T{form}"], dot)
    return None


def _output(command: Sequence[str], dot: str) -> bytes | None:
    """What a program makes of the text; what it has to say besides stays out of the cell."""
    try:
        ended = subprocess.run(command, input=dot.encode(), capture_output=True, check=True)
    except (subprocess.SubprocessError, OSError):
        return None
    return ended.stdout or None


def still_table(
    value: Value,
    gradients: Gradients,
    names: Mapping[int, str],
    caption: str,
    unknown: Unknown = NOTHING,
    limit: int = LIMIT,
    write: Write = number_text,
) -> str:
    """The same as a table, for where there is no Graphviz."""
    numbers = {v.id: f"v{place}" for place, v in enumerate(topological_order(value))}
    rows = "".join(
        f'<tr><th scope="row">{_text(_name(v, names) or numbers[v.id])}</th>'
        f"<td>{_text(op_text(v.op))}</td><td>{value_text(v, unknown, write)}</td>"
        f"<td>{gradient_text(v, gradients, unknown, write)}</td></tr>"
        for v in nearest(value, limit)
    )
    head = "".join(f'<th scope="col">{h}</th>' for h in ("name", "operation", "value", "gradient"))
    return (
        f"<table><caption>{_text(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def shown_name(value: Value, names: Mapping[int, str]) -> str:
    """The label or name of a value, else a name made of its id."""
    return _name(value, names) or f"v{value.id}"


def _name(value: Value, names: Mapping[int, str]) -> str:
    label = value.label if value.label is not None else names.get(value.id, "")
    return "" if is_blank(label) else visible_text(label)


def _text(text: str) -> str:
    return f"<bdi>{escape(text)}</bdi>"
