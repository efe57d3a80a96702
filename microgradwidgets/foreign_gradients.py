"""The gradients that another library has written on its nodes, beside those of the chain rule."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from . import micrograd_graph
from .arithmetic import as_float
from .engine import Value, backward
from .foreign import Describe, Twin, twins
from .gradients import topological_order
from .graph import Row
from .text import op_text
from .torch_graph import Graph

ROOM = 30.0
"""So many roundings, of the size of all that a gradient is added up from, are no difference."""


def compare_gradients(
    output: Any,
    *,
    names: Mapping[str, Any] | None = None,
    operations: bool = False,
    describe: Describe | None = None,
) -> list[Row]:
    """What ``.grad`` says in micrograd or PyTorch, beside what it should say.

    Rows have ``label``, ``op``, ``data``, ``grad`` (the chain rule's), ``theirs``, ``error``
    (``theirs - grad``) and ``ok``: whether the error is no more than rounding. A node on which
    nothing is written has no row. In PyTorch that is all but the leaves; call
    ``backward(retain_graph=True)``, or the graph is gone.

    Args:
        output: what ``backward()`` was called on.
        names: as for :func:`from_micrograd` and :func:`from_torch`.
        operations: rows for operations too.
        describe: for other libraries, as for :func:`from_graph`.

    >>> from micrograd.engine import Value as Micrograd
    >>> w, x = Micrograd(3.0), Micrograd(2.0)
    >>> y = w * x + 1
    >>> y.backward()
    >>> y.backward()  # adds to what is there
    >>> for row in compare_gradients(y, names={"w": w, "x": x})[:2]:
    ...     print(row["label"], row["grad"], row["theirs"], row["ok"])
    w 2.0 6.0 False
    x 3.0 9.0 False
    """
    pairs, rtol = _pairs(output, names, describe)
    value = pairs[-1].value
    gradients, sizes = backward(value), _sizes(value)
    rows: list[Row] = []
    for twin in pairs:
        if twin.said.grad is None or not (operations or twin.said.op == "leaf"):
            continue
        grad, theirs = gradients[twin.value], as_float(twin.said.grad, "grad")
        error, size = theirs - grad, sizes.get(twin.value.id, 0.0)
        is_same = theirs == grad or (theirs != theirs and grad != grad)
        is_near = isfinite(size) and abs(error) <= ROOM * rtol * size
        rows.append(
            {
                "label": twin.value.label or "",
                "op": op_text(twin.value.op),
                "data": twin.value.data,
                "grad": grad,
                "theirs": theirs,
                "error": error,
                "ok": is_same or is_near,
            }
        )
    return rows


def _pairs(
    output: Any, names: Mapping[str, Any] | None, describe: Describe | None
) -> tuple[list[Twin], float]:
    """Each node with its value, and the relative error of an operation there."""
    if describe is None and hasattr(output, "grad_fn"):  # pragma: no cover - only with PyTorch
        graph = Graph.behind(output)
        return twins(graph.root, graph.describe, graph.nodes(names), graph.rtol), graph.rtol
    return twins(output, describe or micrograd_graph.describe, names), 1e-12


def _sizes(output: Value) -> dict[int, float]:
    """What the paths of each gradient come to, whatever their signs: rounding depends on that.

    Others take the slope of tanh as ``1 - t * t``, and that of a sigmoid alike: it is as rough as
    the 1, however small it is itself.
    """
    sizes = {output.id: 1.0}
    for value in reversed(topological_order(output)):
        for edge in value.parents:
            rough = 1.0 if value.op in ("tanh", "sigmoid") else 0.0
            share = sizes[value.id] * (abs(edge.local_gradient) + rough)
            sizes[edge.parent_id] = sizes.get(edge.parent_id, 0.0) + share
    return sizes
