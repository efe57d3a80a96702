"""Questions about any expression: right answers, nothing twice, the same from the same seed."""

from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microgradwidgets import MLP, Question, Value, backward, max_margin, moons, pass_steps, quiz
from microgradwidgets.prediction import known_at
from microgradwidgets.text import short_number
from tests.graphs import any_leaves, bits, build, ordinary_leaves, steps
from tests.vectors import lecture_neuron, readme_expression

SEEDS = st.integers(0, 10**6)
KINDS = ("value", "sign", "gradient", "changes")


@settings(deadline=None)
@given(any_leaves, steps, SEEDS)
def test_answers_are_what_both_passes_give(leaves, made, seed):
    output = build(leaves, made)
    gradients = backward(output)
    for question in quiz(output, 30, seed):
        node, answer = question.node, question.answer
        if question.kind == "value":
            assert bits([answer]) == bits([node.data])
            assert question.worked[0].endswith(f"= {short_number(node.data)}")
        elif question.kind == "gradient":
            assert bits([answer]) == bits([gradients[node]])
            assert question.worked[0].endswith(f"= {short_number(gradients[node])}")
        elif question.kind == "sign":
            sign = (gradients[node] > 0.0) - (gradients[node] < 0.0)
            assert answer == ("zero", "positive", "negative")[sign]
            assert question.worked[0].endswith(f"so it is {answer}")


@settings(deadline=None)
@given(any_leaves, steps, SEEDS)
def test_what_changes_is_what_another_forward_pass_changes(leaves, made, seed):
    output = build(leaves, made)
    for question in quiz(output, 10, seed, kinds=["changes"], names=False):
        grown = [x + 1.0 if f"x{place}" == question.name else x for place, x in enumerate(leaves)]
        pairs = zip(output.graph.values(), build(grown, made).graph.values(), strict=True)
        changed = [before.data != after.data for before, after in pairs]
        assert 2 <= len(question.options) <= 4
        for option in question.options:
            place = next(
                at for at, node in enumerate(output.graph.values())
                if option in (node.label, f"v{at}")
            )  # fmt: skip
            assert (option in question.answer) == changed[place]


@settings(deadline=None)
@given(any_leaves, steps, SEEDS)
def test_a_question_comes_before_its_answer(leaves, made, seed):
    output = build(leaves, made)
    total = len(pass_steps(output))
    for question in quiz(output, 20, seed, kinds=["value", "sign", "gradient"]):
        key = question.node.id
        assert 0 <= question.step < total
        _, unknown = known_at(output, question.step)
        later, known = known_at(output, question.step + 1)
        if question.kind == "value":
            assert key in unknown.values
            assert key not in known.values
        else:
            assert key not in known.gradients
            assert bits([later[key]]) == bits([backward(output)[key]])
            uses = sum(edge.parent_id == key for n in output.graph.values() for edge in n.parents)
            assert uses > 1 or key in unknown.gradients


@settings(deadline=None)
@given(any_leaves, steps, SEEDS)
def test_nothing_is_asked_twice(leaves, made, seed):
    questions = quiz(build(leaves, made), 100, seed)
    subjects = [("gradient" if q.kind == "sign" else q.kind, q.node.id) for q in questions]
    assert len(set(subjects)) == len(subjects)
    assert len({q.text for q in questions}) == len(questions)
    assert len(questions) >= 1


@settings(deadline=None)
@given(any_leaves, steps, SEEDS)
def test_the_right_answer_is_taken_however_it_is_given(leaves, made, seed):
    for question in quiz(build(leaves, made), 20, seed):
        verdict = question.check(question.answer)
        assert (verdict.correct, verdict.message) == (True, f"Right: {question.worked[0]}")
        assert question.check(question.answer_text).correct


@settings(deadline=None, max_examples=30)
@given(ordinary_leaves, steps, SEEDS)
def test_the_same_seed_asks_the_same_of_the_same_expression(leaves, made, seed):
    first, second = (quiz(build(leaves, made), 10, seed) for _ in range(2))
    assert repr(first) == repr(second)
    assert repr(first.answers()) == repr(second.answers())


def test_a_seed_means_the_same_on_every_machine():
    assert repr(quiz(readme_expression(), 4, 7)).splitlines() == [
        "1. What is the value of g = v30 + v33? Here v30 = 24.5 and v33 = 0.2041.",
        "2. a grows from −4 to −3, all else stays. Which of these change: v12, v17, v18 and g? "
        "Here v12 = b³, v17 = relu(b + a), v18 = v13 · 2 + relu(b + a) and g = v27 / 2 + 10 / v27.",
        "3. What is the gradient of v12, ∂g/∂v12? "
        "v12 = b³ goes into v13 = a · b + b³ with the gradient 83.3003.",
        "4. Is the gradient of v8, ∂g/∂v8, positive, negative or zero? "
        "v8 = −a goes into v9 = 1 + v5 + (−a) with the gradient −6.9417.",
    ]


