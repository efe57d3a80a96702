"""A sweep gives what training here gives, whoever does the work and whatever happens to him."""

import pickle
import sys
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from subprocess import run as run_program

import numpy as np
import pytest

from microgradwidgets import MLP, Dataset, moons, official_micrograd_learning_rate, spiral, train
from microgradwidgets.configuration import Configuration, configurations, split
from microgradwidgets.losses import accuracy
from microgradwidgets.processes import travels
from microgradwidgets.sweeping import Trial, _result, train_all, trained
from tests import failing_rates, swept
from tests.processes import PYODIDE, environment, needs_pyodide, printed_by, run

SMALL = {"n_samples": 20, "hidden": [3], "steps": 4}
CONFIGS = [
    {**SMALL, "learning_rate": 0.5, "optimizer": "momentum", "batch_size": 5},
    {**SMALL, "activation": "tanh", "dataset": "spiral", "train_share": 0.75},
    {**SMALL, "learning_rate": lambda step: 1.0 / (step + 1.0), "alpha": 0.01},
    {"data": ([[0.0, 1.0], [1.0, 0.0]], [-1, 1]), "hidden": [], "steps": 4},
]


def here(configuration):
    """What a learner would write, without a sweep."""
    one = Configuration.of(configuration)
    data, _ = split(one.points(), one.train_share)
    return train(one.model(), data, **one.options())


def numbers_of(found):
    numbers = [p.data for p in found.final_model.parameters()]
    return [numbers, [p.data for p in found.initial_model.parameters()], found.history]


def is_same(trial, configuration):
    expected = here(configuration)
    return numbers_of(trial.run) == numbers_of(expected) and trial.run.options == expected.options


# -- whoever does the work ------------------------------------------------------------------------


def check(executor):
    found = train_all(CONFIGS, executor)
    assert [trial.number for trial in found] == [0, 1, 2, 3]
    assert {trial.status for trial in found} == {"completed"}
    assert all(map(is_same, found, CONFIGS))


def test_processes_of_our_own_find_the_same_to_the_bit():
    check(None)


def test_threads_find_the_same_to_the_bit():
    with ThreadPoolExecutor(2) as executor:
        check(executor)


def test_a_process_pool_finds_the_same_to_the_bit_and_stays_open():
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        check(executor)
        assert executor.submit(max, 1, 2).result() == 2


def test_a_dask_cluster_finds_the_same_to_the_bit_and_stays_open():
    pytest.importorskip("distributed")
    script = """
from distributed import Client, LocalCluster
from tests import test_sweeping

if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        with Client(cluster) as client, client.get_executor() as executor:
            test_sweeping.check(executor)
            print(executor.submit(max, 1, 2).result(), len(client.scheduler_info()["workers"]))
"""
    assert run(script) == "2 2\n"


def test_results_are_in_the_order_of_the_configurations_whatever_is_done_first():
    slow_first = [{**SMALL, "steps": 150}, *[{**SMALL, "steps": n} for n in (1, 2, 3)]]
    done = []

    def watch(trials, total):
        assert total == 4
        for trial in trials:
            done.append(trial.number)
            yield trial

    found = train_all(slow_first, progress=watch)
    assert [len(trial.run.history) for trial in found] == [150, 1, 2, 3]
    assert sorted(done) == [0, 1, 2, 3]


def test_a_trial_can_be_kept_in_a_file():
    (trial,) = train_all([{**SMALL, "train_share": 0.5}])
    again = pickle.loads(pickle.dumps(trial))
    assert again.row() == trial.row()
    assert numbers_of(again.run) == numbers_of(trial.run)


