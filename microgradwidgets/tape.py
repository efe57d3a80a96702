"""A graph written down flat: what crosses from Python to the browser and from notebook to file.

A :class:`Tape` holds one operation code a value, the indices of its operands, the numbers of the
leaves and the exponents of the powers; names and groups beside them. Replaying it gives the same
bits as building the expression did, without making values.

>>> from microgradwidgets import Value
>>> x = Value(3.0, label="x")
>>> tape = Tape.record(x * x + 1)
>>> tape.replay()[-1], tape.replay({"x": 5.0})[-1]
(10.0, 26.0)
>>> tape.gradients({x: 5.0})[tape.index("x")]
10.0
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from .arguments import names_by_id
from .arithmetic import UNARY, Real, as_float, described, power, powered
from .engine import Op, Value, expect_value
from .gradients import topological_order
from .immutable import set_annotation
from .recorded_groups import as_annotations, recorded_groups
from .tape_bytes import ADD, LEAF, MUL, OP_NAMES, POW, SUB, Group, pack, unpack

if TYPE_CHECKING:
    from .pickling import _Arrivals

_CODES = {name: code for code, name in enumerate(OP_NAMES)}
BINARY: dict[int, Callable[[float, float], float]] = {
    ADD: operator.add,
    SUB: operator.sub,
    MUL: operator.mul,
}
"""The operations of two operands, by code."""
_UNARY = {_CODES[name]: function for name, function in UNARY.items()}

_Step = tuple[int, int, int, int]


Leaves: TypeAlias = Sequence[Real] | Mapping[Any, Real] | None


@dataclass(frozen=True, eq=False, repr=False)
class Tape:
    """A recorded graph: ``len(tape)`` values in topological order, the output last.

    Attributes:
        ops: operation codes, places in ``OP_NAMES``.
        left, right: indices of the operands, -1 where there is none.
        leaves: the numbers of the leaves, in order.
        exponents: the exponents of the powers, in order.
        names: index → name, for the values that have one.
        groups: :class:`Group`, outer ones first; ``group_of[i]`` is the place of the innermost
            group of value ``i`` among them, or -1. It is empty when there are no groups.
        ids: id → index of the values recorded; a tape read from bytes has none.

    >>> from microgradwidgets import Value
    >>> tape = Tape.record(Value(3.0, label="x") * Value(5.0, label="y"))
    >>> tape, tape.leaves, tape.names
    (Tape(3 values, 2 leaves), (3.0, 5.0), mappingproxy({0: 'x', 1: 'y'}))
    """

    ops: bytes
    left: Sequence[int]
    right: Sequence[int]
    leaves: Sequence[float]
    exponents: Sequence[float] = ()
    names: Mapping[int, str] = field(default_factory=dict)
    groups: Sequence[Group] = ()
    group_of: Sequence[int] = ()
    ids: Mapping[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Columns that nobody changes: a tape is its own copy."""
        for column in fields(self):
            given = getattr(self, column.name)
            kept = MappingProxyType(dict(given)) if isinstance(given, Mapping) else tuple(given)
            object.__setattr__(self, column.name, bytes(given) if column.name == "ops" else kept)

    def __len__(self) -> int:
        return len(self.ops)

    def __repr__(self) -> str:
        return f"Tape({len(self):,} values, {len(self.leaves):,} leaves)"

    @classmethod
    def record(cls, value: Value, names: Mapping[int, str] | None = None) -> Tape:
        """Write down all that leads to ``value``.

        Args:
            value: the output.
            names: id → name, for values that have no label.

        >>> from microgradwidgets import Value
        >>> x = Value(3.0)
        >>> Tape.record(x * x, names={x.id: "x"}).names
        mappingproxy({0: 'x'})
        """
        order = topological_order(expect_value(value, "value"))
        order[-1] = value  # the copy at hand: a relabelled value is found by another under its id
        place = {v.id: index for index, v in enumerate(order)}
        labels = {place[i]: name for i, name in names_by_id(names).items() if i in place}
        labels.update((index, v.label) for index, v in enumerate(order) if v.label is not None)
        groups, group_of = recorded_groups(order, place)
        return cls(
            bytes([_CODES[v.op] if isinstance(v.op, str) else POW for v in order]),
            [-1 if v._left is None else place[v._left.id] for v in order],
            [-1 if v._right is None else place[v._right.id] for v in order],
            [v.data for v in order if v._left is None],
            [v.op[1] for v in order if not isinstance(v.op, str)],
            labels,
            groups,
            group_of,
            place,
        )

    # -- replay -----------------------------------------------------------------------------------

    @cached_property
    def leaf_indices(self) -> tuple[int, ...]:
        """The places of the leaves, in the order of ``leaves``.

        >>> from microgradwidgets import Value
        >>> Tape.record(Value(3.0) * 5).leaf_indices
        (0, 1)
        """
        return tuple(index for index, code in enumerate(self.ops) if code == LEAF)

    @cached_property
    def _exponent_of(self) -> dict[int, float]:
        powers = (index for index, code in enumerate(self.ops) if code == POW)
        return dict(zip(powers, self.exponents, strict=True))

    @cached_property
    def steps(self) -> tuple[_Step, ...]:
        """The operations in order: index, operation code, indices of the operands or -1.

        >>> from microgradwidgets import Value
        >>> Tape.record(Value(3.0) * 5).steps  # the third value, `*`, of the first and the second
        ((2, 3, 0, 1),)
        """
        rows = enumerate(zip(self.ops, self.left, self.right, strict=True))
        return tuple((index, code, a, b) for index, (code, a, b) in rows if code != LEAF)

    @cached_property
    def _steps_back(self) -> tuple[_Step, ...]:
        return self.steps[::-1]

    def function(self, index: int) -> Callable[[float], tuple[float, float]]:
        """What an operation of one operand does: ``x`` to ``(f(x), f'(x))``.

        >>> from microgradwidgets import Value
        >>> Tape.record(Value(3.0) ** 2).function(1)(5.0)
        (25.0, 10.0)
        """
        code = self.ops[index]
        if code == POW:
            return partial(powered, n=self._exponent_of[index])
        return _UNARY[code]

    def local_gradients(self, index: int, data: Sequence[float]) -> tuple[float, ...]:
        """The derivatives of a value by its operands, one an edge; none for a leaf.

        Args:
            index: the value.
            data: all numbers, as :meth:`replay` gives them.

        >>> from microgradwidgets import Value
        >>> tape = Tape.record(Value(3.0) * Value(5.0))
        >>> tape.local_gradients(2, tape.replay())
        (5.0, 3.0)
        """
        code, a, b = self.ops[index], self.left[index], self.right[index]
        if code == LEAF:
            return ()
        if code == MUL:
            return data[b], data[a]
        if code in (ADD, SUB):
            return 1.0, 1.0 if code == ADD else -1.0
        return (self.function(index)(data[a])[1],)

    def replay(self, leaves: Leaves = None) -> list[float]:
        """All numbers, in the order of the tape, for the recorded leaves or for others.

        Args:
            leaves: numbers for all leaves in order, or a mapping of those that change, by value,
                index or name.

        >>> from microgradwidgets import Value
        >>> tape = Tape.record(Value(3.0, label="x") * Value(5.0, label="y"))
        >>> tape.replay(), tape.replay([2.0, 4.0]), tape.replay({"y": 1.0})
        ([3.0, 5.0, 15.0], [2.0, 4.0, 8.0], [3.0, 1.0, 3.0])
        """
        data = self.filled(leaves)
        add, mul = ADD, MUL  # local names, for the two commonest steps of a hot loop
        for index, code, a, b in self.steps:
            if code == mul:
                data[index] = data[a] * data[b]
            elif code == add:
                data[index] = data[a] + data[b]
            elif code == SUB:
                data[index] = data[a] - data[b]
            elif code == POW:
                data[index] = power(data[a], self._exponent_of[index])
            else:
                data[index] = _UNARY[code](data[a])[0]
        return data

    def gradients(self, leaves: Leaves = None, data: Sequence[float] | None = None) -> list[float]:
        """The derivative of the output by every value, in the order of the tape.

        Args:
            leaves: as for :meth:`replay`.
            data: what ``replay(leaves)`` gave, if it is at hand.

        >>> from microgradwidgets import Value
        >>> tape = Tape.record(Value(3.0, label="x") * Value(5.0, label="y"))
        >>> tape.gradients(), tape.gradients({"y": 1.0})
        ([5.0, 3.0, 1.0], [1.0, 3.0, 1.0])
        """
        if data is None:
            data = self.replay(leaves)
        table = [-0.0] * len(data)  # adding to -0.0 changes no number, not even another -0.0
        table[-1] = 1.0
        add, mul = ADD, MUL
        for index, code, a, b in self._steps_back:
            upstream = table[index]
            if code == add:
                table[a] += upstream
                table[b] += upstream
            elif code == mul:
                table[a] += upstream * data[b]
                table[b] += upstream * data[a]
            elif code == SUB:
                table[a] += upstream
                table[b] -= upstream
            elif code == POW:
                table[a] += upstream * powered(data[a], self._exponent_of[index])[1]
            else:
                table[a] += upstream * _UNARY[code](data[a])[1]
        return table

    def value(self, leaves: Leaves = None, *, index: int | None = None) -> Value:
        """The expression rebuilt as a new immutable :class:`Value`, in groups, names as labels.

        Args:
            leaves: as for :meth:`replay`.
            index: the value wanted, the output if not given.

        >>> from microgradwidgets import Value
        >>> tape = Tape.record(Value(3.0, label="x") * Value(5.0, label="y"))
        >>> tape.value({"y": 1.0}), tape.value(index=0)
        (Value(data=3.0), Value(data=3.0, label='x'))
        """
        last = len(self) - 1 if index is None else index
        if not 0 <= last < len(self):
            raise IndexError(f"expected index to be in 0…{len(self) - 1}, got: {index}")
        data = self.filled(leaves)
        annotations = as_annotations(self.groups)
        made: list[Value] = []
        for i, code in enumerate(self.ops[: last + 1]):
            label = self.names.get(i)
            if code == LEAF:
                value = Value(data[i], label=label)
            elif code == MUL:
                value = made[self.left[i]].mul(made[self.right[i]], label=label)
            elif code == ADD:
                value = made[self.left[i]].add(made[self.right[i]], label=label)
            elif code == SUB:
                value = made[self.left[i]].sub(made[self.right[i]], label=label)
            elif code == POW:
                value = made[self.left[i]].pow(self._exponent_of[i], label=label)
            else:
                value = getattr(made[self.left[i]], OP_NAMES[code])(label=label)
            if annotations and self.group_of[i] >= 0:
                set_annotation(value, annotations[self.group_of[i]])
            made.append(value)
        return made[-1]

    def index(self, value: Value | str) -> int:
        """Where a recorded value, or the first of this name, stands on the tape.

        >>> from microgradwidgets import Value
        >>> x, y = Value(3.0), Value(5.0, label="y")
        >>> tape = Tape.record(x * y)
        >>> tape.index(x), tape.index("y")
        (0, 1)
        """
        if isinstance(value, Value):
            if value.id in self.ids:
                return self.ids[value.id]
        elif isinstance(value, str):
            for index, name in self.names.items():
                if name == value:
                    return index
        raise KeyError(f"expected a value of this tape or its name, got: {described(value)}")

    def op(self, index: int) -> Op:
        """The operation of a value, as ``Value.op`` has it.

        >>> from microgradwidgets import Value
        >>> tape = Tape.record(Value(3.0) ** 2)
        >>> tape.op(0), tape.op(1)
        ('leaf', ('pow', 2.0))
        """
        code = self.ops[index]
        return ("pow", self._exponent_of[index]) if code == POW else OP_NAMES[code]

    def filled(self, leaves: Leaves = None) -> list[float]:
        """A list for all numbers, with those of the leaves in their places.

        >>> from microgradwidgets import Value
        >>> Tape.record(Value(3.0) * 5).filled()
        [3.0, 5.0, 0.0]
        """
        numbers: Sequence[float] = self.leaves
        changes: Mapping[Any, Real] = {}
        if isinstance(leaves, Mapping):
            changes = leaves
        elif leaves is not None:
            numbers = [as_float(number, "leaf") for number in leaves]
            if len(numbers) != len(self.leaves):
                raise ValueError(f"expected {len(self.leaves)} leaves, got: {len(numbers)}")
        data = [0.0] * len(self)
        for index, number in zip(self.leaf_indices, numbers, strict=True):
            data[index] = number
        for key, changed in changes.items():
            index = key if type(key) is int else self.index(key)
            if not (0 <= index < len(self) and self.ops[index] == LEAF):
                raise KeyError(f"expected a leaf of this tape, got: {described(key)}")
            data[index] = as_float(changed, "leaf")
        return data

    # -- copies: a tape arrives by pickle as values do, with new ids ------------------------------

    def __copy__(self) -> Tape:
        return self

    def __deepcopy__(self, memo: object) -> Tape:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        from .pickling import _departure

        columns = {column.name: getattr(self, column.name) for column in fields(self)}
        mappings = {name: dict(c) for name, c in columns.items() if isinstance(c, Mapping)}
        return Tape._arrived, (_departure, columns | mappings)

    @classmethod
    def _arrived(cls, arrivals: _Arrivals, columns: dict[str, Any]) -> Tape:
        new_id = arrivals.assign(columns["ids"])
        return cls(**columns | {"ids": {new_id[old]: at for old, at in columns["ids"].items()}})

    # -- bytes ------------------------------------------------------------------------------------

    def to_bytes(self) -> bytes:
        """The tape, compressed; the format is described in :mod:`microgradwidgets.tape_bytes`.

        >>> from microgradwidgets import Value
        >>> Tape.record(Value(3.0) * 5).to_bytes()[:4]
        b'MGWT'
        """
        return pack(self)

    @classmethod
    def from_bytes(cls, packed: bytes) -> Tape:
        """Read what :meth:`to_bytes` wrote; a ``ValueError`` says what is wrong with it.

        >>> from microgradwidgets import Value
        >>> Tape.from_bytes(Tape.record(Value(3.0, label="x") * 5).to_bytes()).replay({"x": 2.0})[
        ...     -1
        ... ]
        10.0
        >>> Tape.from_bytes(b"anything")
        Traceback (most recent call last):
        ValueError: malformed tape: expected bytes that begin with MGWT, got: b'anything'
        """
        return cls(**unpack(packed))
