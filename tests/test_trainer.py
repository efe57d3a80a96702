"""Training: the reference runs to the last bit, one step at a time, and how it can end."""

import gc
import math
import pickle
import re
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import pytest

from microgradwidgets import (
    MLP,
    Dataset,
    Neuron,
    Run,
    Step,
    Value,
    apply_gradients,
    backward,
    max_margin,
    moons,
    official_micrograd_learning_rate,
    steps,
    train,
)
from microgradwidgets.nn import Module
from microgradwidgets.optimizers import EMPTY, OPTIMIZERS, update
from tests import trained
from tests.graphs import bits
from tests.processes import PYODIDE, ROOT, interpreters, needs_pyodide, printed_by, run
from tests.reference import RUNS, SEEDS

XS, YS = [[-1.0, 0.5], [1.0, 0.0], [0.5, -2.0], [-0.25, 1.5]], [-1.0, 1.0, 1.0, -1.0]
each_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS)


def numbers_of(model):
    return [p.data for p in model.parameters()]


# -- the same bits --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RUNS)
def test_a_run_is_that_of_the_reference(name):
    expected = RUNS[name]
    model = MLP(2, expected["shape"]).with_parameters(expected["params"])
    data = Dataset(expected["xs"], expected["ys"])
    found = train(model, data, steps=expected["steps"], alpha=expected["alpha"])
    assert list(found.history) == expected["history"]
    assert numbers_of(found.final_model) == expected["final_params"]
    assert found.final_loss == expected["final_loss"]
    assert found.final_accuracy == expected["final_accuracy"]
    assert (found.status, found.diverged_at) == ("completed", None)
    assert found.initial_model is model
    assert numbers_of(model) == expected["params"]


def test_from_the_seeds_alone_it_is_the_reference_run():
    name = "moons_100_16_16_1"
    found = train(MLP(2, [16, 16, 1], seed=SEEDS[name]), moons(100), steps=5)
    assert list(found.history) == RUNS[name]["history"][:5]


@each_optimizer
@pytest.mark.parametrize("activation", ["relu", "tanh"])
@pytest.mark.parametrize("batch_size", [None, 3])
def test_every_step_is_what_the_values_give(optimizer, activation, batch_size):
    """The loop that a learner would write, value by value, beside the tape's."""
    model, memory = MLP(2, [3, 2, 1], activation=activation, seed=4), EMPTY
    options = {"alpha": 0.01, "batch_size": batch_size, "learning_rate": 0.2}
    taken = steps(model, (XS, YS), steps=4, optimizer=optimizer, seed=(1, 2, 3), **options)
    for k, step in enumerate(taken):
        seed = (1 + k, 2 + 31 * k, 3 + 131 * k)  # MicrogradEx's seed for a step
        loss = max_margin(model, XS, YS, alpha=0.01, batch_size=batch_size, seed=seed)
        gradients = backward(loss.total_loss)
        slopes = [gradients[p] for p in model.parameters()]
        after, memory = update(optimizer, numbers_of(model), slopes, 0.2, memory)
        model = model.with_parameters(after)
        measured = (step.loss, step.data_loss, step.reg_loss, step.accuracy)
        terms = (loss.total_loss.data, loss.data_loss.data, loss.reg_loss.data, loss.accuracy)
        assert measured == terms
        assert bits(step.gradients) == bits(slopes)
        assert numbers_of(step.model_after) == after
        assert step.memory == memory


def test_a_shared_parameter_stays_shared():
    w = Value(0.5)
    model = MLP(1, [2, 1], weights=[[[w], [w]], [[1.0, -2.0]]])
    xs, ys = [[1.0], [2.0]], [1.0, -1.0]
    step = next(steps(model, (xs, ys), learning_rate=0.1))
    gradients = backward(max_margin(model, xs, ys).total_loss)
    by_hand = apply_gradients(model, gradients, 0.1)
    assert numbers_of(step.model_after) == numbers_of(by_hand)
    first, second = (neuron.weights[0] for neuron in step.model_after.layers[0].neurons)
    assert first is second


