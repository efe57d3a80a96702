"""A chain of a million operations: no recursion error, no crash, nothing left over."""

import copy
import gc
import weakref

import pytest

from microgradwidgets import Tape, Value, backward, detect_anomaly, edges, nodes, to_dot
from microgradwidgets.graph import nearest
from tests.processes import PYODIDE, ROOT, interpreters, needs_pyodide, printed_by

LENGTH = 1_000_000
FINISHED = ["left_operands", "right_operands", "one_operand", "doublings", "labelled_copies"]
FINISHED += ["interleaved_chains", "held_in_places", "wide_fan_out", "layers"]
FINISHED += ["pickle", "done"]


@pytest.mark.parametrize("version", interpreters())
def test_n072_a015_a016_a_million_operations_on_a_stack_of_64_kilobytes(version):
    """Built, differentiated, hashed, printed, pickled, loaded and freed, in many shapes."""
    script = str(ROOT / "tests" / "deep_chain.py")
    assert printed_by(interpreters()[version], script, str(LENGTH)) == FINISHED


@needs_pyodide
def test_n072_a_million_operations_in_pyodide_under_node():
    assert printed_by(*PYODIDE, "deep_chain.py", str(LENGTH)) == ["Python", *FINISHED]


def chain(length):
    x = y = Value(1.0)
    for _ in range(length):
        y = x + y
    return x, y


def test_a015_the_hash_of_a_deep_chain_is_that_of_the_object():
    _, y = chain(50_000)
    assert hash(y) == object.__hash__(y)


def test_a016_what_is_printed_of_a_deep_chain_is_short():
    _, y = chain(50_000)
    assert max(len(repr(y)), len(repr(y.parents)), len(repr(Tape.record(y)))) < 200


def test_every_way_to_walk_a_graph_takes_a_deep_one():
    x, y = chain(50_000)
    tape = Tape.record(y)
    assert tape.gradients()[tape.index(x)] == backward(y)[x] == 50_001.0
    assert Tape.from_bytes(tape.to_bytes()).value().data == 50_001.0
    assert len(nodes(y)) == len(y.graph) == 50_001
    assert len(edges(y)) == 100_000
    assert len(nearest(y, 10**6)) == 50_001
    assert to_dot(y).count("->") == 100_000
    assert copy.deepcopy(y) is y
    with detect_anomaly():
        assert backward(y)[x] == 50_001.0


@pytest.fixture
def _no_collector():
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("_no_collector")
def test_a_dropped_value_is_freed_at_once_with_the_collector_off():
    x = Value(1.0, label="x")
    y = ((x * x + 1).tanh() / x).with_label("y")
    gone = [weakref.ref(thing) for thing in (x, y, y.parents[0].parent)]
    tape, table, rows = Tape.record(y), backward(y), nodes(y, backward(y))
    assert len(y.graph) == len(tape) == len(table) == len(rows)
    shown = y.with_grad(table)
    assert shown.grad == 1.0
    with pytest.raises(AttributeError):
        y.data = 2.0
    del x, y, shown
    assert [ref() for ref in gone] == [None, None, None]


@pytest.mark.usefixtures("_no_collector")
def test_nothing_is_left_for_the_collector():
    for _ in range(100):
        x, y = chain(200)
        backward(y)
        Tape.record(y).value()
        y.graph[x.id].parents  # noqa: B018
        copy.copy(y.with_label("y").parents)
    del x, y
    assert gc.collect() == 0


@pytest.mark.usefixtures("_no_collector")
def test_a_value_still_held_keeps_all_that_led_to_it():
    x, y = chain(1000)
    middle = y
    for _ in range(1000):
        y = y * 2.0
    gone = weakref.ref(y)
    del y
    assert gone() is None
    assert backward(middle)[x] == 1001.0
    assert len(middle.graph) == 1001