def test_points_kept_apart_are_not_trained_on_and_test_the_final_model():
    with ThreadPoolExecutor() as executor:
        (trial,) = train_all([{"train_share": 0.7, "hidden": [4], "steps": 10}], executor)
    data = moons(100)
    run = train(MLP(2, [4, 1]), (data.xs[:70], data.ys[:70]), steps=10)
    scores = [run.final_model(x).data for x in data.xs[70:]]
    assert trial.test_accuracy == accuracy(scores, data.ys[70:])
    assert trial.run.history == run.history
    assert trial.row()["accuracy"] == run.final_accuracy


# -- whatever happens -----------------------------------------------------------------------------


def test_an_exception_in_training_is_told_of_and_the_rest_is_kept():
    found = train_all([SMALL, {**SMALL, "learning_rate": failing_rates.raising}, SMALL])
    assert [trial.status for trial in found] == ["completed", "failed", "completed"]
    assert found[1].error == "ArithmeticError: no rate for step 2"
    assert found[1].row()["loss"] is None
    assert is_same(found[2], SMALL)


def test_a_function_of_the_notebook_that_raises_is_told_of_too():
    (found,) = train_all([{**SMALL, "learning_rate": lambda step: 1.0 / (step - 2.0)}])
    assert found.error.startswith("ZeroDivisionError: ")


def test_a_worker_that_dies_takes_its_own_configuration_along_and_no_other():
    killing = {**SMALL, "learning_rate": failing_rates.killing}
    configs = [SMALL, killing, SMALL, killing, SMALL, SMALL]
    found = train_all(configs)
    assert [trial.status for trial in found] == [
        "completed",
        "failed",
        "completed",
        "failed",
        "completed",
        "completed",
    ]
    ended = "DeadWorkerError: the worker process ended in the middle, with exit code 3"
    assert {trial.error for trial in found} == {"", ended}
    assert is_same(found[5], SMALL)


def test_a_pool_that_breaks_leaves_what_was_done():
    killing = {**SMALL, "learning_rate": failing_rates.killing}
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        found = train_all([SMALL, killing], executor)
        later = train_all([SMALL], executor)
    assert [trial.status for trial in found] == ["completed", "failed"]
    assert found[1].error.startswith("BrokenProcessPool: ")
    assert later[0].error.startswith("BrokenProcessPool: ")


def test_a_run_that_diverges_says_where():
    with ThreadPoolExecutor() as executor:
        (found,) = train_all([{**SMALL, "learning_rate": 1e200}], executor)
    assert found.status == "diverged"
    assert found.error == str(found.run.diverged_at)
    assert found.row()["steps_taken"] == len(found.run.history)


def test_an_interrupt_keeps_what_is_done_and_ends_the_workers():
    script = """
import signal, warnings
from multiprocessing import active_children
from microgradwidgets.sweeping import train_all

def interrupt(trials, total):
    for trial in trials:
        yield trial
        assert active_children()
        signal.raise_signal(signal.SIGINT)

with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter("always")
    found = train_all([{"steps": 2}, *[{"steps": 100_000}] * 5], progress=interrupt)
print(*[trial.status for trial in found])
print(said[0].message)
print(active_children())
"""
    done = "1 of 6 configurations are done, the rest is cancelled"
    statuses = "completed" + 5 * " cancelled"
    assert run(script) == f"{statuses}\ninterrupted: {done}\n[]\n"


def test_an_interrupt_cancels_what_waits_in_an_executor():
    class Patient(Executor):
        """Does the first task, and lets the others wait."""

        def __init__(self):
            self.futures = []

        def submit(self, function, /, *arguments):
            future = Future()
            self.futures.append(future)
            if len(self.futures) == 1:
                future.set_result(function(*arguments))
            return future

    def interrupt(trials, total):
        yield next(trials)
        raise KeyboardInterrupt

    patient = Patient()
    with pytest.warns(RuntimeWarning, match="interrupted: 1 of 3"):
        found = train_all([SMALL] * 3, patient, progress=interrupt)
    assert [trial.status for trial in found] == ["completed", "cancelled", "cancelled"]
    assert [future.cancelled() for future in patient.futures] == [False, True, True]


