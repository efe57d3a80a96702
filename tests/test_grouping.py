"""``with group(...)``: what is made meanwhile, and nothing else, is one part of the graph."""

import asyncio
import contextvars
import copy
import gc
import pickle
import threading
import weakref
from contextlib import ExitStack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgradwidgets import MLP, Tape, Value, backward, detect_anomaly, group, watching
from microgradwidgets.engine import fresh_id
from microgradwidgets.gradients import topological_order
from microgradwidgets.records import Entry
from tests.processes import PYODIDE, ROOT, interpreters, needs_pyodide, printed_by


def tree(value):
    """Of every value its label or operation, and the names of the groups around it."""
    tape = Tape.record(value)
    return {
        tape.names.get(index, f"{tape.op(index)}"): path(tape, number)
        for index, number in enumerate(tape.group_of or [-1] * len(tape))
    }


def path(tape, number):
    names = []
    while number is not None and number >= 0:
        names.append(tape.groups[number].name)
        number = tape.groups[number].parent
    return "/".join(reversed(names))


@pytest.fixture
def x():
    return Value(2.0, label="x")


@pytest.fixture(autouse=True)
def nothing_is_left_open():
    yield
    assert not watching.active


def test_what_is_made_inside_belongs_to_the_group_and_nothing_else(x):
    before = x.mul(x, label="before")
    with group("attention"):
        inside = before.tanh(label="inside")
    after = inside.add(x, label="after")
    assert tree(after) == {"x": "", "before": "", "inside": "attention", "after": ""}


def test_a_constant_written_inside_is_made_inside(x):
    with group("twice"):
        y = x * 2.0
    assert tree(y) == {"x": "", "leaf": "twice", "*": "twice"}


def test_a_group_changes_no_number_and_no_derivative(x):
    with group("g"):
        y = (x * x + x).tanh()
    plain = (x * x + x).tanh()
    assert (y.data, backward(y)[x]) == (plain.data, backward(plain)[x])


def test_groups_nest(x):
    with group("outer"):
        a = x.mul(x, label="a")
        with group("inner"):
            b = a.tanh(label="b")
        c = b.exp(label="c")
    assert tree(c) == {"x": "", "a": "outer", "b": "outer/inner", "c": "outer"}


def test_a_group_of_groups_alone_is_there_too(x):
    with group("outer"), group("middle"), group("inner"):
        y = x.tanh(label="y")
    assert tree(y)["y"] == "outer/middle/inner"


def test_a_group_entered_again_in_a_loop_is_another_one_and_numbered(x):
    total = x
    for _ in range(3):
        with group("step"):
            total = total.tanh()
    names = [part.name for part in Tape.record(total).groups]
    assert names == ["step 1", "step 2", "step 3"]


def test_only_siblings_are_numbered(x):
    total = x
    for name in ("first", "second"):
        with group(name):
            for _ in range(2):
                with group("head"):
                    total = total.tanh()
            with group("sum"):
                total = total + x
    tape = Tape.record(total)
    assert {path(tape, number) for number in range(len(tape.groups))} == {
        "first",
        "first/head 1",
        "first/head 2",
        "first/sum",
        "second",
        "second/head 1",
        "second/head 2",
        "second/sum",
    }


def test_a_hundred_thousand_entries_are_recorded(x):
    total = x
    for _ in range(100_000):
        with group("step"):
            total = total + x
    tape = Tape.record(total)
    assert len(tape.groups) == 100_000
    assert tape.groups[-1].name == "step 100000"


def test_a_group_may_be_left_by_an_error(x):
    with pytest.raises(ValueError, match="no"), group("g"):
        raise ValueError("no")
    assert tree(x.tanh(label="y"))["y"] == ""
    with pytest.raises(TypeError), group("h"):
        x + "text"
    assert tree(x.tanh(label="y"))["y"] == ""


def test_copies_stay_in_their_group(x):
    with group("g"):
        y = x.tanh()
    assert tree(y.with_label("y"))["y"] == "g"
    assert tree(y.with_grad(backward(y)).with_label("y"))["y"] == "g"
    assert copy.deepcopy(y) is y


# -- as a decorator -------------------------------------------------------------------------------