class Own(Module):
    """A model of somebody's own: of its inputs, or of none, it makes what it is told."""

    def __init__(self, w, forward):
        self.w, self.forward = w, forward

    def parameters(self):
        return (self.w,)

    def forward_many(self, inputs):
        return self.forward(self.w, *inputs)

    def _rebuilt(self, supply):
        return Own(next(supply), self.forward)


@pytest.mark.parametrize(
    "forward",
    [
        lambda w, x1, x2: (w * x1,),
        lambda w, x1, x2: (w * 2.0,),
        lambda w, x1, x2: (Value(2.0) * x2,),
        lambda w, x1, x2: (Value(2.0),),
    ],
    ids=["one input", "no input", "no parameter", "neither"],
)
def test_what_leads_nowhere_is_no_hindrance(forward):
    model = Own(Value(0.3), forward)
    step = next(steps(model, (XS, YS), learning_rate=0.1, alpha=0.01))
    loss = max_margin(model, XS, YS, alpha=0.01)
    slope = backward(loss.total_loss)[model.w]
    assert (step.loss, step.accuracy) == (loss.total_loss.data, loss.accuracy)
    assert bits(step.gradients) == bits([slope])
    assert numbers_of(step.model_after) == [0.3 - 0.1 * slope]


def test_results_can_be_trained_once_they_are_leaves():
    w = Value(0.5)
    model = MLP(2, [1], weights=[[[w * 2, w]]])
    leaves = model.with_parameters(numbers_of(model))
    assert numbers_of(train(leaves, (XS, YS), steps=1).initial_model) == numbers_of(model)


def test_twenty_processes_with_random_hash_seeds_train_one_model():
    with ThreadPoolExecutor(4) as pool:
        hashes = list(
            pool.map(lambda _: run("from tests.trained import *; print(trained())"), range(20))
        )
    assert hashes == [trained.HASH + "\n"] * 20


@pytest.mark.parametrize("version", interpreters())
def test_every_release_of_python_trains_that_model(version):
    script = str(ROOT / "tests" / "trained.py")
    assert printed_by(interpreters()[version], script) == [trained.HASH]


@needs_pyodide
def test_a_browser_trains_that_model():
    assert printed_by(*PYODIDE, "trained.py") == ["Python", trained.HASH]


# -- steps ----------------------------------------------------------------------------------------


def test_steps_are_taken_one_at_a_time_and_join():
    model = MLP(2, [3, 1])
    taken = steps(model, (XS, YS), steps=3)
    assert iter(taken) is taken
    first, second, third = taken
    assert [s.step for s in (first, second, third)] == [0, 1, 2]
    assert first.model_before is model
    assert second.model_before is first.model_after
    assert numbers_of(first.model_before) != numbers_of(first.model_after)
    assert first.learning_rate == 1.0
    assert third.learning_rate == 1.0 - 0.9 * 2 / 100
    assert repr(first) == f"Step(0, loss {first.loss:.4f}, accuracy {first.accuracy:.1%})"
    assert list(first.row()) == [
        "step",
        "loss",
        "data_loss",
        "reg_loss",
        "accuracy",
        "learning_rate",
    ]


def test_a_step_does_not_change():
    step = next(steps(MLP(2, [3, 1]), (XS, YS)))
    with pytest.raises(AttributeError):
        step.loss = 0.0
    assert isinstance(step.gradients, tuple)
    assert isinstance(step.memory, tuple)


def test_without_a_number_they_have_no_end():
    taken = steps(Neuron(2, nonlin=False), (XS, YS), steps=None, learning_rate=0.01)
    assert [s.step for s in islice(taken, 250)] == list(range(250))


