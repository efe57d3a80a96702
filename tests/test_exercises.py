"""The exercises of the lessons: where they stand, and what a wrong answer is told."""

import re
from math import tanh

import pytest

from microgradwidgets import MLP, Value, apply_gradients, backward, check, max_margin, moons
from microgradwidgets.teaching.registry import all_exercises, find
from microgradwidgets.teaching.rules import RULES
from microgradwidgets.teaching.typed import is_right, typed_number
from tests.lessons import NOTEBOOKS, checks_in, read
from tests.long_chains import by_calls
from tests.processes import PYODIDE, lines_of, needs_pyodide


def asked_in(path):
    """The ids that a lesson checks, outside solutions and inside them."""
    asked, solved = [], []
    for cell in read(path).cells:
        if cell.cell_type == "code":
            ids = [call.args[0].value for call in checks_in(cell.source)]
            (solved if "solution" in cell.metadata.get("tags", []) else asked).extend(ids)
    return asked, solved


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_lesson_asks_its_exercises_in_order_and_has_a_solution_for_each(path):
    lesson = path.stem[:2]
    known = [one.id for one in all_exercises() if one.id.startswith(f"{lesson}.")]
    asked, solved = asked_in(path)
    assert asked == solved == known == [f"{lesson}.{n + 1}" for n in range(len(known))]
    assert 3 <= len(known) <= 5 or lesson in ("00", "08")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_solutions_are_marked_and_folded_away(path):
    for cell in read(path).cells:
        is_solution = "solution" in cell.metadata.get("tags", [])
        lines = cell.source.splitlines()
        assert is_solution == (lines[0] == "### BEGIN SOLUTION")
        assert is_solution == (lines[-1] == "### END SOLUTION")
        if is_solution:
            assert cell.metadata.jupyter == {"source_hidden": True, "outputs_hidden": True}


def half_a_step_of(rate):
    data, model = moons(100), MLP(2, [16, 16, 1])
    gradients = backward(max_margin(model, data.xs, data.ys).total_loss)
    moved = apply_gradients(model, gradients, rate)
    return max_margin(moved, data.xs, data.ys).total_loss


def twice_as_long(output):
    return by_calls(output) * 2


def of_the_output_alone(output):
    return [output]


def first_come(output):
    order = [output]
    for one in order:
        order += [operand for operand, _ in one.edges if operand not in order]
    return order


@pytest.mark.parametrize(
    "exercise, answer, words",
    [
        ("01.1", 13.0, "13 is not the gradient of x"),
        ("01.2", 0.38, "the curve itself is about zero"),
        ("01.3", (5.0, 4.0, 1.0), "the other factor"),
        ("01.4", Value(3.0) ** 2, "y"),
        ("02.5", 2, "each of the ways into a sum goes on in two ways"),
        ("03.1", 7, "the bias is added as well"),
        ("03.2", 32, "each neuron has a bias as well"),
        ("03.3", lambda inputs, hidden, outputs: hidden * (inputs + outputs), "has a bias"),
        ("03.4", (-0.5, 0.25, 0.25), "not"),
        ("04.1", 0.75, "y · s is −0.25"),
        ("04.2", -1.0, "a difference hands its gradient on"),
        ("04.3", half_a_step_of(1.0), "with the learning rate 1"),
        ("04.4", lambda label, score: 1 - label * score, "a cost is never below 0"),
        ("05.1", 88, "each neuron has a bias"),
        ("05.2", 0.03, "not"),
        ("05.3", 10, "the number of steps in one epoch"),
        ("05.4", lambda p, g, v, rate: (p - rate * g, g), "forgets the velocity"),
        ("06.1", 2.5, "they do not add"),
        ("06.2", -1, "is not yet the largest"),
        ("06.3", "abce", "look at (a) again"),
        ("06.3", "bcex", "there is no (x)"),
        ("06.3", 7, "expected letters"),
        ("06.4", 4, "is handed on again"),
        ("07.1", lambda a, b: (1 / b, a / b**2), "the second is negative"),
        ("07.1", lambda a, b: (1 / b, 2.0), "], of which the second is not right."),
        ("07.1", lambda a, b: [1 / b], "], and two numbers are wanted."),
        ("07.2", 3, "expected a function"),
        ("07.2", by_calls, "calls itself"),
        ("07.2", twice_as_long, "in the list twice"),
        ("07.2", of_the_output_alone, "something is missing"),
        ("07.2", first_come, "an operand comes after what is made of it"),
        ("07.3", lambda g1, g2, x1, x2: [[g1 * x1, g2 * x1], [g1 * x2, g2 * x2]], "rows belong"),
        ("07.3", lambda *x: [[1, 2], [3, 4]], "]], of which the first and second are not right."),
        ("07.3", lambda *x: 3.0, "gives 3, and two rows of two numbers are wanted."),
    ],
)
def test_a_wrong_answer_is_told_what_it_misses(exercise, answer, words):
    verdict = check(exercise, answer)
    assert not verdict.correct
    assert words in verdict.message