# -- wherever it is called ------------------------------------------------------------------------

SCRIPT = """
from microgradwidgets.sweeping import train_all
def halving(step):
    return 0.5 ** step
print(*[t.run.final_loss for t in train_all({"learning_rate": [0.1, halving], "steps": 3})])
"""


def test_a_script_needs_no_guard_around_it(tmp_path):
    """Spawned processes import the script that began them, which would sweep once more in each."""
    file = tmp_path / "script.py"
    file.write_text(SCRIPT)
    options = {"capture_output": True, "text": True, "env": environment(), "timeout": 120}
    as_file = run_program([sys.executable, str(file)], check=True, **options)
    as_input = run_program([sys.executable, "-"], input=SCRIPT, check=True, **options)
    rates = [0.1, lambda step: 0.5**step]
    runs = [train(MLP(2, [16, 16, 1]), moons(100), learning_rate=r, steps=3) for r in rates]
    expected = " ".join(repr(run.final_loss) for run in runs) + "\n"
    assert as_file.stdout == as_input.stdout == expected
    assert as_file.stderr == as_input.stderr == ""


def losses_of_swept():
    return [repr(trial.run.final_loss) for trial in train_all(swept.GRID)]


def test_where_no_process_may_be_started_this_one_does_the_work():
    """A daemon process, as the workers of many pools are, may have no children."""
    code = "from multiprocessing import current_process; current_process()._config['daemon'] = True"
    script = f"{code}; import runpy; runpy.run_module('tests.swept', run_name='__main__')"
    assert run(script).splitlines() == [*losses_of_swept(), "1 RuntimeWarning"]


@needs_pyodide
def test_a_browser_sweeps_in_its_one_process():
    assert printed_by(*PYODIDE, "swept.py") == ["Python", *losses_of_swept(), "1"]


# -- settings -------------------------------------------------------------------------------------


def test_a_grid_is_all_combinations_the_last_setting_first():
    found = configurations({"hidden": [[4], []], "learning_rate": [0.1, 1.0], "steps": 7})
    assert [(one.hidden, one.learning_rate, one.steps) for one in found] == [
        ((4,), 0.1, 7),
        ((4,), 1.0, 7),
        ((), 0.1, 7),
        ((), 1.0, 7),
    ]


def test_what_is_not_said_is_as_in_the_demo():
    (one,) = configurations([{}])
    assert one.model().parameter_count() == 337
    assert one.points() == moons(100)
    assert one.learning_rate is official_micrograd_learning_rate


def test_own_points_may_be_a_data_set_or_a_pair():
    data = spiral(10)
    for given in (data, (data.xs, data.ys)):
        (one,) = configurations({"data": [given]})
        assert one.points() == data
        assert one.row()["dataset"] == "own"
        assert one.row()["n_samples"] == 10


