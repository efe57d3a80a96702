"""Why does a value have this gradient? The paths that it is made of, the largest first."""

from __future__ import annotations

from .arguments import checked_count
from .arithmetic import described
from .engine import Value, expect_value
from .graph import Row
from .paths import Paths
from .tape import Tape


def explain(value: Value, leaf: Value | str | int, *, most: int = 10) -> list[Row]:
    """The gradient of ``value`` by ``leaf``, as a sum over the paths between them.

    By the chain rule each path contributes the product of the local derivatives along it. The
    rows list the ``most`` paths with the largest products; the last row stands for all others,
    however many. ``sum`` over all rows is the gradient.

    Args:
        value: the output.
        leaf: a value that leads to it, not only a leaf; or its label, or its id.
        most: how many paths to list.

    Returns:
        Rows with ``rank``, ``count``, ``sum``, ``product``, ``local_gradients``, ``path`` (the ids
        of the values on it, as in :func:`nodes`) and ``labels`` (``""`` where there is none). The
        last one has ``rank`` and ``product`` None and no path; its ``count`` is exact.

    Equal products stand in the order of the graph. A path through a local derivative that is nan
    or infinite comes before all others, whatever its product; a product of zero last.

    >>> x1, w1 = Value(2.0, label="x1"), Value(-3.0, label="w1")
    >>> n = (x1 * w1).with_label("n")
    >>> (path, rest) = explain((n + 1).with_label("o"), w1)
    >>> path["labels"], path["local_gradients"], path["product"]
    (['w1', 'n', 'o'], [2.0, 1.0], 2.0)
    >>> rest["count"], rest["sum"]
    (0, 0.0)

    Doubled fifty times, a value has 2**50 paths:

    >>> y = x1
    >>> for _ in range(50):
    ...     y = y + y
    >>> *paths, rest = explain(y, x1, most=3)
    >>> [path["product"] for path in paths], rest["count"] + 3 == 2**50
    ([1.0, 1.0, 1.0], True)
    """
    tape = Tape.record(expect_value(value, "value"))
    start = _index_of(leaf, tape)
    data = tape.replay()
    paths = Paths(tape, data, start)
    best = paths.best(checked_count(most, "most"))
    ids = {index: f"v{key}" for key, index in tape.ids.items()}
    rows: list[Row] = [
        {
            "rank": rank,
            "count": 1,
            "sum": path.product,
            "product": path.product,
            "local_gradients": path.local_gradients,
            "path": [ids[index] for index in path.indices],
            "labels": [tape.names.get(index, "") for index in path.indices],
        }
        for rank, path in enumerate(best, start=1)
    ]
    rest: Row = dict.fromkeys(("rank", "count", "sum", "product"))
    rest["count"] = paths.count() - len(best)
    rest["sum"] = paths.rest(len(best), tape.gradients(data=data))
    return [*rows, rest | {"local_gradients": [], "path": [], "labels": []}]


def _index_of(leaf: Value | str | int, tape: Tape) -> int:
    try:
        return tape.ids[leaf] if type(leaf) is int else tape.index(leaf)  # type: ignore[arg-type]
    except KeyError:
        raise KeyError(
            "expected leaf to be a value that leads to the output, its label or its id, "
            f"got: {described(leaf)}"
        ) from None