# -- the right number is for the learner to find --------------------------------------------------


NUMBER = re.compile(r"(?<![\w.])−?\d+(?:\.\d+)?(?:e[−-]?\d+)?(?![\w.]*\w)")
RIGHT = {
    "01.1": 7.0,
    "01.2": 1.5,
    "01.3": {"a": 4.0, "b": 5.0, "c": 1.0},
    "02.1": 8.0,
    "02.3": {x: n * (1 - tanh(0.5) ** 2) for x, n in (("x", -3.0), ("w", 2.0), ("b", 1.0))},
    "02.5": 4.0,
    "03.1": 4.0,
    "03.2": 41.0,
    "03.4": {"cat": -2 / 3, "dog": 1 / 3, "bird": 1 / 3},
    "04.1": 1.25,
    "04.2": 1.0,
    "04.3": half_a_step_of(0.5).data,
    "05.1": 105.0,
    "05.2": 0.06,
    "05.3": 6.0,
    "06.1": 0.25**10,
    "06.2": -2.0,
    "06.4": 6.0,
}
BUILT = {
    "01.4": (lambda x, y: (x + y) ** 2 - x * y, {"x": 3.0, "y": -1.0}),
    "02.2": (lambda a, b: a * b + b**3, {"a": -4.0, "b": 2.0}),
}
FUNCTIONS = {
    "02.4": lambda x: 1 - tanh(x) ** 2,
    "03.3": lambda i, h, o: i * h + h + h * o + o,
    "04.4": lambda label, score: max(0.0, 1 - label * score),
    "05.4": lambda p, g, v, rate: [p - rate * (0.9 * v + g), 0.9 * v + g],
    "07.1": lambda a, b: [1 / b, -a / b**2],
    "07.3": lambda g1, g2, x1, x2: [[g1 * x1, g1 * x2], [g2 * x1, g2 * x2]],
}
WORDS = {"06.3", "07.2"}
"""Whose right answer is no number."""

SLIPS = [
    *(lambda x: -x, lambda x: 2 * x, lambda x: 1.03 * x, lambda x: x / 10, lambda x: x + 1),
    *(lambda x, n=n: n for n in (-4.0, -1.0, -0.5, 0.0, 0.25, 0.75, 1.0, 2.0, 3.0, 6.0, 7.0, 10.0)),
]


def flat(thing):
    """All numbers in a number, list or table; none in anything else."""
    if isinstance(thing, dict):
        thing = list(thing.values())
    if isinstance(thing, (list, tuple)):
        return [n for x in thing for n in flat(x)]
    return [float(thing)] if isinstance(thing, (int, float)) else []


def slipped(right, slip):
    """The slip made with every number."""
    if isinstance(right, dict):
        return {name: slip(x) for name, x in right.items()}
    return [slipped(x, slip) for x in right] if isinstance(right, list) else slip(right)