def test_every_call_of_a_function_is_a_group(x):
    @group("square")
    def square(v):
        """v times v."""
        return v * v

    y = square(square(x)).with_label("y")
    assert (square.__name__, square.__doc__) == ("square", "v times v.")
    assert [part.name for part in Tape.record(y).groups] == ["square 1", "square 2"]
    assert tree(y)["y"] == "square 2"


def test_a_function_may_call_itself(x):
    @group("level")
    def power(v, n):
        return v if n == 0 else power(v, n - 1).tanh()

    tape = Tape.record(power(x, 3))
    assert [path(tape, number) for number in tape.group_of] == [
        "",
        "level/level/level",
        "level/level",
        "level",
    ]


def test_an_argument_handed_back_was_made_elsewhere(x):
    assert tree(group("same")(lambda v: v)(x).tanh(label="y")) == {"x": "", "y": ""}


def test_a_generator_is_in_its_group_and_its_caller_is_not(x):
    @group("made")
    def powers(v):
        while True:
            v = v * x
            yield v

    outside = x
    for n, v in enumerate(powers(x)):
        outside = outside.add(v, label=f"outside {n}")
        if n == 2:
            break
    places = tree(outside)
    assert all(places[f"outside {n}"] == "" for n in range(3))
    assert places["*"] == "made"
    assert len(Tape.record(outside).groups) == 1


def test_a_generator_hands_on_what_it_is_sent_and_returns(x):
    @group("echo")
    def echo():
        received = yield 1
        try:
            yield received
        except KeyError:
            yield "caught"
        return x.tanh(label="y")

    running = echo()
    assert next(running) == 1
    assert running.send(5) == 5
    assert running.throw(KeyError()) == "caught"
    with pytest.raises(StopIteration) as end:
        next(running)
    assert tree(end.value.value)["y"] == "echo"


def test_generators_and_their_caller_interleave(x):
    def work(name):
        with group(name):
            while True:
                yield x.tanh(label=name)

    first, second = work("first"), work("second")
    values = [next(first), next(second)]
    with group("caller"):
        values += [x.exp(label="a"), next(first).with_label("again"), x.exp(label="b")]
        first.close()
        values += [x.exp(label="c"), next(second).with_label("later")]
    second.close()
    values.append(x.exp(label="d"))
    places = tree(Value.sum(values))
    assert {name: places[name] for name in ("first", "second", "a", "again", "b", "c")} == {
        "first": "first",
        "second": "second",
        "a": "caller",
        "again": "first",
        "b": "caller",
        "c": "caller",
    }
    assert (places["later"], places["d"]) == ("second", "")


SLEEPING = ["first", "second", "-", "first", "caller", "second", "caller", "second", "-"]


@pytest.mark.parametrize("version", interpreters())
def test_a_sleeping_generator_is_known_on_every_python(version):
    script = str(ROOT / "tests" / "sleeping_generators.py")
    assert printed_by(interpreters()[version], script) == SLEEPING


@needs_pyodide
def test_a_sleeping_generator_is_known_in_pyodide():
    assert printed_by(*PYODIDE, "sleeping_generators.py") == ["Python", *SLEEPING]


def test_a_generator_that_is_forgotten_leaves_nothing_behind(x):
    class Room:
        """Something a local variable holds."""

    rooms = []

    def work():
        room = Room()
        rooms.append(weakref.ref(room))
        with group("g"):
            yield x.tanh()

    for _ in range(10):
        next(work())
    gc.collect()
    assert [room() for room in rooms] == [None] * 10
    assert tree(x.tanh(label="y"))["y"] == ""


def test_a_generator_may_end_in_another_context(x):
    def work():
        with group("g"):
            yield x.tanh(label="inside")

    running = work()
    contextvars.copy_context().run(next, running)
    running.close()
    assert tree(x.tanh(label="y"))["y"] == ""


# -- threads and tasks ----------------------------------------------------------------------------


