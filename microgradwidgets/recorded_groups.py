"""The groups of a graph as a tree: those that values close, and those that they were made in.

Both begin at an id. What began earlier is outside, so the groups are gone through by their
beginnings, and each takes its values out of the group that held them before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .engine import Value
from .ids import fresh_id
from .records import UNANNOTATED, Annotation, Entry
from .tape_bytes import Group


@dataclass(slots=True)
class _Part:
    """One group: its own values, where it was entered; else the values that close it."""

    name: str
    since: int
    entry: Entry | None = None
    indices: list[int] = field(default_factory=list)
    last: int = -1
    parent: int = -1


def recorded_groups(
    order: Sequence[Value], place: Mapping[int, int]
) -> tuple[list[Group], list[int]]:
    """The groups of values in topological order, outer ones first; the innermost of each value.

    Args:
        order: the values.
        place: id → index.
    """
    parts = sorted(_parts(order), key=lambda part: (part.since, -part.last))
    numbers: dict[Entry | None, int]
    numbers = {part.entry: number for number, part in enumerate(parts) if part.entry}
    group_of = [-1] * len(order) if parts else []
    for number, part in enumerate(parts):
        # Around it is what holds its last value already, or what that was made in.
        part.parent = max(group_of[part.last], numbers.get(_around(part, order[part.last]), -1))
        for index in part.indices if part.entry else _made_since(part, order, place):
            group_of[index] = number
    names = _numbered(parts)
    groups = [
        Group(name, part.last, None if part.parent < 0 else part.parent)
        for name, part in zip(names, parts, strict=True)
    ]
    return groups, group_of


def as_annotations(groups: Sequence[Group]) -> list[Annotation]:
    """For each group what makes a value, annotated with it, one of that group when recorded.

    To be asked for before the values are made, as a group begins before all that is in it.
    """
    entries: list[Entry] = []
    for group in groups:
        around = None if group.parent is None else entries[group.parent]
        entries.append(Entry(group.name, fresh_id(), around, numbered=False))
    return [Annotation(within=entry) for entry in entries]


def _parts(order: Sequence[Value]) -> Iterator[_Part]:
    closed: dict[tuple[int, str], _Part] = {}
    entered: dict[Entry, _Part] = {}
    for index, value in enumerate(order):
        if value._annotation is None:
            continue
        for name, since in value._annotation.groups:
            part = closed.setdefault((since, name), _Part(name, since))
            part.indices.append(index)
            part.last = index
        entry = value._annotation.within
        if entry is not None:
            part = entered.setdefault(entry, _Part(entry.name, entry.began, entry))
            part.indices.append(index)
    # One that holds nothing but other groups is there too; the inner ones began later.
    for entry in [*entered]:
        outer = entry.around
        while outer is not None and outer not in entered:
            entered[outer] = _Part(outer.name, outer.began, outer)
            outer = outer.around
    for entry in sorted(entered, key=lambda entry: -entry.began):
        part = entered[entry]
        part.last = max(part.last, *part.indices[-1:], -1)
        if entry.around is not None:
            around = entered[entry.around]
            around.last = max(around.last, part.last)
    yield from closed.values()
    yield from entered.values()


def _around(part: _Part, last: Value) -> Entry | None:
    """The innermost entry that a group lies in: it began before the group did."""
    if part.entry is not None:
        return part.entry.around
    entry = (last._annotation or UNANNOTATED).within
    while entry is not None and entry.began >= part.since:
        entry = entry.around
    return entry


def _made_since(part: _Part, order: Sequence[Value], place: Mapping[int, int]) -> Iterator[int]:
    """All that led to the values that close a group and was made since it began."""
    met = set(part.indices)
    todo = [*part.indices]
    while todo:
        index = todo.pop()
        yield index
        for operand in (order[index]._left, order[index]._right):
            if operand is not None and operand.id >= part.since:
                before = place[operand.id]
                if before not in met:
                    met.add(before)
                    todo.append(before)


def _numbered(parts: Sequence[_Part]) -> Iterator[str]:
    """Names as they are; entries of one name in one place get a number each."""
    numbered = (part.entry is not None and part.entry.numbered for part in parts)
    keys = [
        (p.parent, p.name) if is_one else None for p, is_one in zip(parts, numbered, strict=True)
    ]
    total, count = Counter(keys), Counter[object]()
    for key, part in zip(keys, parts, strict=True):
        count[key] += 1
        yield part.name if key is None or total[key] == 1 else f"{part.name} {count[key]}"
