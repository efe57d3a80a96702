"""A tape for many examples at once: the bits of one large graph of them all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgradwidgets import Tape, Value, backward
from microgradwidgets.batch import BatchReplay
from tests.graphs import AWKWARD, bits, built_on, steps

ordinary = st.floats(-4.0, 4.0)
awkward = st.floats() | st.sampled_from(AWKWARD)


@given(
    steps,
    st.lists(ordinary, min_size=3, max_size=3) | st.lists(awkward, min_size=3, max_size=3),
    st.lists(st.tuples(awkward, awkward), min_size=1, max_size=4),
)
def test_forward_and_backward_are_those_of_the_sum_over_the_examples(steps, shared, varying):
    # x0, x1, x2 are parameters, the same leaves for every example; x3 and x4 vary.
    parameters = [Value(number, label=f"x{place}") for place, number in enumerate(shared)]
    placeholders = [Value(0.0, label="x3"), Value(0.0, label="x4")]
    tape = Tape.record(built_on([*parameters, *placeholders], steps))
    known = [v for v in parameters if v.id in tape.ids]
    columns = [list(column) for column in zip(*varying, strict=True)]
    used = [place for place, v in enumerate(placeholders) if v.id in tape.ids]
    replay = BatchReplay(tape, [placeholders[p] for p in used], known)
    data = replay.forward([v.data for v in known], [columns[p] for p in used])

    outputs = []
    for numbers in varying:
        outputs.append(built_on([*parameters, *map(Value, numbers)], steps))
    column = data[-1] if isinstance(data[-1], list) else [data[-1]] * len(varying)
    assert bits(column) == bits(o.data for o in outputs)

    total = Value.sum(outputs, Value(0.0))
    gradients = backward(total)
    upstream = [gradients[o] for o in outputs]
    found = replay.backward(data, upstream, [-0.0] * len(known))
    assert bits(found) == bits(gradients[v] for v in known)


def test_what_the_leaves_have_from_elsewhere_comes_first():
    w, x = Value(2.0, label="w"), Value(0.0, label="x")
    replay = BatchReplay(Tape.record(w * x), [x], [w])
    data = replay.forward([2.0], [[1.0, 1e-17]])
    assert replay.backward(data, [1.0, 1.0], [1e16]) == [(1e16 + 1e-17) + 1.0]


def test_leaves_that_are_neither_are_constants():
    w, x, c = Value(2.0), Value(0.0), Value(5.0)
    replay = BatchReplay(Tape.record(w * x + c), [x], [w])
    assert replay.forward([3.0], [[1.0, 10.0]])[-1] == [8.0, 35.0]


def test_a_leaf_of_another_tape_is_an_error_that_says_so():
    with pytest.raises(KeyError, match="expected a value of this tape or its name, got: Value"):
        BatchReplay(Tape.record(Value(1.0) * 2), [Value(1.0)], [])


def test_what_is_used_several_times_gets_the_sum_for_each_example():
    w, x = Value(0.5, label="w"), Value(0.0, label="x")

    def expression(w, x):
        h = w * x
        return ((h + 1.0) * h - 2.0) * (h * 3.0 + h * h) - h * h * h + h.tanh() - w * x

    columns = [1.5, -0.25, 3.0]
    replay = BatchReplay(Tape.record(expression(w, x)), [x], [w])
    found = replay.backward(replay.forward([0.5], [columns]), [1.0, 2.0, -1.0], [0.25])
    total = 0.25 * w
    for number, upstream in zip(columns, [1.0, 2.0, -1.0], strict=True):
        total = total + expression(w, Value(number)) * upstream
    assert found == pytest.approx([backward(total)[w]], rel=1e-14)


def test_the_first_value_of_a_tape_counts_where_it_is_a_right_operand():
    w, x = Value(0.5, label="w"), Value(0.0, label="x")
    tape = Tape.record(w.tanh() + x * w)
    assert tape.index(w) == 0
    replay = BatchReplay(tape, [x], [w])
    data = replay.forward([0.5], [[10.0, 20.0]])
    expected = backward(Value(0.5).tanh())
    slope = [*expected.to_map().values()]
    assert replay.backward(data, [1.0, 1.0], [0.0]) == pytest.approx([30.0 + 2 * min(slope)])