@each_optimizer
@pytest.mark.parametrize("batch_size", [None, 2])
def test_from_any_step_one_can_go_on_and_nothing_differs(optimizer, batch_size):
    options = {"optimizer": optimizer, "batch_size": batch_size, "learning_rate": 0.1}
    whole = list(steps(MLP(2, [4, 1]), (XS, YS), steps=10, **options))
    rest = list(steps(whole[3], (XS, YS), steps=6, **options))
    assert [s.row() for s in rest] == [s.row() for s in whole[4:]]
    assert numbers_of(rest[-1].model_after) == numbers_of(whole[-1].model_after)
    found = train(whole[3], (XS, YS), steps=6, **options)
    assert found.initial_model is whole[3].model_after
    assert list(found.history) == [s.row() for s in rest]


@each_optimizer
def test_another_optimizer_begins_with_an_empty_memory(optimizer):
    first = next(steps(MLP(2, [3, 1]), (XS, YS), optimizer="adam", learning_rate=0.1))
    options = {"optimizer": optimizer, "learning_rate": 0.1, "steps": 1}
    (second,) = steps(first, (XS, YS), **options)
    memory = first.memory if optimizer == "adam" else EMPTY
    before = numbers_of(first.model_after)
    after, _ = update(optimizer, before, second.gradients, 0.1, memory)
    assert numbers_of(second.model_after) == after


def test_without_a_seed_the_batches_differ():
    def losses():
        return [s.loss for s in steps(MLP(2, [3, 1]), moons(50), steps=5, batch_size=5, seed=None)]

    assert losses() != losses()


def test_the_learning_rate_may_be_a_function_of_the_step():
    taken = steps(Neuron(2), (XS, YS), steps=3, learning_rate=lambda k: 1 / (k + 1))
    assert [s.learning_rate for s in taken] == [1.0, 0.5, 1 / 3]


def test_the_schedule_of_the_demo_ends_at_a_tenth():
    rates = [official_micrograd_learning_rate(k) for k in (0, 1, 99, 100, 101, 5000)]
    assert rates == [1.0, 0.991, 1.0 - 0.9 * 99 / 100, 1.0 - 0.9 * 100 / 100, 0.1, 0.1]


# -- steps of one's own loop ----------------------------------------------------------------------


def test_a_step_of_ones_own_is_that_of_the_trainer():
    model = MLP(2, [3, 1])
    loss = max_margin(model, XS, YS)
    gradients = backward(loss.total_loss)
    own = Step.of(
        0, model, loss, gradients, model.apply_gradients(gradients, 0.1), learning_rate=0.1
    )
    step = next(steps(model, (XS, YS), learning_rate=0.1))
    assert own.row() == step.row()
    assert own.gradients == step.gradients
    assert numbers_of(own.model_after) == numbers_of(step.model_after)
    assert (own.optimizer, own.memory, own.divergence) == ("own", EMPTY, None)


def test_a_loss_of_ones_own_is_all_data_loss_and_has_no_accuracy():
    model = Neuron(1, weights=[1.0], nonlin=False)
    loss = (model(2.0) - 5.0) ** 2
    step = Step.of(7, model, loss, backward(loss), model)
    assert (step.step, step.loss, step.data_loss, step.reg_loss) == (7, 9.0, 9.0, 0.0)
    assert math.isnan(step.accuracy)
    assert math.isnan(step.learning_rate)
    assert step.gradients == (-12.0, -6.0)
    assert repr(step) == "Step(7, loss 9.0000)"
    assert repr(Step.of(7, model, loss, backward(loss), model, accuracy=0.5)).endswith("50.0%)")


def test_a_loss_that_runs_away_is_written_with_an_exponent():
    run = train(MLP(2, [4, 1]), moons(20), learning_rate=1e6, steps=20)
    assert run.final_loss > 1e30
    assert re.fullmatch(r"Run\(\d+ steps, loss \d\.\d{4}e\+\d+, .*\)", repr(run))


