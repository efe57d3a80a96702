"""Graphs of micrograd, and of the many engines that people have written after its lecture.

A ``Value`` there has ``data``, ``grad``, perhaps a ``label``, what made it (``_op``) and what it
was made of (``_prev``, or ``_children``). That is nearly all there need be; but ``_prev`` is a set:

- ``x * x`` has one parent there and two here: a product of one parent has used it twice;
- which operand came first is lost. The closure that hands on the gradient still knows it, by the
  names ``self`` and ``other``. Where there is no such closure, the operands of a difference or a
  quotient stand as its number demands, and others as the set has them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isclose
from typing import Any

from .arithmetic import UNARY, described
from .engine import Op, Value
from .foreign import ForeignNode, Make, from_graph

_OF_TWO: Mapping[str, tuple[Op | Make, Callable[[float, float], float] | None]] = {
    "+": ("+", None),
    "*": ("*", None),
    "-": ("-", lambda a, b: a - b),
    "/": (Value.divide, lambda a, b: a / b if b else a),
}
"""Operations of two operands, and where it matters which comes first, what they do."""


def from_micrograd(value: Any, *, names: Mapping[str, Any] | None = None) -> Value:
    """The graph behind a ``Value`` of micrograd, or of an engine like it, as one of this engine.

    Every node is shown as it is there: ``a - b`` is ``a + b * -1``, and ``a / b`` is
    ``a * b**-1``. Nothing of micrograd is imported, and nothing there is changed.

    Args:
        value: the output, with ``data``, ``_prev`` or ``_children``, and ``_op``. Operations may
            be ``+ - * /``, powers such as ``**3``, and ``relu``, ``tanh``, ``exp``, ``log``,
            ``sigmoid`` and ``neg``, in upper or lower case.
        names: name → value, for those without a ``label``; ``names=locals()`` will do.

    Raises:
        TypeError: for what is no such value.
        ValueError: for another operation, a cycle, or a number that is not what its operation
            gives, as when a leaf has been changed since.

    >>> from micrograd.engine import Value as Micrograd
    >>> a, b = Micrograd(-4.0), Micrograd(2.0)
    >>> c = from_micrograd(a * b + b**3, names={"a": a, "b": b})
    >>> c
    Value(data=0.0)
    >>> c.backward()[c.parents[0].parent]
    1.0
    """
    return from_graph(value, describe, names=names)


def describe(node: Any) -> ForeignNode:
    """What is known of a value of micrograd."""
    parents = _first(node, "_prev", "_children")
    if parents is None or not hasattr(node, "data"):
        hint = "; it is one of this engine already" if isinstance(node, Value) else ""
        raise TypeError(
            "expected a value with data, _op and _prev, as in micrograd, "
            f"got: {described(node)}{hint}"
        )
    kind = str(_first(node, "_op", "op") or "")
    op, operands = _operation(node, kind, [*parents])
    label = getattr(node, "label", None)
    return ForeignNode(
        node.data,
        op,
        operands,
        label=label if isinstance(label, str) else None,
        grad=getattr(node, "grad", None),
        kind=kind,
    )


def _first(node: Any, *attributes: str) -> Any:
    found = (getattr(node, name) for name in attributes if hasattr(node, name))
    return next(found, None)


def _operation(node: Any, kind: str, parents: list[Any]) -> tuple[Op | Make, Sequence[Any]]:
    if not parents:
        return "leaf", ()
    if kind in _OF_TWO:
        op, function = _OF_TWO[kind]
        return op, _in_order(node, parents * 2 if len(parents) == 1 else parents, function)
    if kind.startswith("**"):
        return ("pow", _exponent(node, kind)), parents
    name = kind.lower()
    return (name if name in UNARY else kind), parents


def _in_order(
    node: Any, parents: list[Any], function: Callable[[float, float], float] | None
) -> list[Any]:
    """The two operands as they were written, as far as that can be known."""
    kept = _kept_names(node)
    written = [kept.get("self"), kept.get("other")]
    if {id(operand) for operand in written} == {id(parent) for parent in parents}:
        parents = written
    if function is None or len(parents) != 2:
        return parents
    a, b = parents
    return [a, b] if isclose(function(a.data, b.data), node.data, rel_tol=1e-9) else [b, a]


def _exponent(node: Any, kind: str) -> float:
    """The exponent of ``**3``; some engines write ``**`` alone, and keep it in the closure."""
    try:
        return float(kind[2:] or _kept_names(node)["other"])
    except (KeyError, TypeError, ValueError):
        raise ValueError(f"expected a number as the exponent of {kind!r}, got: none") from None


def _kept_names(node: Any) -> dict[str, Any]:
    """What the closure that hands on the gradient refers to, by name."""
    closure = getattr(node, "_backward", None)
    names = getattr(getattr(closure, "__code__", None), "co_freevars", ())
    cells = getattr(closure, "__closure__", None) or ()
    kept = {}
    for name, cell in zip(names, cells, strict=False):
        try:
            kept[name] = cell.cell_contents
        except ValueError:  # a cell that is empty as yet
            continue
    return kept
