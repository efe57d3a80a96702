"""Gradients of random expressions against sixty digits, within what rounding can do.

No bound on the relative error alone can hold: ``x - x * (1 + tiny)`` loses its digits in any
arithmetic of 53 bits. What can be promised is that the error is one of rounding. Sixty-digit runs
in which every result and every local derivative is moved up or down by a unit roundoff, or by
half of one, or something between, show how far rounding carries a gradient: σ, the farthest of
three. (Were all moves of one size, two of them would often cancel.) A whole power is as many
operations as it has factors, because it is multiplied out. The promise is

    |gradient - exact| ≤ 64 σ + 2⁻⁵⁰ |exact|.
"""

import random

import mpmath
from hypothesis import event, given, reject, settings

from microgradwidgets import backward, check_gradients
from microgradwidgets.arithmetic import WHOLE_EXPONENTS
from tests.graphs import build, many_steps, ordinary_leaves

mp = mpmath.mp.clone()
mp.dps = 60
ROUNDOFF = mp.mpf(2) ** -53


def logistic(x):
    return 1 / (1 + mp.exp(-x))


DATA = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "neg": lambda a: -a,
    "relu": lambda a: max(a, mp.zero),
    "tanh": mp.tanh,
    "exp": mp.exp,
    "log": mp.log,
    "sigmoid": logistic,
}
SLOPES = {
    "+": lambda a, b: (mp.one, mp.one),
    "-": lambda a, b: (mp.one, -mp.one),
    "*": lambda a, b: (b, a),
    "neg": lambda a: (-mp.one,),
    "relu": lambda a: (mp.one if a > 0 else mp.zero,),
    "tanh": lambda a: (mp.sech(a) ** 2,),
    "exp": lambda a: (mp.exp(a),),
    "log": lambda a: (1 / a,),
    "sigmoid": lambda a: (logistic(a) * logistic(-a),),
}


class RoundingDecidesError(Exception):
    """A number that is 0 or has the other sign but for rounding stands where a branch is."""


def high_precision(graph, disturb):
    """The gradients of a graph, each result and each local derivative disturbed."""
    data, slopes = {}, {}
    for key, node in graph.items():
        operands = [data[edge.parent_id] for edge in node.parents]
        if node.op == "leaf":
            data[key], slopes[key] = mp.mpf(node.data), ()
            continue
        doubles = [graph[edge.parent_id].data for edge in node.parents]
        if (node.op in ("relu", "log") or isinstance(node.op, tuple)) and any(
            mp.sign(x) != mp.sign(double) for x, double in zip(operands, doubles, strict=True)
        ):
            raise RoundingDecidesError
        result, derivatives = operation(node.op, *operands)
        data[key] = disturb(result, node.op)
        slopes[key] = [disturb(derivative, node.op) for derivative in derivatives]
    table = dict.fromkeys(graph, mp.zero)
    table[next(reversed(graph))] = mp.one
    for key in reversed(graph):
        for edge, slope in zip(graph[key].parents, slopes[key], strict=True):
            table[edge.parent_id] += table[key] * slope
    return table


def operation(op, *operands):
    """A result and the local derivatives, from the definitions."""
    if isinstance(op, tuple):
        n, x = mp.mpf(op[1]), operands[0]
        return x**n, (n * x ** (n - 1) if n else mp.zero,)
    return DATA[op](*operands), SLOPES[op](*operands)


def moderate(value):
    """Whether a value is smooth and far from overflow and underflow, where digits are lost."""
    numbers = [value.data, *(edge.local_gradient for edge in value.parents)]
    if not all(n == 0.0 or 1e-60 < abs(n) < 1e60 for n in numbers):
        return False
    if isinstance(value.op, tuple) and value.op[1] < 1.0:
        return value.parents[0].parent.data != 0.0
    return True


def roundoffs(op):
    """How many units one operation may be off: one, and in a whole power one a factor."""
    if isinstance(op, tuple) and op[1] == round(op[1]) and abs(op[1]) <= WHOLE_EXPONENTS:
        return max(1.0, abs(op[1]))
    return 1.0


def up_or_down(seed):
    source = random.Random(seed)

    def disturb(number, op):
        size = source.choice((-1, 1)) * source.uniform(0.5, 1.0) * roundoffs(op)
        return number * (1 + size * ROUNDOFF)

    return disturb


@settings(max_examples=300)
@given(ordinary_leaves, many_steps)
def test_gradients_are_right_up_to_what_rounding_can_do(leaves, steps):
    output = build(leaves, steps, keep=moderate)
    graph, gradients = output.graph, backward(output)
    try:
        exact = high_precision(graph, lambda number, op: number)
        disturbed = [high_precision(graph, up_or_down(seed)) for seed in range(3)]
    except RoundingDecidesError:
        event("rounding decides a branch")
        reject()
    event(f"operations: {len(graph) // 5 * 5} and more")
    for key, promised in exact.items():
        if promised != 0 and not 1e-200 < abs(promised) < 1e200:
            continue
        spread = max(abs(run[key] - promised) for run in disturbed)
        error = abs(mp.mpf(gradients[key]) - promised)
        assert error <= 64 * spread + mp.mpf(2) ** -50 * abs(promised), graph[key]


@settings(max_examples=200)
@given(ordinary_leaves, many_steps)
def test_central_differences_agree_away_from_kinks(leaves, steps):
    """The numerical oracle, on graphs that are tame over the whole step it takes."""
    output = build(leaves, steps, keep=tame)
    for row in check_gradients(output):
        assert row["ok"], row


def tame(value):
    """Whether operands are clear of kinks and poles, and slopes small."""
    slopes = [edge.local_gradient for edge in value.parents]
    if not (abs(value.data) < 100.0 and all(abs(slope) < 10.0 for slope in slopes)):
        return False
    if value.op in ("relu", "log") or isinstance(value.op, tuple):
        return abs(value.parents[0].parent.data) > 0.1
    return True