def test_a_step_of_ones_own_says_where_it_broke():
    model = Neuron(1, weights=[0.0], nonlin=False)
    loss = model(1.0).log().with_label("logarithm")
    step = Step.of(3, model, loss, backward(loss), model)
    assert step.divergence.node.op == "log"
    assert str(step.divergence).startswith("step 3: -inf from the operation 'log' (logarithm)")


def test_what_is_no_step_of_ones_own_is_an_error_that_says_so():
    model = Neuron(1)
    loss = model(1.0)
    with pytest.raises(TypeError, match=r"expected loss to be a Value, got: float 1\.0"):
        Step.of(0, model, 1.0, backward(loss), model)
    with pytest.raises(TypeError, match="expected gradients"):
        Step.of(0, model, loss, [1.0, 2.0], model)
    with pytest.raises(TypeError, match="expected model to be a Neuron, Layer or MLP, got: None"):
        Step.of(0, model, loss, backward(loss), None)


# -- runs -----------------------------------------------------------------------------------------


def test_a_run_can_be_done_again_from_its_options():
    options = {"steps": 7, "alpha": 0.0, "batch_size": 3, "learning_rate": 0.1, "seed": 3}
    model = MLP(2, [3, 1])
    first = train(model, (XS, YS), optimizer="momentum", log_every=2, **options)
    again = train(model, (XS, YS), **first.options)
    assert again.history == first.history
    assert numbers_of(again.final_model) == numbers_of(first.final_model)
    assert dict(first.options) == options | {"optimizer": "momentum", "log_every": 2}
    with pytest.raises(TypeError):
        first.options["steps"] = 8
    with pytest.raises(AttributeError):
        first.status = "diverged"


@pytest.mark.parametrize("every, logged", [(1, [0, 1, 2, 3, 4]), (2, [0, 2, 4]), (3, [0, 3, 4])])
def test_the_last_step_is_always_logged(every, logged):
    found = train(Neuron(2), (XS, YS), steps=5, log_every=every)
    assert [row["step"] for row in found.history] == logged


def test_a_run_can_be_pickled_also_one_that_broke():
    for rate in (0.1, 1e200):
        found = train(MLP(2, [4, 1]), (XS, YS), steps=9, learning_rate=rate)
        again = pickle.loads(pickle.dumps(found))
        assert again.options == found.options
        assert repr(again) == repr(found)
        assert numbers_of(again.final_model) == numbers_of(found.final_model)
    assert bits([again.diverged_at.node.data]) == bits([found.diverged_at.node.data])


def test_a_run_says_how_it_went():
    found = train(Neuron(2), (XS, YS), steps=5)
    loss, accuracy = found.history[-1]["loss"], found.history[-1]["accuracy"]
    assert repr(found) == f"Run(5 steps, loss {loss:.4f}, accuracy {accuracy:.1%})"
    assert (found.final_loss, found.final_accuracy) == (loss, accuracy)


def test_progress_sees_every_step():
    seen = []

    def watch(taken, total):
        for step in taken:
            seen.append((step.step, total))
            yield step

    found = train(Neuron(2), (XS, YS), steps=3, log_every=3, progress=watch)
    assert seen == [(0, 3), (1, 3), (2, 3)]
    assert isinstance(found, Run)


def test_progress_may_end_a_run():
    found = train(
        Neuron(2), (XS, YS), steps=50, log_every=4, progress=lambda taken, _: islice(taken, 7)
    )
    assert [row["step"] for row in found.history] == [0, 4, 6]
    assert found.final_loss == found.history[-1]["loss"]
    with pytest.raises(ValueError, match="expected progress to pass the steps on, got: none"):
        train(Neuron(2), (XS, YS), progress=lambda taken, total: [])