def test_threads_have_their_own_groups(x):
    together = threading.Barrier(4)
    made = {}

    def work(name):
        values = []
        for _ in range(200):
            with group(name):
                together.wait()
                values.append(x.tanh(label=name))
            values.append(x.exp(label=f"after {name}"))
        made[name] = values

    threads = [threading.Thread(target=work, args=(f"t{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name, values in made.items():
        tape = Tape.record(Value.sum(values))
        for index, label in tape.names.items():
            if label.endswith(name):
                inside = path(tape, tape.group_of[index])
                assert inside.startswith(name) if label == name else inside == ""


def test_tasks_have_their_own_groups_and_hand_them_on(x):
    @group("task")
    async def work(name):
        await asyncio.sleep(0)
        first = x.tanh(label=name)
        await asyncio.sleep(0)
        with group("inner"):
            await asyncio.sleep(0)
            return first.exp(label=f"{name} inner")

    async def run():
        pair = await asyncio.gather(work("a"), work("b"))
        outside = x.exp(label="outside")
        with group("whole"):
            child = await asyncio.create_task(work("c"))
        return Value.sum([*pair, outside, child])

    places = tree(asyncio.run(run()))
    assert places["a"] == "task 1"
    assert places["b inner"] == "task 2/inner"
    assert places["outside"] == ""
    assert places["c inner"] == "whole/task/inner"


# -- together with networks, anomalies, pickles ---------------------------------------------------


def test_a_network_called_inside_brings_its_own_groups():
    model = MLP(2, [3, 1])
    with group("encoder"):
        with group("scale"):
            inputs = [Value(1.0, label="u") * 2.0, Value(-1.0, label="v")]
        score = model(inputs)
        y = score.tanh(label="y")
    tape = Tape.record(y)
    paths = {path(tape, number) for number in range(len(tape.groups))}
    assert {"encoder", "encoder/scale", "encoder/layer 1", "encoder/layer 2/neuron 1"} <= paths
    weights = [index for index, name in tape.names.items() if name.startswith("layer")]
    assert {path(tape, tape.group_of[index]) for index in weights} == {""}
    unfolded = [index for index in range(len(tape)) if tape.op(index) in ("*", "+")]
    assert all(path(tape, tape.group_of[index]).startswith("encoder") for index in unfolded)


def test_folded_sums_are_alike_however_they_are_computed():
    model = MLP(2, [2, 1])

    def groups():
        with group("g"):
            tape = Tape.record(model([1.0, 2.0]))
        return [path(tape, number) for number in tape.group_of]

    quickly = groups()
    with detect_anomaly():
        assert groups() == quickly


def test_a_group_closed_by_id_lies_inside_the_one_it_began_in(x):
    with group("outer"):
        since = fresh_id()
        with group("inner"):
            y = x.tanh(label="a").exp(label="b")
        closed = y.with_group("closed", since)
    after = closed.tanh(label="after")
    places = tree(after)
    assert places["a"] == "outer/closed/inner"
    assert places["b"] == "outer/closed/inner"


def test_a_group_entered_after_an_id_lies_inside_what_that_id_closes(x):
    since = fresh_id()
    with group("block"):
        y = x.tanh(label="a")
    z = y.exp(label="b").with_group("closed", since)
    assert tree(z) == {"x": "", "a": "closed/block", "b": "closed"}


PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_groups_survive_pickle_and_the_tape(x, protocol):
    with group("outer"):
        a = x.tanh(label="a")
        with group("inner"):
            b = a.exp(label="b")
    arrived = pickle.loads(pickle.dumps(b, protocol))
    assert tree(arrived) == tree(b)
    tape = Tape.from_bytes(Tape.record(arrived).to_bytes())
    assert [part.name for part in tape.groups] == ["outer", "inner"]
    again = pickle.loads(pickle.dumps(Tape.record(b), protocol))
    assert again.groups == Tape.record(b).groups


def test_values_of_one_pickle_share_their_groups(x):
    with group("g"):
        a, b = x.tanh(label="a"), x.exp(label="b")
    new_a, new_b = pickle.loads(pickle.dumps((a, b)))
    assert len(Tape.record(new_a + new_b).groups) == 1


def test_what_is_loaded_inside_a_group_was_made_elsewhere(x):
    with group("old"):
        saved = pickle.dumps((x.tanh(label="a"), x.exp(label="b") + 1.0))
    plain = pickle.dumps(x.tanh(label="c"))
    with group("new"):
        a, b = pickle.loads(saved)
        total = a + b + pickle.loads(plain)
    places = tree(total)
    assert (places["a"], places["b"], places["c"]) == ("old", "old", "")


def test_ten_thousand_nested_groups_go_through_pickle(x):
    y = x
    with ExitStack() as stack:
        for depth in range(10_000):
            stack.enter_context(group(f"level {depth}"))
        y = x.tanh(label="y")
    arrived = pickle.loads(pickle.dumps(y))
    assert len(Tape.record(arrived).groups) == 10_000


def test_no_group_outlives_its_values(x):
    def is_there():
        return any(isinstance(t, Entry) and t.name == "short-lived" for t in gc.get_objects())

    with group("short-lived"):
        y = x.tanh()
    assert is_there()
    del y
    assert not is_there()


# -- what it may be given -------------------------------------------------------------------------


@pytest.mark.parametrize("name", [None, 1, b"x", ["x"]])
def test_a_name_is_text(name):
    with pytest.raises(TypeError, match="expected name to be a str, got: "):
        group(name)


def test_a_group_is_entered_once_at_a_time(x):
    g = group("g")
    with g, pytest.raises(RuntimeError, match="not open yet, got: group\\('g'\\) once more"), g:
        pass
    with g:
        y = x.tanh(label="y")
    assert tree(y)["y"] == "g"
    with pytest.raises(RuntimeError, match="expected a group that is open"):
        g.__exit__(None, None, None)


@pytest.mark.parametrize("thing", [3, Value, "f"])
def test_only_a_function_is_decorated(thing):
    with pytest.raises(TypeError, match="expected a function, coroutine or generator to group"):
        group("g")(thing)


def test_an_async_generator_is_told_to_write_a_with():
    async def numbers():
        yield 1

    with pytest.raises(TypeError, match="expected a function"):
        group("g")(numbers)


# -- any nesting ----------------------------------------------------------------------------------

_programs = st.recursive(
    st.just("value"),
    lambda inner: st.lists(inner | st.tuples(st.sampled_from("abc"), inner), max_size=4),
    max_leaves=30,
)


@given(_programs)
def test_every_value_is_where_it_was_made(program):
    x = Value(0.5, label="x")
    expected = {}
    values = [x]

    def run(part, around):
        if part == "value":
            label = f"v{len(values)}"
            values.append(values[-1].mul(x, label=label))
            expected[label] = around
        elif isinstance(part, tuple):
            with group(part[0]):
                run(part[1], (*around, part[0]))
        else:
            for other in part:
                run(other, around)

    run(program, ())
    output = Value.sum(values)
    tape = Tape.record(output)
    for index, label in tape.names.items():
        names = path(tape, tape.group_of[index] if tape.group_of else -1)
        plain = tuple(name.split(" ")[0] for name in names.split("/") if name)
        assert plain == expected.get(label, ())
    arrived = pickle.loads(pickle.dumps(output))
    assert Tape.record(arrived).groups == tape.groups
    assert list(Tape.record(arrived).group_of) == list(tape.group_of)
    assert Tape.record(tape.value()).to_bytes() == tape.to_bytes()
    assert Tape.record(pickle.loads(pickle.dumps(tape.value()))).to_bytes() == tape.to_bytes()
    for number, part in enumerate(tape.groups):
        assert part.parent is None or part.parent < number
    assert len(topological_order(output)) == len(tape)


def test_a_block_that_an_interrupt_kept_from_opening_is_not_open(monkeypatch):
    class Interrupted(set):
        def add(self, block):
            super().add(block)
            raise KeyboardInterrupt

    monkeypatch.setattr(watching, "active", Interrupted())
    block = group("layer")
    with pytest.raises(KeyboardInterrupt), block:
        raise AssertionError("expected not to be in the block")
    assert watching.active == set()
    monkeypatch.undo()
    with block:
        assert [one.name for one in Tape.record(Value(1.0) + 1.0).groups] == ["layer"]


def test_a_block_that_holds_nothing_but_blocks_is_closed_by_their_last_value():
    with group("a"), group("b"), group("c"):
        x = Value(1.0)
    tape = Tape.record(x * 2.0)
    assert [(one.name, one.output) for one in tape.groups] == [("a", 0), ("b", 0), ("c", 0)]
