"""A graph of another library, shown as values of this engine.

All that has to be known of a foreign node is written into one :class:`ForeignNode`: its number, its
operation, its parents, and the local derivatives where they are kept. From that
:func:`from_graph` makes a graph of our own, node for node, which can be drawn, stepped through,
differentiated, explained and taped. What the library says is held against what comes out: a graph
that is shown is one that computes the same numbers.

A library in which a node is a tuple ``(number, operation, parents)``:

>>> x = (3.0, "x", [])
>>> y = (9.0, "*", [x, x])
>>> value = from_graph(
...     y, lambda node: ForeignNode(node[0], node[1] if node[2] else "leaf", node[2])
... )
>>> value
Value(data=9.0)
>>> [edge.local_gradient for edge in value.parents]
[3.0, 3.0]
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import inf, isfinite, isnan
from typing import Any, NamedTuple, TypeAlias

from .arguments import checked_size, each, expect_function, is_one_of, is_row, public_names
from .arithmetic import UNARY, as_exponent, as_float, described
from .engine import Number, Op, Value, backward, expect_value
from .text import op_text, visible_text

Make: TypeAlias = Callable[..., Value]
"""What makes a value of the values of the parents, in their order."""


class ForeignNode(NamedTuple):
    """What is known of one node of a foreign graph.

    Attributes:
        data: its number; ``None`` where the library has not kept it.
        op: an operation of this engine, as ``Value.op`` has it (``"leaf"``, ``"+"``, ``"-"``,
            ``"*"``, ``"neg"``, ``"relu"``, ``"tanh"``, ``"exp"``, ``"log"``, ``"sigmoid"``,
            ``("pow", n)``), or a function that makes the value of those of the parents, out of
            such operations: ``lambda a, b: a + 2 * b``.
        parents: the foreign nodes it was made of, in order, one for every use; a plain number
            stands for a constant.
        local: its derivative by each of the parents, where the library keeps it: to be checked.
        label: a name to show.
        grad: what the library has written on it as its gradient, if anything.
        kind: what the library calls the operation, for messages.

    >>> ForeignNode(-6.0, "*", (2.0, -3.0), label="n").op
    '*'
    """

    data: float | None
    op: Op | Make
    parents: Sequence[Any] = ()
    local: Sequence[float] | None = None
    label: str | None = None
    grad: float | None = None
    kind: str = ""


Describe: TypeAlias = Callable[[Any], ForeignNode]
"""What a library is adapted by: from a node of its graph to what is known of it."""


class Twin(NamedTuple):
    """A foreign node beside the value that was made for it.

    ``slack`` bounds how far their numbers may lie apart, given that each operation rounds.
    """

    node: Any
    said: ForeignNode
    value: Value
    slack: float


def from_graph(
    root: Any, describe: Describe, *, names: Mapping[str, Any] | None = None, rtol: float = 1e-12
) -> Value:
    """The graph that leads to a foreign node, as a value of this engine.

    A node that is used twice stays one node. Deep graphs are no matter.

    Args:
        root: the output.
        describe: gives the :class:`ForeignNode` of a node; it is asked once a node.
        names: name → foreign node, for nodes that have no label; what is not of the graph is
            passed over, and what begins with ``_``, so ``locals()`` will do.
        rtol: the relative error that one operation may make there.

    Raises:
        ValueError: for a cycle, an operation that this engine does not have, or a number or a
            local derivative that is not what the operation gives.

    >>> from_graph((2.0,), lambda node: ForeignNode(2.0, "sin", [1.0], label="s"))
    Traceback (most recent call last):
    ValueError: expected an operation that this engine has at node 's' (2.0), got: 'sin'
    """
    return twins(root, describe, names, rtol)[-1].value


def twins(
    root: Any, describe: Describe, names: Mapping[str, Any] | None = None, rtol: float = 1e-12
) -> list[Twin]:
    """Every node of a foreign graph with its value, operands before results, the output last."""
    labels: dict[int, str] = {}
    for name, node in public_names(names or {}).items():
        labels.setdefault(id(node), name)
    expect_function(describe, "describe")
    slack = checked_size(rtol, "rtol")
    made: dict[int, Twin] = {}
    for node, said in in_order(root, lambda node: _described(node, describe, labels)):
        made[id(node)] = _twin(node, said, made, slack)
    return [*made.values()]


def in_order(root: Any, describe: Describe) -> list[tuple[Any, ForeignNode]]:
    """Every node of a foreign graph with what is said of it, operands before results."""
    order: list[tuple[Any, ForeignNode]] = []
    said: dict[int, ForeignNode] = {}
    done: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting[-1]
        key = id(node)
        if key in done:
            waiting.pop()
        elif key in said:  # what stands above it is done
            order.append((waiting.pop(), said[key]))
            done.add(key)
        else:
            said[key] = describe(node)
            ahead = [p for p in said[key].parents if not is_number(p) and id(p) not in done]
            for parent in ahead:
                if id(parent) in said:
                    raise ValueError(
                        "expected a graph without cycles, got: "
                        f"{_name(said[id(parent)])}, which leads to itself"
                    )
            waiting += reversed(ahead)
    return order


def _described(node: Any, describe: Describe, labels: Mapping[int, str]) -> ForeignNode:
    said = describe(node)
    if not isinstance(said, ForeignNode):
        raise TypeError(f"expected describe to give a ForeignNode, got: {described(said)}")
    if said.label is not None and not isinstance(said.label, str):
        raise TypeError(f"expected label to be a str or None, got: {described(said.label)}")
    _expect_op(said.op)
    label = labels.get(id(node), said.label)
    said = said._replace(label=label or None)
    if not is_row(said.parents):
        raise TypeError(
            f"expected the parents of {_name(said)} to be a list, got: {described(said.parents)}"
        )
    if said.data is not None:
        said = said._replace(data=as_float(said.data, f"the number of {_name(said)}"))
    return said


def _expect_op(op: object) -> None:
    """Something that may be an operation; whether there is such a one is found out later."""
    if isinstance(op, tuple) and len(op) == 2 and is_one_of(op[0], ("pow",)):
        as_exponent(op[1])
    elif not (isinstance(op, str) or callable(op)):
        raise TypeError(f"expected op to be a str, ('pow', n) or a function, got: {described(op)}")


def _twin(node: Any, said: ForeignNode, made: Mapping[int, Twin], rtol: float) -> Twin:
    """Make the value of a node whose parents are made, and hold it against what is said of it."""
    if said.op == "leaf":
        if said.data is None or said.parents:
            wrong = "no number" if said.data is None else "parents"
            raise ValueError(f"expected a number and no parents of {_name(said)}, got: {wrong}")
        return Twin(node, said, Value(said.data, label=said.label), 0.0)
    make = maker(said)
    operands = [p if is_number(p) else made[id(p)].value for p in said.parents]
    slacks = [0.0 if is_number(p) else made[id(p)].slack for p in said.parents]
    value = expect_value(make(*operands), f"what {_kind(said)} makes")
    if said.label is not None:
        value = value.with_label(said.label)
    if callable(said.op):
        local = local_derivatives(make, operands)
    else:
        local = [edge.local_gradient for edge in value.parents]
    if said.local is not None:
        _check_local(said, local, rtol)
    spread = sum(abs(slope) * slack for slope, slack in zip(local, slacks, strict=True) if slack)
    slack = inf if isnan(spread) else spread + rtol * max(1.0, abs(value.data))
    if said.data is not None and not _agree(said.data, value.data, slack):
        numbers = ", ".join(f"{float(operand)!r}" for operand in operands)
        raise ValueError(
            f"expected {_name(said)} to be {value.data!r}, which {_kind(said)} makes of {numbers}, "
            f"got: {said.data!r}; were numbers changed after the forward pass?"
        )
    return Twin(node, said, value, slack)


_BINARY: Mapping[Any, Make] = {"+": Value.add, "-": Value.sub, "*": Value.mul}


def maker(said: ForeignNode) -> Make:
    """The operation as a function of values."""
    op = said.op
    if callable(op):
        return op
    if op in _BINARY:
        return _with_operands(2, said, _BINARY[op])
    if op in UNARY:
        return _with_operands(1, said, getattr(Value, str(op)))
    if isinstance(op, tuple) and len(op) == 2 and op[0] == "pow":
        exponent = op[1]
        return _with_operands(1, said, lambda base: Value.pow(base, exponent))
    hint = ""
    if said.local is not None:
        hint = (
            "; its local derivatives tell how it changes here, not what it is elsewhere: "
            "let op be a function that makes it of operations that are here"
        )
    raise ValueError(
        f"expected an operation that this engine has at {_name(said)}, got: {_kind(said)}{hint}"
    )


def _with_operands(count: int, said: ForeignNode, make: Make) -> Make:
    if len(said.parents) != count:
        parents = "1 parent" if count == 1 else f"{count} parents"
        raise ValueError(
            f"expected {parents} of {_kind(said)} at {_name(said)}, got: {len(said.parents)}"
        )
    return make


def local_derivatives(make: Make, operands: Sequence[Number]) -> list[float]:
    """The derivative of a function by each of its operands, on leaves of their numbers."""
    leaves = [Value(float(operand)) for operand in operands]
    gradients = backward(make(*leaves))
    return [gradients[leaf] for leaf in leaves]


def _check_local(said: ForeignNode, local: Sequence[float], rtol: float) -> None:
    theirs = [
        as_float(slope, f"a local derivative of {_name(said)}")
        for slope in each(said.local, "local")
    ]
    if len(theirs) != len(local) or not all(
        _agree(a, b, rtol * max(1.0, abs(b))) for a, b in zip(theirs, local, strict=True)
    ):
        raise ValueError(
            f"expected the local derivatives of {_kind(said)} at {_name(said)} to be "
            f"{[*local]}, got: {theirs}"
        )


def _agree(theirs: float, ours: float, slack: float) -> bool:
    if theirs == ours or (theirs != theirs and ours != ours):
        return True
    return isfinite(theirs) and isfinite(ours) and abs(theirs - ours) <= slack


def is_number(parent: Any) -> bool:
    return isinstance(parent, (int, float))


def _kind(said: ForeignNode) -> str:
    """What an operation is called, in quotes."""
    if said.kind:
        return repr(said.kind)
    return "a function" if callable(said.op) else repr(op_text(said.op))


def _name(said: ForeignNode) -> str:
    """A node as a message names it: by its label, or by what made it, and its number."""
    number = "" if said.data is None else f" ({said.data!r})"
    if said.label is not None:
        return f"node {visible_text(said.label)!r}{number}"
    return f"node {_kind(said)}{number}"
