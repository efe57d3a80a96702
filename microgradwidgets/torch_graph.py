"""Graphs of PyTorch, as far as they are made of scalars.

A tensor there knows the function that will hand on its gradient (``grad_fn``), and that knows those
before it (``next_functions``), down to the leaves. It keeps the numbers that it will need, and no
others: a product keeps its factors, ``tanh`` its result, a sum nothing. Numbers that were not kept
are worked out anew from the leaves. A plain number that was added is nowhere at all:
:mod:`microgradwidgets.unkept` finds it out from what came of it, where that can be done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import log
from typing import Any, NamedTuple

from .arguments import public_names
from .arithmetic import as_float, described
from .engine import Op, Value
from .foreign import ForeignNode, Make, from_graph, in_order
from .unkept import NOT_KEPT, with_constants

PRECISION = {
    "torch.float64": 2.0**-52,
    "torch.float32": 2.0**-23,
    "torch.float16": 2.0**-10,
    "torch.bfloat16": 2.0**-7,
}
"""The kinds of number that can be shown, and the step between 1 and the next of them."""

ROUNDINGS = 8.0
"""An operation may be wrong by so many steps; the functions of a C library are, by a few."""


def from_torch(tensor: Any, *, names: Mapping[str, Any] | None = None) -> Value:
    """The graph behind a scalar tensor of PyTorch, as a value of this engine.

    PyTorch is not imported, and nothing there is changed. Numbers are worked out in double
    precision, from what the leaves are; where PyTorch has computed in single precision, both agree
    to about seven digits. An operation there may be several here: ``a / b`` is ``a * b**-1``.

    Args:
        tensor: one number. Its operations may be ``+ - * /``, powers, ``neg``, ``relu``, ``tanh``,
            ``exp``, ``log``, ``sigmoid``, ``sqrt``, ``rsqrt``, ``reciprocal``, and those that
            change the shape alone.
        names: name → tensor: ``locals()``, or ``dict(model.named_parameters())``.

    Raises:
        TypeError: for what is no tensor.
        ValueError: for more than one number, another operation, a graph that ``backward()`` has
            freed (``backward(retain_graph=True)`` does not), or a plain number that was added and
            cannot be found out.

    In a notebook where PyTorch is installed::

        a = torch.tensor(2.0, requires_grad=True)
        show(from_torch((a * 3 - 5).tanh(), names={"a": a}))

    >>> from_torch([2.0])
    Traceback (most recent call last):
    TypeError: expected a tensor of PyTorch, got: list [2.0]
    """
    graph = Graph.behind(tensor)
    return from_graph(graph.root, graph.describe, names=graph.nodes(names), rtol=graph.rtol)


class Graph(NamedTuple):
    """What leads to a tensor, read: leaves are tensors, operations their ``grad_fn``.

    Attributes:
        root: the node of the tensor.
        said: id of a node → what is known of it.
        kept: the nodes, so that an id stands for one of them alone.
        rtol: the relative error of an operation.
    """

    root: Any
    said: Mapping[int, ForeignNode]
    kept: Sequence[Any]
    rtol: float

    @classmethod
    def behind(cls, tensor: Any) -> Graph:
        if not (hasattr(tensor, "grad_fn") and hasattr(tensor, "dtype")):
            raise TypeError(f"expected a tensor of PyTorch, got: {described(tensor)}")
        root, found = _node(tensor), _Found({}, {})
        found.numbers[id(root)] = _number(tensor, "the tensor")
        order = in_order(root, lambda node: _read(node, found))
        leaves = [node for node, said in order if said.op == "leaf" and node.requires_grad]
        rtol = ROUNDINGS * max(_precision(leaf) for leaf in [tensor, *leaves])
        numbered = [(n, said._replace(data=found.numbers.get(id(n)))) for n, said in order]
        said = with_constants(numbered, found.weights, rtol)
        return cls(root, said, [node for node, _ in order], rtol)

    def describe(self, node: Any) -> ForeignNode:
        return self.said[id(node)]

    def nodes(self, names: Mapping[str, Any] | None) -> dict[str, Any]:
        """The tensors among the things that have a name, as nodes of a graph."""
        things = public_names(names or {}).items()
        return {name: _node(thing) for name, thing in things if hasattr(thing, "grad_fn")}


def _node(tensor: Any) -> Any:
    return tensor if tensor.grad_fn is None else tensor.grad_fn


def _precision(tensor: Any) -> float:
    kind = str(tensor.dtype)
    if kind not in PRECISION:
        raise ValueError(f"expected a tensor of {', '.join(PRECISION)}, got: {kind}")
    return PRECISION[kind]


def _number(thing: Any, what: str) -> float:
    """A plain number, or that of a tensor."""
    if not hasattr(thing, "item"):
        return as_float(thing, what)
    if thing.numel() != 1:
        raise ValueError(
            f"expected {what} to be one number, got: a tensor of shape {tuple(thing.shape)}; "
            "only scalars can be shown"
        )
    return as_float(thing.item(), what)


class _Found(NamedTuple):
    """What is found on the way: numbers by the id of their node, and the weights of sums."""

    numbers: dict[int, float]
    weights: dict[int, Sequence[float]]


def _read(node: Any, found: _Found) -> ForeignNode:
    """What a node says of itself, and of the numbers of others."""
    numbers = found.numbers
    if hasattr(node, "item"):
        numbers[id(node)] = number = _number(node, "a leaf")
        grad = node.grad if node.requires_grad else None
        return ForeignNode(number, "leaf", grad=None if grad is None else _number(grad, "grad"))
    kind = node.name()
    if kind not in _READERS:
        raise ValueError(
            f"expected an operation on scalars that this engine has, got: {kind!r}; "
            f"there are {', '.join(name.partition('Backward')[0] for name in _READERS)}"
        )
    try:
        reading = _READERS[kind](node)
        operands = [_operand(node, place, slot) for place, slot in reading.slots]
        result = getattr(node, reading.result) if reading.result else None
    except RuntimeError as error:
        raise ValueError(
            f"expected {kind} to have its numbers still, got: none; backward() has freed them, or "
            "a tensor was changed in place. Show the graph before that, or call "
            "backward(retain_graph=True)"
        ) from error
    for parent, saved in operands:
        if saved is not None and parent is not NOT_KEPT:
            numbers[id(parent)] = _number(saved, f"an operand of {kind}")
    if result is not None:
        numbers[id(node)] = _number(result, f"the result of {kind}")
    if reading.weights:
        found.weights[id(node)] = reading.weights
    return ForeignNode(None, reading.op, [parent for parent, _ in operands], kind=kind)


def _operand(node: Any, place: int | None, slot: str) -> tuple[Any, Any]:
    """The node of an operand, and the tensor with its number, as far as they were kept."""
    before = None if place is None else node.next_functions[place][0]
    saved = getattr(node, slot) if slot else None
    if before is None:  # nothing to differentiate there: a constant
        return (NOT_KEPT if saved is None else saved), saved
    return (before.variable if type(before).__name__ == "AccumulateGrad" else before), saved


# -- what each operation keeps ---------------------------------------------------------------------


class _Reading(NamedTuple):
    """An operation, and where its numbers are.

    Attributes:
        op: as in :class:`ForeignNode`.
        slots: for each operand its place in ``next_functions``, if it has one, and the attribute
            that may have kept its number.
        result: the attribute that has the result.
        weights: of a sum: what each operand is multiplied by.
    """

    op: Op | Make
    slots: Sequence[tuple[int | None, str]] = ((0, ""),)
    result: str = ""
    weights: Sequence[float] = ()


def _sum(node: Any) -> _Reading:
    alpha = as_float(node._saved_alpha, "alpha")
    op: Op | Make = "+" if alpha == 1.0 else lambda a, b: a + b * alpha
    return _Reading(op, ((0, ""), (1, "")), weights=(1.0, alpha))


def _difference(node: Any) -> _Reading:
    alpha = as_float(node._saved_alpha, "alpha")
    op: Op | Make = "-" if alpha == 1.0 else lambda a, b: a - b * alpha
    return _Reading(op, ((0, ""), (1, "")), weights=(1.0, -alpha))


def _reversed_difference(node: Any) -> _Reading:
    """``1 - a``: the number before the minus has no place in ``next_functions``."""
    before = (1, "") if len(node.next_functions) == 2 else (None, "")
    return _difference(node)._replace(slots=(before, (0, "")))


def _product(op: Op | Make) -> Callable[[Any], _Reading]:
    return lambda node: _Reading(op, ((0, "_saved_self"), (1, "_saved_other")))


def _power(node: Any) -> _Reading:
    exponent = as_float(node._saved_exponent, "the exponent")
    return _Reading(("pow", exponent), ((0, "_saved_self"),))


def _power_of_tensors(node: Any) -> _Reading:
    if node.next_functions[1][0] is None:
        exponent = _number(node._saved_exponent, "the exponent")
        return _Reading(("pow", exponent), ((0, "_saved_self"),), "_saved_result")
    slots = ((0, "_saved_self"), (1, "_saved_exponent"))
    return _Reading(lambda a, b: Value.exp(b * Value.log(a)), slots, "_saved_result")


def _exponential(node: Any) -> _Reading:
    """``2 ** a``."""
    base = _number(node._saved_self, "the base")
    if not base > 0.0:
        raise ValueError(f"expected a base above 0 of a power by a tensor, got: {base}")
    logarithm = log(base)
    return _Reading(lambda a: (a * logarithm).exp(), ((0, "_saved_exponent"),), "_saved_result")


def _of_result(op: Op) -> Callable[[Any], _Reading]:
    return lambda node: _Reading(op, result="_saved_result")


def _same(node: Any) -> _Reading:
    """Another shape, another place in memory, another kind of number: the number stays."""
    return _Reading(lambda a: a, weights=(1.0,))


_READERS: Mapping[str, Callable[[Any], _Reading]] = {
    "AddBackward0": _sum,
    "SubBackward0": _difference,
    "RsubBackward0": _reversed_difference,
    "RsubBackward1": _reversed_difference,
    "MulBackward0": _product("*"),
    "DivBackward0": _product(Value.divide),
    "PowBackward0": _power,
    "PowBackward1": _power_of_tensors,
    "PowBackward2": _exponential,
    "NegBackward0": lambda node: _Reading("neg", weights=(-1.0,)),
    "LogBackward0": lambda node: _Reading("log", ((0, "_saved_self"),)),
    "ReluBackward0": _of_result("relu"),
    "TanhBackward0": _of_result("tanh"),
    "ExpBackward0": _of_result("exp"),
    "SigmoidBackward0": _of_result("sigmoid"),
    "SqrtBackward0": _of_result(("pow", 0.5)),
    "RsqrtBackward0": _of_result(("pow", -0.5)),
    "ReciprocalBackward0": _of_result(("pow", -1.0)),
    "AliasBackward0": _same,
    "CloneBackward0": _same,
    "SqueezeBackward0": _same,
    "ToCopyBackward0": _same,
    "UnsqueezeBackward0": _same,
    "UnsafeViewBackward0": _same,
    "ViewBackward0": _same,
}
"""How to read each operation, by what PyTorch calls it."""
