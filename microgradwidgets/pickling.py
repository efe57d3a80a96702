"""Values through pickle: flat, however deep the graph, and at home where they arrive.

A value is written as columns, one row per value that leads to it. Ids mean nothing in another
process, so each load draws new ones, in the old order. All that lies in one pickle shares one
:class:`_Arrivals`, by pickle's own bookkeeping, so that a gradient table still fits the values
it was saved with.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .engine import Value, _copy, _operation
from .gradients import Gradients, topological_order
from .ids import fresh_id
from .immutable import set_id
from .records import Annotation, Entry

_Packed = tuple[float, tuple[tuple[str, int], ...], int]
"""An annotation; of the entry it names, the place in the list of entries, or -1."""

_PackedEntry = tuple[str, int, int, bool]
"""Name, where it began, the place of the entry around it, which stands before, or -1."""


class _Arrivals:
    """What one load has seen so far: the new id of each old one, and the values made."""

    def __init__(self) -> None:
        self.ids: dict[int, int] = {}
        self.values: dict[tuple[int, str | None, Annotation | None], Value] = {}
        self.entries: dict[int, Entry] = {}

    def assign(self, old_ids: Iterable[int]) -> dict[int, int]:
        for old in sorted(old_ids):
            if old not in self.ids:
                self.ids[old] = fresh_id()
        return self.ids


class _Departure:
    """Stands for this process in a pickle; it arrives as an empty :class:`_Arrivals`."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _Arrivals, ()


_departure = _Departure()


def reduce_value(value: Value) -> tuple[Any, ...]:
    order = topological_order(value)
    order[-1] = value  # the copy at hand, whose label or annotation may differ
    place = {v.id: index for index, v in enumerate(order)}
    columns = (
        [v.id for v in order],
        [v.data for v in order],
        [v.op for v in order],
        [-1 if v._left is None else place[v._left.id] for v in order],
        [-1 if v._right is None else place[v._right.id] for v in order],
        [v._slope if _has_one_operand(v) else None for v in order],
    )
    labels = {index: v.label for index, v in enumerate(order) if v.label is not None}
    annotated = {index: v._annotation for index, v in enumerate(order) if v._annotation}
    entries = _flat({a.within for a in annotated.values() if a.within is not None})
    at: dict[Entry | None, int] = {entry: number for number, entry in enumerate(entries)}
    annotations = {
        index: (a.grad, a.groups, at.get(a.within, -1)) for index, a in annotated.items()
    }
    packed = [(e.name, e.began, at.get(e.around, -1), e.numbered) for e in entries]
    return load_value, (_departure, columns, labels, annotations, packed)


def _flat(entries: set[Entry]) -> list[Entry]:
    """These entries and all around them, outer ones first."""
    found: set[Entry] = set()
    for entry in entries:
        at: Entry | None = entry
        while at is not None and at not in found:
            found.add(at)
            at = at.around
    return sorted(found, key=lambda entry: entry.began)


def _has_one_operand(value: Value) -> bool:
    return value._left is not None and value._right is None


def load_value(
    arrivals: _Arrivals,
    columns: tuple[list[Any], ...],
    labels: dict[int, str],
    annotations: dict[int, _Packed],
    entries: list[_PackedEntry],
) -> Value:
    begins = [since for _, groups, _ in annotations.values() for _, since in groups]
    begins += [began for _, began, *_ in entries]
    new_id = arrivals.assign([*columns[0], *begins])
    arrived = _arrived_entries(arrivals, entries)
    made: list[Value] = []
    for index, (old_id, data, op, left, right, slope) in enumerate(zip(*columns, strict=True)):
        annotation = _arrived(annotations.get(index), new_id, arrived)
        key = (old_id, labels.get(index), annotation)
        value = arrivals.values.get(key)
        if value is None:
            if left < 0:
                value = Value(data)
            else:
                operand = None if right < 0 else made[right]
                value = _operation(op, data, made[left], operand, slope=slope)
            # A group that is open here has no part in what was made elsewhere.
            if key[1:] != (value.label, value._annotation):
                value = _copy(value, labels.get(index), annotation)
            set_id(value, new_id[old_id])
            arrivals.values[key] = value
        made.append(value)
    return made[-1]


def _arrived_entries(arrivals: _Arrivals, packed: list[_PackedEntry]) -> list[Entry]:
    made: list[Entry] = []
    for name, old, around, numbered in packed:
        outer = None if around < 0 else made[around]
        entry = Entry(name, arrivals.ids[old], outer, numbered)
        made.append(arrivals.entries.setdefault(old, entry))
    return made


def _arrived(
    packed: _Packed | None, new_id: dict[int, int], entries: list[Entry]
) -> Annotation | None:
    """An annotation whose groups begin at the new ids."""
    if packed is None:
        return None
    grad, groups, within = packed
    begun = tuple((name, new_id[since]) for name, since in groups)
    return Annotation(grad, begun, None if within < 0 else entries[within])


def reduce_gradients(gradients: Gradients) -> tuple[Any, ...]:
    return load_gradients, (_departure, gradients.output_id, gradients.to_map())


def load_gradients(arrivals: _Arrivals, output_id: int, table: dict[int, float]) -> Gradients:
    ids = arrivals.assign([output_id, *table])
    return Gradients(ids[output_id], {ids[old]: number for old, number in table.items()})