@pytest.mark.parametrize(
    "settings, error, words",
    [
        ({"hidden": [0]}, ValueError, "expected hidden to be at least 1, got: 0"),
        ({"hidden": 16}, TypeError, "expected hidden to be a list of ints, got: int 16"),
        ({"activation": "gelu"}, ValueError, "expected activation to be 'relu' or 'tanh', got: "),
        ({"dataset": "own"}, ValueError, "expected dataset to be one of 'moons', "),
        ({"n_samples": 1}, ValueError, "expected n_samples to be at least 2, got: 1"),
        ({"noise": -0.1}, ValueError, "expected noise to be finite and at least 0, got: -0.1"),
        ({"train_share": 0}, ValueError, "expected train_share to be above 0 and at most 1, got: "),
        ({"train_share": float("nan")}, ValueError, "expected train_share to be above 0 and"),
        ({"learning_rate": "1"}, TypeError, "expected learning_rate to be a real scalar, got: "),
        ({"alpha": float("inf")}, ValueError, "expected alpha to be finite"),
        ({"batch_size": 0}, ValueError, "expected batch_size to be at least 1, got: 0"),
        ({"optimizer": "rmsprop"}, ValueError, "expected optimizer to be one of 'sgd', "),
        ({"model_seed": 1.5}, TypeError, "expected seed to be an int, a tuple of three ints or "),
        ({"steps": True}, TypeError, "expected steps to be an int, got: bool True"),
        ({"data": [1, 2, 3]}, TypeError, "expected data to be a data set or a pair (xs, ys), got"),
        ({"data": moons(4), "noise": 0.0}, ValueError, "expected data or noise, got: both"),
        ({"lr": 0.1}, ValueError, "expected settings among dataset, data, n_samples, "),
        ({10**5000: 1}, ValueError, "expected settings among dataset, data, n_samples, "),
        ({"n_samples": 10**8}, ValueError, "expected n_samples to be at most 10000000, got: 1000"),
        ({"hidden": np.array([1.0])}, TypeError, "expected hidden to be an int, got: float64 "),
        ([0.1], TypeError, "expected a dict of settings, got: list [0.1]"),
    ],
)
def test_settings_that_cannot_be_trained_with_are_refused_at_once(settings, error, words):
    with pytest.raises(error) as caught:
        train_all([{}, settings])
    assert str(caught.value).startswith(f"configuration 1: {words}")


@pytest.mark.parametrize(
    "configs, error, words",
    [
        ([], ValueError, "expected at least one configuration, got: none"),
        ({"hidden": []}, ValueError, "expected at least one configuration, got: none"),
        ("hidden", TypeError, "expected configs to be a list of dicts of settings, or a dict of "),
        (3, TypeError, "expected configs to be a list of dicts of settings, or a dict of lists, "),
    ],
)
def test_configurations_are_dicts_or_a_dict_of_lists(configs, error, words):
    with pytest.raises(error) as caught:
        train_all(configs)
    assert str(caught.value).startswith(words)


def test_an_executor_is_one_of_the_standard_library():
    with pytest.raises(TypeError, match="expected executor to be an Executor, got: int 4"):
        train_all([{}], 4)


@pytest.mark.parametrize("count, share, parts", [(10, 0.75, [8, 2]), (10, 0.05, [1, 9])])
def test_the_first_points_are_trained_on(count, share, parts):
    data = moons(count)
    training, test = split(data, share)
    assert [len(training), len(test)] == parts
    assert [*training.xs, *test.xs] == [*data.xs]


def test_all_points_are_trained_on_if_none_are_kept_apart():
    data = Dataset([[0.0, 0.0]], [1])
    assert split(data, 1.0) == (data, None)


def test_a_trial_tells_how_it_went_in_a_line():
    configuration = Configuration()
    assert repr(Trial(2, configuration, "cancelled")) == "Trial(2, cancelled, not trained)"
    assert repr(Trial(2, configuration, "failed", "E: x")) == "Trial(2, failed, E: x)"
    run = here({**SMALL, "steps": 1})
    expected = f"loss {run.final_loss:.4f}, accuracy {run.final_accuracy:.1%}"
    assert repr(Trial(2, configuration, "trained", "", run)) == f"Trial(2, trained, {expected})"


def test_an_executor_is_given_words_for_what_was_raised():
    failing = Configuration.of({**SMALL, "learning_rate": lambda step: 1 / 0})
    assert trained(failing) == "ZeroDivisionError: division by zero"


def test_functions_of_a_script_do_not_travel():
    def of_a_script(step):
        return step

    of_a_script.__module__ = "__main__"
    assert travels(train_all)
    assert not travels(of_a_script)


def test_an_interrupt_in_a_worker_is_one_here():
    future = Future()
    future.set_exception(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        _result(future)


def test_progress_is_a_function():
    with pytest.raises(TypeError, match=r"^expected progress to be a function such as trial_bar"):
        train_all([{}], progress="x")
