"""Is the gradient right? Central differences against the chain rule, row by row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from math import isfinite, nan

from .arguments import checked_size, each, expect_function
from .arithmetic import Real, as_float
from .engine import Value, backward, expect_value
from .graph import Row
from .tape import BINARY, Tape
from .tape_bytes import LEAF

STEP = 6.055454452393343e-06
"""The cube root of the machine epsilon: about where the truncation error of a central difference,
which grows with the step squared, meets the rounding error, which shrinks with it."""


def numerical_gradients(
    f: Callable[..., object], values: Sequence[Real], *, step: float = STEP
) -> list[float]:
    """The derivatives of ``f`` at ``values`` by central differences.

    ``(f(x + h) - f(x - h)) / 2h``, with ``h = step * max(1, |x|)``, one argument at a time. Its
    error is of the order h², against h for the one-sided difference.

    Args:
        f: a function of ``len(values)`` numbers that gives a number or a :class:`Value`.
        values: where to differentiate.
        step: the relative step.

    >>> [round(slope, 6) for slope in numerical_gradients(lambda x, y: x * y + y, [2.0, 3.0])]
    [3.0, 3.0]
    """
    expect_function(f, "f")
    point = [as_float(value, "value") for value in each(values, "values")]
    size = checked_step(step)

    def at(place: int, number: float) -> float:
        moved = [*point[:place], number, *point[place + 1 :]]
        return as_float(f(*moved), "the result of f")

    return [_difference(partial(at, place), x, size) for place, x in enumerate(point)]


def check_gradients(
    value: Value,
    *,
    step: float = STEP,
    rtol: float = 1e-5,
    atol: float = 1e-7,
    operations: bool = False,
) -> list[Row]:
    """Each leaf's gradient beside its central difference.

    Rows have ``id``, ``label``, ``data``, ``grad`` (the chain rule's), ``numerical``, ``error``
    (their difference) and ``ok``: the error is at most ``atol + rtol * max(|both|)``, enlarged by
    what rounding of the output alone can do to a difference with the default step. With a smaller
    step rounding does more, with a larger one the curve of the function: neither is excused, so
    that it can be seen. At a kink, such as a ReLU's at 0, the two may honestly disagree.

    Args:
        value: the output.
        step: the relative step, as for :func:`numerical_gradients`.
        rtol: the relative tolerance.
        atol: the absolute tolerance.
        operations: rows for operations too: what the output does if only their result is moved,
            and what was made of it.

    >>> x = Value(3.0, label="x")
    >>> [row] = check_gradients(x * x)
    >>> row["grad"], row["ok"]
    (6.0, True)
    >>> [row] = check_gradients(x * x + x, step=1e-12)
    >>> row["grad"], round(row["numerical"], 4), row["ok"]
    (7.0, 7.0001, False)
    """
    tape = Tape.record(expect_value(value, "value"))
    size = checked_step(step)
    relative, absolute = checked_size(rtol, "rtol"), checked_size(atol, "atol")
    data, gradients = tape.replay(), backward(value)
    rows: list[Row] = []
    for key, index in tape.ids.items():
        if tape.ops[index] != LEAF and not operations:
            continue
        x, gradient = data[index], gradients[key]
        numerical = central_difference(tape, data, index, size)
        error = abs(numerical - gradient)
        rounding = 4e-16 * abs(value.data) / (STEP * max(1.0, abs(x)))
        allowed = absolute + relative * max(abs(numerical), abs(gradient)) + rounding
        rows.append(
            {
                "id": f"v{key}",
                "label": tape.names.get(index, ""),
                "data": x,
                "grad": gradient,
                "numerical": numerical,
                "error": error,
                "ok": isfinite(error) and error <= allowed,
            }
        )
    return rows


def central_difference(tape: Tape, data: Sequence[float], index: int, step: float) -> float:
    """The derivative of a tape's output by any value on it: only what follows is worked out anew.

    Args:
        tape: the graph.
        data: all its numbers.
        index: the value that is moved, as if it were a leaf.
        step: the relative step.
    """
    follows = {index}
    after = []
    for row in tape.steps:
        place, _, a, b = row
        if place > index and (a in follows or b in follows):
            follows.add(place)
            after.append(row)

    def output_at(number: float) -> float:
        moved = {index: number}
        for place, code, a, b in after:
            x = moved.get(a, data[a])
            moved[place] = (
                tape.function(place)(x)[0] if b < 0 else BINARY[code](x, moved.get(b, data[b]))
            )
        return moved.get(len(tape) - 1, data[-1])

    return _difference(output_at, data[index], step)


def checked_step(step: Real) -> float:
    size = as_float(step, "step")
    if not size > 0.0 or not isfinite(size):
        raise ValueError(f"expected step to be positive and finite, got: {step}")
    return size


def _difference(f: Callable[[float], float], x: float, step: float) -> float:
    h = step * max(1.0, abs(x))
    above, below = x + h, x - h  # what the doubles x ± h really are, so that h cancels
    if above == below:
        return nan  # the step is lost in rounding
    return (f(above) - f(below)) / (above - below)