def told(exercise, verdict, right, shown):
    """The right numbers in a sentence, but for those that were shown or given before."""
    text = verdict.message
    # Rules are the same for every expression; the cost of lesson 4 has a margin of 1 in it.
    for rule in (*RULES.values(), "1 − (−1) · score"):
        text = text.replace(rule, "")
    said = [typed_number(number) for number in NUMBER.findall(text)]
    known = [*flat(shown), *map(typed_number, NUMBER.findall(find(exercise).task))]
    secret = [x for x in flat(right) if not any(is_right(n, x) for n in known)]
    return [(x, text) for x in secret if any(is_right(n, x) for n in said)]


@pytest.mark.parametrize("exercise", RIGHT)
def test_a_wrong_number_is_not_told_the_right_one(exercise):
    right = RIGHT[exercise]
    assert check(exercise, right).correct
    wrong = [slipped(right, slip) for slip in SLIPS]
    if isinstance(right, dict):  # one of them alone
        wrong += [{**right, name: slip(right[name])} for name in right for slip in SLIPS]
        wrong.append(dict(zip(right, [*right.values()][::-1], strict=True)))
    verdicts = [(answer, check(exercise, answer)) for answer in wrong]
    verdicts = [(answer, verdict) for answer, verdict in verdicts if not verdict]
    assert len(verdicts) >= 15
    for answer, verdict in verdicts:
        assert not told(exercise, verdict, right, answer)


@pytest.mark.parametrize("exercise", BUILT)
def test_a_wrong_expression_is_not_told_the_right_number(exercise):
    make, numbers = BUILT[exercise]
    values = [Value(number, label=name) for name, number in numbers.items()]
    (x, y), right = values, make(*values)
    assert check(exercise, right).correct
    secret = [right.data, *(backward(right)[one] for one in values)]
    plain, half = make(x, Value(y.data)), make(x.data, y)
    wrong = [slip(right) for slip in SLIPS[:5]]
    wrong += [(x + y) ** 2, x * y, x + y**2, x * y + y * y, right + (x - 3.0) ** 2, plain, half]
    wrong += [make(x, y.data) + y * 0, right + (x - x.data) * (y + 1.0), x * y + Value(y.data) ** 3]
    for answer in wrong:
        verdict = check(exercise, answer)
        assert not verdict
        assert not told(exercise, verdict, secret, answer.data)


@pytest.mark.parametrize("exercise", FUNCTIONS)
def test_a_wrong_function_is_not_told_the_right_number(exercise):
    right, calls = FUNCTIONS[exercise], []
    assert check(exercise, right).correct

    def wrong(slip):
        return lambda *numbers: (
            calls.append((numbers, slipped(right(*numbers), slip))) or calls[-1][1]
        )

    for slip in [*SLIPS, lambda x: None, lambda x: f"{x + 1}", lambda x: [x + 1, x]]:
        calls.clear()
        verdict = check(exercise, wrong(slip))
        assert not verdict
        numbers, given = next(call for call in calls if call[1] != right(*call[0]))
        assert not told(exercise, verdict, right(*numbers), [*numbers, given])


def test_every_exercise_is_among_them():
    known = {*RIGHT, *BUILT, *FUNCTIONS, *WORDS}
    assert known == {one.id for one in all_exercises()}


def test_what_is_right_may_be_written_in_other_ways():
    x, y = Value(3.0), Value(-1.0)
    assert check("01.4", x * x + x * y + y * y).correct
    assert check("02.4", lambda x: 1 / (tanh(x) ** 2 + 1) * (1 - tanh(x) ** 4)).correct
    assert check("06.3", "E, C, B").correct
    assert check("07.3", lambda g1, g2, x1, x2: ((g1 * x1, g1 * x2), (g2 * x1, g2 * x2))).correct


@needs_pyodide
def test_a_long_chain_is_no_harm_to_a_browsers_python():
    right = "Right: every operand comes before what is made of it, also in a chain of 3,000."
    endless = (
        "for a chain of 3,000 operations, the function calls itself, and never stops doing so."
    )
    _, *said = lines_of(*PYODIDE, "long_chains.py")
    assert said == [right, f"Not yet: {endless}", right]