def test_other_seeds_ask_other_questions():
    assert len({repr(quiz(readme_expression(), 6, seed)) for seed in range(20)}) > 15


@pytest.mark.parametrize("seed", range(10))
def test_the_kinds_take_turns(seed):
    kinds = [question.kind for question in quiz(readme_expression(), 8, seed)]
    assert sorted(kinds) == sorted(2 * KINDS)
    assert [q.kind for q in quiz(readme_expression(), 3, seed, kinds=["sign"])] == 3 * ["sign"]


@pytest.mark.parametrize("seed", range(20))
def test_no_question_tells_what_another_asks_for(seed):
    x, w, c = Value(1.25, label="x"), Value(0.375, label="w"), Value(-1.75, label="c")
    n = (x * w).with_label("n")
    output = ((n * c).with_label("m").tanh(label="t") * n).exp(label="o")
    questions = quiz(output, 20, seed, kinds=["value", "gradient"])
    asked = [q for q in questions if q.answer_text != "1"]
    assert len(asked) > 5
    for question in asked:
        assert question.answer_text not in repr(questions)
        assert question.answer_text not in questions._repr_markdown_()
        assert question.answer_text in repr(questions.answers())
        assert question.answer_text in questions.answers()._repr_markdown_()


@pytest.mark.parametrize("seed", range(20))
def test_no_number_tells_a_sign_that_is_asked_for(seed):
    questions = quiz(lecture_neuron(), 12, seed, kinds=["sign", "gradient"])
    signs = {q.name for q in questions if q.kind == "sign"}
    for question in questions:
        for name in signs - {question.name}:
            assert f"{name} = " not in question.text.partition("goes into")[2].partition(" Here")[0]


def test_one_leaf_has_one_question():
    (question,) = quiz(Value(3.0, label="x"))
    assert question.text == "What is the gradient of the output x by itself?"
    assert question.answer == 1.0
    assert repr(quiz(Value(nan))).endswith("8 questions were asked for; the expression offers 1.")
    assert len(quiz(Value(3.0, label="x"), kinds=["value"])) == 0


def test_numbers_that_are_not_finite_can_be_asked_for():
    x = Value(0.0, label="x")
    questions = quiz((x**-1).log(label="o") * Value(nan, label="n"), 20)
    answers = [q.answer for q in questions if q.kind == "value"]
    assert inf in answers
    assert any(answer != answer for answer in answers if isinstance(answer, float))
    assert all(q.check(q.answer_text).correct for q in questions)


def test_a_whole_loss_has_questions_that_can_be_worked():
    data, model = moons(100), MLP(2, [16, 16, 1])
    loss = max_margin(model, data.xs, data.ys).total_loss
    questions = quiz(loss, 12)
    assert len(questions) == 12
    gradients = backward(loss)
    for question in questions:
        assert len(question.text) < 700
        if question.kind == "gradient":
            assert question.answer == gradients[question.node]


def test_values_are_called_as_variables_are():
    x, w = Value(2.0), Value(3.0)
    assert {q.name for q in quiz(x * w, 3, kinds=["gradient"])} == {"x", "w", "v2"}
    given = quiz(x * w, 3, names={"x": x, "weight": w}, kinds=["gradient"])
    assert {q.name for q in given} == {"x", "weight", "v2"}
    assert {q.name for q in quiz(x * w, 3, names=False, kinds=["gradient"])} == {"v2"}


def test_values_of_one_name_are_told_apart():
    h, k = Value(2.0, label="h"), Value(3.0, label="h")
    assert {q.name for q in quiz(h * k, 3, kinds=["gradient"])} == {"h", "h (1)", "v2"}


def test_questions_are_plain_data():
    questions = quiz(lecture_neuron(), 5)
    assert isinstance(questions[0], Question)
    assert questions[1:3] == questions.questions[1:3]
    with pytest.raises(AttributeError):
        questions[0].answer = 1.0


def test_wrong_arguments_are_named():
    x = Value(1.0)
    with pytest.raises(TypeError, match=r"expected value to be a Value, got: float 1\.0"):
        quiz(1.0)
    with pytest.raises(ValueError, match="expected n to be at least 1, got: 0"):
        quiz(x, 0)
    with pytest.raises(ValueError, match="expected n to be at most 100, got: 101"):
        quiz(x, 101)
    with pytest.raises(TypeError, match="expected seed to be an int, a tuple"):
        quiz(x, 1, "seven")
    with pytest.raises(TypeError, match="expected kinds to be a list, got: NoneType"):
        quiz(x, kinds=None)
    for names in ("abc", 5, {5: x}):
        with pytest.raises(TypeError, match="expected names to map names to values, got: "):
            quiz(x, names=names)
    for kinds in ([], ["colour"], "colour", [["value"]]):
        with pytest.raises(ValueError, match="expected kinds to be some of value, sign, gradient"):
            quiz(x, kinds=kinds)


def test_what_is_worked_out_says_no_number_twice():
    (question,) = quiz(-Value(2.0, label="x"), 1, kinds=["value"])
    assert question.worked == ("v1 = −x = −2",)
