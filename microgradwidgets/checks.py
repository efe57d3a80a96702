"""Is the gradient right? Central differences against the chain rule, row by row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isfinite

from .arithmetic import Real, as_float
from .engine import Value, backward, expect_value
from .graph import Row
from .tape import Tape

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
    point = [as_float(value, "value") for value in values]
    if not step > 0.0 or not isfinite(step):
        raise ValueError(f"expected step to be positive and finite, got: {step}")

    def at(place: int, number: float) -> float:
        moved = [*point[:place], number, *point[place + 1 :]]
        return float(f(*moved))  # type: ignore[arg-type]

    slopes = []
    for place, x in enumerate(point):
        h = step * max(1.0, abs(x))
        above, below = x + h, x - h  # what the doubles x ± h really are, so that h cancels
        slopes.append((at(place, above) - at(place, below)) / (above - below))
    return slopes


def check_gradients(
    value: Value, *, step: float = STEP, rtol: float = 1e-5, atol: float = 1e-7
) -> list[Row]:
    """Each leaf's gradient beside its central difference.

    Rows have ``id``, ``label``, ``data``, ``grad`` (the chain rule's), ``numerical``, ``error``
    (their difference) and ``ok``: the error is at most ``atol + rtol * max(|both|)``, enlarged by
    what rounding of the output alone can do to a difference over ``2h``. At a kink, such as a
    ReLU's at 0, the two may honestly disagree.

    >>> x = Value(3.0, label="x")
    >>> [row] = check_gradients(x * x)
    >>> row["grad"], row["ok"]
    (6.0, True)
    """
    tape = Tape.record(expect_value(value, "value"))
    leaves = tape.leaves
    gradients = backward(value)
    rows: list[Row] = []
    numerical = numerical_gradients(lambda *x: tape.replay(x)[-1], leaves, step=step)
    ids = {index: key for key, index in tape.ids.items()}
    for index, x, difference in zip(tape.leaf_indices, leaves, numerical, strict=True):
        gradient = gradients[ids[index]]
        error = abs(difference - gradient)
        rounding = 4e-16 * abs(value.data) / (step * max(1.0, abs(x)))
        allowed = atol + rtol * max(abs(difference), abs(gradient)) + rounding
        rows.append(
            {
                "id": f"v{ids[index]}",
                "label": tape.names.get(index, ""),
                "data": x,
                "grad": gradient,
                "numerical": difference,
                "error": error,
                "ok": isfinite(error) and error <= allowed,
            }
        )
    return rows
