"""Random expressions for Hypothesis: shared operands, every operation."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from math import inf, nan

from hypothesis import strategies as st

from microgradwidgets import Tape, Value
from microgradwidgets.engine import fresh_id

BINARY = ("add", "sub", "mul", "divide")
UNARY = ("neg", "relu", "tanh", "exp", "log", "sigmoid")
EXPONENTS = (2.0, 3.0, -1.0, 0.5, 0.0, 1.0, -2.0, -3.0, 5.0, -0.5, 1 / 3, 64.0, -64.0, 65.0, 1.5)
AWKWARD = (0.0, -0.0, inf, -inf, nan, 5e-324, 1e-160, 1e200, -1e308, 1.0, -1.0, 20.0, -1000.0)

Step = tuple[str, int, int, float]

_step = st.tuples(
    st.sampled_from((*BINARY, *UNARY, "pow")),
    st.integers(0, 4),
    st.integers(0, 40),
    st.sampled_from(EXPONENTS),
)
steps = st.lists(_step, min_size=1, max_size=25)
many_steps = st.integers(5, 40).flatmap(lambda n: st.lists(_step, min_size=n, max_size=n))
ordinary_leaves = st.lists(st.floats(-4.0, 4.0), min_size=1, max_size=5)
any_leaves = st.lists(st.floats() | st.sampled_from(AWKWARD), min_size=1, max_size=5)


def build(
    leaves: Iterable[float],
    steps: Sequence[Step],
    keep: Callable[[Value], bool] = lambda value: True,
) -> Value:
    """The value that the steps lead to; operands are counted back from the latest.

    Args:
        leaves: numbers to begin with.
        steps: operation, two operands, an exponent; what an operation does not need is unused.
        keep: whether a new value may be built on. If not, its step is left out.
    """
    return built_on([Value(x, label=f"x{place}") for place, x in enumerate(leaves)], steps, keep)


def built_on(
    leaves: Sequence[Value],
    steps: Sequence[Step],
    keep: Callable[[Value], bool] = lambda value: True,
) -> Value:
    """The same, from leaves that are at hand."""
    made = [*leaves]
    for op, first, second, exponent in steps:
        a, b = made[-1 - first % len(made)], made[-1 - second % len(made)]
        if op == "pow":
            value = a**exponent
        elif op in UNARY:
            value = getattr(a, op)()
        else:
            value = getattr(a, op)(b)
        if all(keep(part) for part in (value, *(edge.parent for edge in value.parents))):
            made.append(value)
    return made[-1]


def leaves_of(output: Value) -> list[Value]:
    """The leaves that lead to a value, in topological order."""
    seen = {output.id: output}
    todo = [output]
    while todo:
        for edge in todo.pop().parents:
            if edge.parent_id not in seen:
                seen[edge.parent_id] = edge.parent
                todo.append(edge.parent)
    return [seen[key] for key, node in output.graph.items() if node.op == "leaf"]


def bits(numbers: Iterable[float]) -> list[str | bytes]:
    """What two computations must share to be the same: every bit, except those inside a nan."""
    return ["nan" if number != number else struct.pack("<d", number) for number in numbers]


def grouped_tape() -> Tape:
    """A tape with everything: names, nested groups, a power, a group of two outputs."""
    layer = fresh_id()
    x = Value(2.0, label="x")
    hidden = []
    for weight in (3.0, -1.0):
        neuron = fresh_id()
        hidden.append((x * weight).relu(label="h").with_group("neuron", neuron))
    hidden = [h.with_group("layer", layer) for h in hidden]
    return Tape.record((hidden[0] ** 3 + hidden[1]).tanh(label="o\ud800"))
