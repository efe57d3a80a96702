"""A value's expression as plain rows, and as Graphviz DOT. Nothing is drawn here.

>>> from microgradwidgets import Value
>>> x = Value(2.0, label="x")
>>> [row["op"] for row in nodes(x * x)]
['leaf', '*']
>>> [row["local_gradient"] for row in edges(x * x)]
[2.0, 2.0]
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from .arguments import is_one_of, names_by_id
from .arithmetic import described
from .engine import Value, expect_value
from .gradients import Gradients, expect_gradients, topological_order
from .text import is_blank, isolated, number_text, op_text, short_number, visible_text

Row: TypeAlias = dict[str, Any]
Write: TypeAlias = Callable[[float], str]

UNKNOWN = "?"
"""What is written in place of a number that is not to be shown."""


class Unknown(NamedTuple):
    """Ids of values whose number, gradient or local derivatives are not to be shown.

    ``marks`` says what stands in their place where it is no question mark: by ``"value"``,
    ``"gradient"`` or ``"local"``, and the id.
    """

    values: Set[int] = frozenset()
    gradients: Set[int] = frozenset()
    local_gradients: Set[int] = frozenset()
    marks: Mapping[tuple[str, int], str] = MappingProxyType({})

    def mark(self, kind: str, key: int) -> str:
        """What is written in place of a number."""
        return self.marks.get((kind, key), UNKNOWN)


NOTHING = Unknown()

_GRADIENT_FILL = {1: "#d6e8f5", 0: "#f0f0f0", -1: "#fde6cc"}


def nodes(value: Value, gradients: Gradients | None = None) -> list[Row]:
    """One row per value, operands before results, with the keys of MicrogradEx.

    ``id`` (``"v12"``), ``label`` (``""`` where there is none), ``op``, ``data``, ``arity``,
    ``is_leaf``, and ``grad`` when a table of gradients is given.

    >>> rows = nodes(Value(2.0, label="x") ** 3)
    >>> [(row["label"], row["op"], row["data"], row["arity"]) for row in rows]
    [('x', 'leaf', 2.0, 0), ('', '**3', 8.0, 1)]
    """
    rows: list[Row] = []
    table = None if gradients is None else expect_gradients(gradients)
    for v in topological_order(expect_value(value, "value")):
        arity = len(v.parents)
        row: Row = {
            "id": f"v{v.id}",
            "label": v.label or "",
            "op": op_text(v.op),
            "data": v.data,
            "arity": arity,
            "is_leaf": arity == 0,
        }
        if table is not None:
            row["grad"] = table[v]
        rows.append(row)
    return rows


def edges(value: Value) -> list[Row]:
    """One row per operand of every operation: ``a * a`` has two.

    ``from`` and ``to`` (ids as in :func:`nodes`), ``local_gradient``, ``parent_label``,
    ``child_label``, ``child_op``.

    >>> x = Value(2.0, label="x")
    >>> [(row["parent_label"], row["local_gradient"], row["child_op"]) for row in edges(x * x)]
    [('x', 2.0, '*'), ('x', 2.0, '*')]
    """
    return [
        {
            "from": f"v{edge.parent_id}",
            "to": f"v{v.id}",
            "local_gradient": edge.local_gradient,
            "parent_label": edge.parent.label or "",
            "child_label": v.label or "",
            "child_op": op_text(v.op),
        }
        for v in topological_order(expect_value(value, "value"))
        for edge in v.parents
    ]


def graph(value: Value, gradients: Gradients | None = None) -> dict[str, list[Row]]:
    """``{"nodes": nodes(value, gradients), "edges": edges(value)}``."""
    return {"nodes": nodes(value, gradients), "edges": edges(value)}


def nearest(output: Value, limit: int) -> list[Value]:
    """The ``limit`` values fewest steps before ``output``, itself the first."""
    found = [output]
    seen = {output.id}
    for value in found:
        for edge in value.parents:
            if len(found) == limit:
                return found
            if edge.parent_id not in seen:
                seen.add(edge.parent_id)
                found.append(edge.parent)
    return found


def to_dot(
    value: Value,
    gradients: Gradients | None = None,
    *,
    direction: str = "LR",
    names: Mapping[int, str] | None = None,
    limit: int | None = None,
    numbered: bool = False,
    unknown: Unknown = NOTHING,
    short: bool = False,
) -> str:
    r"""The expression in Graphviz's language: one box per value, the local derivative per edge.

    Args:
        value: the output.
        gradients: a table to show with the numbers.
        direction: ``"LR"`` or ``"TB"``.
        names: id → name, for values without a label.
        limit: draw only this many values, the nearest to the output.
        numbered: call the values v0, v1, … in the order of a tape, and not by their ids, so that
            the same expression gives the same text again.
        unknown: whose numbers to leave out, and what stands in their place.
        short: write numbers with as few decimals as they need, and not with four.

    Whatever a label holds is shown as text: ids are opaque, no markup, no link can come of it.

    >>> print(to_dot(Value.relu(3, label="a < b")).splitlines()[5].split("[")[1])
    label="a &lt; b\ndata=3.0000\nop=relu"];
    """
    if not is_one_of(direction, ("LR", "TB")):
        raise ValueError(f"expected direction to be 'LR' or 'TB', got: {described(direction)}")
    order = topological_order(expect_value(value, "value"))
    table = None if gradients is None else expect_gradients(gradients)
    named = names_by_id(names)
    total = len(order)
    keys = {v.id: f"v{place if numbered else v.id}" for place, v in enumerate(order)}
    if limit is not None and limit < total:
        kept = {v.id for v in nearest(value, limit)}
        order = [v for v in order if v.id in kept]
    lines = [f"graph [rankdir={direction}, bgcolor=white];"]
    lines.append('node [shape=box, style="rounded,filled", fontname=Helvetica, fontsize=11];')
    lines.append('edge [fontname=Helvetica, fontsize=9, color="#555555"];')
    write = short_number if short else number_text
    lines += [_dot_node(v, keys[v.id], table, named, unknown, write) for v in order]
    drawn = {v.id for v in order}
    for v in order:
        for edge in v.parents:
            if edge.parent_id in drawn:
                is_seen = v.id not in unknown.local_gradients
                style = ", style=dashed" if is_seen and edge.local_gradient < 0.0 else ""
                number = write(edge.local_gradient) if is_seen else unknown.mark("local", v.id)
                ends = f"{keys[edge.parent_id]} -> {keys[v.id]}"
                lines.append(f'{ends} [label="{number}"{style}];')
    if len(order) < total:
        note = f"{total:,} values in all, the last {len(order):,} drawn"
        lines.append(f'more [shape=plaintext, style="", label="{note}"];')
    return "digraph microgradwidgets {\n" + "".join(f"  {line}\n" for line in lines) + "}\n"


def _dot_node(
    value: Value,
    key: str,
    gradients: Gradients | None,
    names: Mapping[int, str],
    unknown: Unknown,
    write: Write,
) -> str:
    name = value.label if value.label is not None else names.get(value.id, "")
    parts = [] if is_blank(name) else [dot_text(name)]
    fill = ""
    parts.append(f"data={value_text(value, unknown, write)}")
    if gradients is not None:
        gradient = 0.0 if value.id in unknown.gradients else gradients[value]
        parts.append(f"grad={gradient_text(value, gradients, unknown, write)}")
        fill = f', fillcolor="{_GRADIENT_FILL[(gradient > 0.0) - (gradient < 0.0)]}"'
    if value.op != "leaf":
        parts.append(f"op={op_text(value.op)}")
    elif is_blank(name):
        parts.insert(0, key)
    label = "\\n".join(parts)
    return f'{key} [label="{label}"{fill}];'


def value_text(value: Value, unknown: Unknown, write: Write = number_text) -> str:
    """Its number, or what stands in its place."""
    return unknown.mark("value", value.id) if value.id in unknown.values else write(value.data)


def gradient_text(
    value: Value, gradients: Gradients, unknown: Unknown, write: Write = number_text
) -> str:
    """Its gradient, or what stands in its place."""
    if value.id in unknown.gradients:
        return unknown.mark("gradient", value.id)
    return write(gradients[value])


def dot_text(label: str) -> str:
    """A label inside the quotes of a DOT string, to be read back character for character.

    Graphviz reads entities first and escapes second, so they are written in the other order. A
    line with nothing in it becomes a space: where there are several, Graphviz often crashes.
    """
    text = "\n".join(line or " " for line in isolated(visible_text(label)).split("\n"))
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
