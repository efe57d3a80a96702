"""Lines of engine code that people have written, and what is wrong with them.

A :class:`Mistake` and the right way are both carried out by a
:class:`~microgradwidgets.mutable_engine.MutableEngine`, and put side by side by
:mod:`microgradwidgets.simulation`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from .engine import Value
from .mutable_engine import MutableEngine

MOST_VISITS = 20_000
"""Recursion visits a value once for every path to it, and of those there may be 2⁵⁰."""


@dataclass(frozen=True)
class Training:
    """Which leaves are trained, and so stay from step to step, and how far a step goes."""

    parameters: Sequence[int]
    rate: float


Act: TypeAlias = Callable[[MutableEngine, Training, bool], bool]
"""Does the right thing or the wrong one, and says whether it came to an end."""


@dataclass(frozen=True)
class Mistake:
    """A mistake: the rule that it breaks, the lines that make it, and those that do not.

    ``example`` is the smallest expression that shows it, at a number ``x``, with the leaves to
    train; ``act`` carries it out.
    """

    title: str
    rule: str
    right_code: str
    code: str
    example: Callable[[float], tuple[Value, Sequence[Value]]]
    act: Act
    assigns: bool = False


# -- the expressions ------------------------------------------------------------------------------


def _two_deep(at: float) -> tuple[Value, Sequence[Value]]:
    """A neuron without its nonlinearity: ``b`` is one edge from the output, ``w`` two."""
    w, x, b = Value(3.0, label="w"), Value(at, label="x"), Value(1.0, label="b")
    return w.mul(x, label="n").add(b, label="o"), [w, b]


def _squared_error(at: float) -> tuple[Value, Sequence[Value]]:
    w, x, y = Value(1.0, label="w"), Value(at, label="x"), Value(6.0, label="y")
    error = w.mul(x, label="guess").sub(y, label="error")
    return error.pow(2, label="loss"), [w]


def _used_on_the_way(at: float) -> tuple[Value, Sequence[Value]]:
    """``u`` is an operand of ``w``, and of ``v``, which is an operand of ``w`` too."""
    x = Value(at, label="x")
    u = x.mul(3.0, label="u")
    v = u.add(1.0, label="v")
    return u.mul(v, label="w"), [x]


def _used_twice(at: float) -> tuple[Value, Sequence[Value]]:
    a = Value(at, label="a")
    return a.add(a, label="b"), [a]


# -- what is done ---------------------------------------------------------------------------------


def _in_order(engine: MutableEngine) -> None:
    """The right way: from the output back, each node when all that use it have been visited."""
    engine.seed()
    for node in range(engine.output, -1, -1):
        engine.visit(node)


def _once(engine: MutableEngine, training: Training, is_right: bool) -> bool:
    _in_order(engine)
    return True


def _twice(engine: MutableEngine, training: Training, is_right: bool) -> bool:
    _in_order(engine)
    if is_right:
        engine.clear(
            "The second backward makes a table of its own, where every gradient begins at 0."
        )
    else:
        engine.keep(
            "The second backward begins, and every grad still holds what the first has left."
        )
    _in_order(engine)
    return True


def _train(engine: MutableEngine, training: Training, is_right: bool) -> bool:
    for step in (1, 2):
        if step == 2 and is_right:
            engine.clear("The second step takes a fresh table, where every gradient begins at 0.")
        elif step == 2:
            engine.keep("The second step begins, and nothing sets the gradients back to 0.")
        _in_order(engine)
        for parameter in training.parameters:
            engine.update(parameter, training.rate)
        engine.forward(training.parameters)
    return True


def _recur(engine: MutableEngine, training: Training, is_right: bool) -> bool:
    return _in_order_or_not(engine, is_right, left_first=True)


def _recur_right_first(engine: MutableEngine, training: Training, is_right: bool) -> bool:
    return _in_order_or_not(engine, is_right, left_first=False)


def _in_order_or_not(engine: MutableEngine, is_right: bool, *, left_first: bool) -> bool:
    """The recursion as a loop: what waits is on a stack, and a graph may be deep."""
    if is_right:
        _in_order(engine)
        return True
    engine.seed()
    waiting = [engine.output]
    for _ in range(MOST_VISITS):
        node = waiting.pop()
        engine.visit(node)
        operands = engine.operations_under(node)
        waiting += operands[::-1] if left_first else operands
        if not waiting:
            return True
    return False


MISTAKES: Mapping[str, Mistake] = {
    "backward twice": Mistake(
        "Backward twice",
        "A second backward pass adds to what the first has left in every grad, and hands on those "
        "leftovers too: a path of one edge counts twice, one of two edges three times, and so on. "
        "Gradients belong to one pass: begin each with a fresh table, or with every grad at 0.",
        "first = backward(output)   # a table\nsecond = backward(output)  # another one",
        "output.backward()\noutput.backward()  # adds to every grad",
        _two_deep,
        _twice,
    ),
    "no zero_grad": Mistake(
        "No zero_grad",
        "Each step makes its nodes anew, but the parameters stay, and so does what is in their "
        "grad: a step goes down the sum of all gradients so far. Set them back to 0 before each "
        "backward, or take gradients from a table that is made anew.",
        "for step in range(2):\n"
        "    gradients = backward(forward())\n"
        "    for p in parameters:\n"
        "        p.data -= rate * gradients[p]",
        "for step in range(2):\n"
        "    forward().backward()\n"
        "    for p in parameters:\n"
        "        p.data -= rate * p.grad  # all so far",
        _squared_error,
        _train,
    ),
    "recursion": Mistake(
        "Recursion, left first",
        "A value may hand on its gradient once, when all that use it have handed on theirs. "
        "Recursion visits it once for every path, each time with the sum so far. In reverse "
        "topological order each value is visited once, and complete.",
        "output.grad = 1.0\nfor node in reversed(topological_order(output)):\n    node.hand_on()",
        "def backward(node):\n"
        "    node.hand_on()\n"
        "    for operand in node.operands:\n"
        "        backward(operand)  # complete or not",
        _used_on_the_way,
        _recur,
    ),
    "recursion, right first": Mistake(
        "Recursion, right first",
        "Which operand comes first decides how wrong recursion is: here a value may be complete at "
        "its first visit, but then it is visited again, and hands on all of its gradient once "
        "more. In reverse topological order each value is visited once, and complete.",
        "output.grad = 1.0\nfor node in reversed(topological_order(output)):\n    node.hand_on()",
        "def backward(node):\n"
        "    node.hand_on()\n"
        "    for operand in reversed(node.operands):\n"
        "        backward(operand)  # complete or not",
        _used_on_the_way,
        _recur_right_first,
    ),
    "= for +=": Mistake(
        "= in place of +=",
        "A value that is used several times gets a contribution from each use, and its gradient is "
        "their sum. With = each contribution replaces what came before it: the last one is left.",
        "def hand_on(node):\n"
        "    for operand, local in node.edges:\n"
        "        operand.grad += node.grad * local",
        "def hand_on(node):\n"
        "    for operand, local in node.edges:\n"
        "        operand.grad = node.grad * local  # not +=",
        _used_twice,
        _once,
        assigns=True,
    ),
}
"""The mistakes, by the names that :func:`~microgradwidgets.simulation.simulate` takes."""