def test_ten_thousand_steps_leave_memory_where_it_was():
    taken = steps(MLP(2, [2, 1]), (XS, YS), steps=None, learning_rate=0.01, optimizer="adam")
    tracemalloc.start()
    try:
        sizes = []
        for step in islice(taken, 10_001):
            if step.step % 5_000 == 0:
                gc.collect()
                sizes.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert sizes[2] - sizes[1] < 20_000  # one step's numbers are some three thousand bytes


# -- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options, error, message",
    [
        ({"learning_rate": math.nan}, ValueError, "expected learning_rate to be finite and at lea"),
        ({"learning_rate": -1}, ValueError, "expected learning_rate to be finite and at least 0"),
        ({"learning_rate": "1"}, TypeError, "expected learning_rate to be a real scalar, got: str"),
        ({"learning_rate": lambda k: -1}, ValueError, "expected learning_rate to be finite and at"),
        ({"steps": 0}, ValueError, "expected steps to be at least 1, got: 0"),
        ({"steps": 2.5}, TypeError, "expected steps to be an int, got: float 2.5"),
        ({"batch_size": 0}, ValueError, "expected batch_size to be at least 1, got: 0"),
        ({"alpha": -1}, ValueError, "expected alpha to be finite and at least 0, got: -1.0"),
        ({"optimizer": "lbfgs"}, ValueError, "expected optimizer to be one of 'sgd', 'momentum',"),
        ({"seed": 1.5}, TypeError, "expected seed to be an int"),
        ({"progress": True}, TypeError, "expected progress to be a function such as progress_bar"),
        ({"log_every": 0}, ValueError, "expected log_every to be at least 1, got: 0"),
    ],
)
def test_options_that_make_no_sense_are_errors_that_say_so(options, error, message):
    with pytest.raises(error, match=message):
        train(Neuron(2), (XS, YS), **options)


@pytest.mark.parametrize(
    "model, data, error, message",
    [
        (print, (XS, YS), TypeError, "expected model to be a Neuron, Layer or MLP, got: builtin"),
        (Neuron(2), 5, TypeError, r"expected data to be a data set or a pair \(xs, ys\), got: int"),
        (Neuron(2), ([], []), ValueError, "expected at least one example, got: none"),
        (Neuron(2), (XS, [0, 1, 1, 1]), ValueError, "expected labels to be -1 or 1, got: 0.0"),
        (Neuron(3), (XS, YS), ValueError, "expected 3 inputs, got: 2"),
        (MLP(2, [2]), (XS, YS), ValueError, "expected model to give one score, got: 2 outputs"),
        (
            MLP(2, [1], weights=[[[1.0, Value(0.5) * 2]]]),
            (XS, YS),
            ValueError,
            r"parameter 2 of model \('layer 1 · neuron 1 · w2'\) to be a leaf, .* of an operation",
        ),
        (
            Own(Value(0.3) ** 2, lambda w, *x: (w * x[0],)),
            (XS, YS),
            ValueError,
            r"parameter 1 of model to be a leaf, .*; model\.with_parameters\(\.\.\.\) makes leaves",
        ),
        (Own(0.3, None), (XS, YS), TypeError, "parameter 1 of model to be a Value, got: float 0.3"),
        *(
            (Own(Value(0.3), gives), (XS, YS), TypeError, f"a tuple of values, got: {what}")
            for gives, what in [
                (lambda w, *x: (0.5,), r"tuple \(0.5,\)"),
                (lambda w, *x: 0.5, "float 0.5"),
                (lambda w, *x: w, r"Value Value\(data=0.3\)"),
            ]
        ),
    ],
)
def test_what_cannot_be_trained_is_an_error_before_the_first_step(model, data, error, message):
    with pytest.raises(error, match=message):
        steps(model, data)


@pytest.mark.parametrize("step", [None, "1"])
def test_the_schedule_is_one_of_steps(step):
    with pytest.raises(TypeError, match=r"^expected step to be a real scalar, got: "):
        official_micrograd_learning_rate(step)
