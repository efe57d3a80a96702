"""The script of a training, run, trains the same to the last bit."""

import pytest

from microgradwidgets import MLP, official_micrograd_learning_rate, steps
from microgradwidgets.training_script import LONGEST_LINE, Segment, training_script
from tests import script_vectors
from tests.graphs import bits
from tests.script_vectors import USUAL, recipe, recipes


def run_script(script):
    """What a script has found: the rows of its run, and the numbers of the final model."""
    variables = {}
    exec(compile(script, "<script>", "exec"), variables)
    if "run" in variables:
        return [*variables["run"].history], numbers_of(variables["run"].final_model)
    return variables["history"], numbers_of(variables["final_model"])


def numbers_of(model):
    return [p.data for p in model.parameters()]


def trained(one):
    """The same, step by step with the settings that hold at each."""
    model = MLP(2, [*one.hidden, 1], activation=one.activation, seed=one.model_seed)
    if one.model_seed is None:
        model = model.with_parameters(one.parameters)
    data = (one.points.xs[: one.trained], one.points.ys[: one.trained])
    at, history = model, []
    for k in range(one.steps):
        now = [segment.settings for segment in one.segments if segment.first <= k][-1]
        rate = {
            "demo": official_micrograd_learning_rate,
            "constant": now["learning_rate"],
            "own": lambda step: one.rates[step],
        }[now["schedule"]]
        options = {name: now[name] for name in ("alpha", "batch_size", "optimizer")}
        (at,) = steps(at, data, steps=1, learning_rate=rate, seed=now["batch_seed"], **options)
        history.append(at.row())
    return history, numbers_of(at.model_after)


@pytest.mark.parametrize("name", recipes())
def test_it_trains_the_same_to_the_last_bit(name, capsys):
    one = recipes()[name]
    history, numbers = run_script(training_script(one))
    expected, final = trained(one)
    assert history == expected
    assert bits(numbers) == bits(final)
    printed = capsys.readouterr().out
    assert printed.startswith(("Run(", "Step("))


def test_a_run_that_diverged_does_so_again(capsys):
    wild = USUAL | {"schedule": "constant", "learning_rate": 1e200}
    history, _ = run_script(training_script(recipe(steps=2, segments=[Segment(0, wild)])))
    assert len(history) == 2
    assert "diverged at" in capsys.readouterr().out


@pytest.mark.parametrize("name", recipes())
def test_lines_are_not_too_long(name):
    lines = training_script(recipes()[name]).splitlines()
    assert max(map(len, lines)) <= LONGEST_LINE + 3


@pytest.mark.parametrize(
    "changes",
    [
        {"segments": [Segment(0, USUAL | {"optimizer": '"); import os  #'})]},
        {"activation": '"); import os  #'},
    ],
)
def test_what_a_page_says_stays_text(changes):
    script = training_script(recipe(**changes))
    assert '\\"); import os  #"' in script
    with pytest.raises(ValueError, match=r"expected (activation|optimizer) to be "):
        run_script(script)


@pytest.mark.parametrize("name", ["alpha", "learning_rate", "batch_seed", "batch_size"])
def test_what_is_no_number_is_refused(name):
    settings = USUAL | {"schedule": "constant", name: "__import__('os')"}
    with pytest.raises((TypeError, ValueError)):
        training_script(recipe(segments=[Segment(0, settings)]))


def test_the_shared_file_is_up_to_date():
    assert script_vectors.PATH.read_text("ascii") == script_vectors.document()
