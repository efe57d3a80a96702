"""Predict, then reveal: what is to be guessed is nowhere on the page, and answers are answered."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from microgradwidgets import Value, show
from microgradwidgets.prediction import known_at
from microgradwidgets.text import MINUS, short_number
from tests import grouped
from tests.browser.access import violations
from tests.browser.expressions import LECTURE, README, made_names
from tests.browser.steps import Quiz, Stepper
from tests.browser.test_stepper import diagram_of

KINDS = {"number": "the number", "sign": "its sign", "parents": "which gradients change"}
# All answers of the lecture neuron, step by step.
ANSWERS = [["-6"], ["0"], ["-6"], ["0.8814"], ["0.7071"], ["1"], ["0.5"], ["0.5", "0.5"]]
ANSWERS += [["0.5", "0.5"], ["0.5", "0"], ["-1.5", "1"]]


@pytest.fixture
def quiz(plain):
    return Quiz(plain.show(diagram_of(LECTURE, "o", predict=True)))


def written(number):
    """The ways to write a number that say it all: short, and with every digit."""
    full = repr(number).replace("-", MINUS)
    return {text for text in (short_number(number), full) if len(text.strip(MINUS)) > 4}


def secrets(value, step):
    """What nothing on the page may say when so many steps are done."""
    gradients, unknown = known_at(value, step)
    all_gradients, nothing = known_at(value, 10**6)
    graph = value.graph
    known, hidden = set(), set()
    for key, node in graph.items():
        (hidden if key in unknown.values else known).update(written(node.data))
        (hidden if key in unknown.gradients else known).update(written(all_gradients[key]))
        if key not in unknown.gradients:
            known |= written(gradients[key])
        for edge in node.parents:
            where = hidden if key in unknown.local_gradients else known
            where.update(written(edge.local_gradient))
    assert not any(nothing)
    return hidden - known


def look_everywhere(figure):
    """Open whatever can be opened, at the box that comes next."""
    figure.press_button("List")
    figure.fit()
    for name in [box.name for box in figure.boxes][-2:]:
        figure.frame(name).hover()
        figure.named(name).focus()
        figure.page.keyboard.press(" ")
        for fold in figure.panel.locator("details:not([open]) > summary").all():
            if fold.is_visible():
                fold.click()
        yield name
        figure.page.keyboard.press(" ")
    figure.press_button("List")


@pytest.mark.parametrize(
    "source, name, overlay",
    [
        (LECTURE, "o", "gradient"),
        (LECTURE, "o", "value"),
        (LECTURE, "o", "check"),
        (README, "g", "gradient"),
    ],
)
def test_what_has_not_come_is_nowhere_on_the_page(plain, source, name, overlay):
    diagram = diagram_of(source, name, predict=True, overlay=overlay)
    figure = plain.show(diagram)
    count = len(diagram.steps())
    middle = count // 2  # where the output gets its gradient
    # Backwards: nor must anything be left of what was seen before.
    for step in (count - 1, middle + 2, middle + 1, middle, middle - 1, 0):
        plain.set("step", step)
        hidden = secrets(diagram.value, step)
        for _ in look_everywhere(figure):
            content = plain.page.content()
            assert not [number for number in hidden if number in content], step
    plain.set("step", count)
    assert secrets(diagram.value, count) == set()


def test_boxes_that_are_to_be_guessed_have_no_colour(quiz):
    fills = {box.fill for box in quiz.figure.boxes}
    assert len(fills) == 1
    assert not any(arrow.dashed for arrow in quiz.figure.arrows)
    assert "not known yet" in quiz.figure.box("o").spoken


def test_at_the_tanh_node(plain, quiz):
    plain.set("step", 6)
    assert quiz.prompt == "Backward 1 of 5. tanh, at o, passes its gradient on: 1."
    assert "within 1 %" in quiz.root.inner_text()
    rule = f"1 {MINUS} o² = 1 {MINUS} 0.7071²"
    assert quiz.answer("-0.5").startswith("Right size, wrong sign.")
    assert rule in quiz.verdict
    assert quiz.answer("0.49").startswith("Close, but not within 1 %.")
    assert quiz.answer("5").startswith("Ten times too large.")
    assert "0.5000" not in plain.page.content()
    assert quiz.answer("0.5").startswith("Right.")
    assert f"{rule} = 0.5000." in quiz.verdict
    assert "1 × 0.5000 = 0.5000; 0 + 0.5000 = 0.5000" in quiz.verdict
    assert quiz.figure.box("n").gradient == "0.5000"
    assert quiz.score == "0 of 1 right at the first try"
    tries = plain.get("score")["answers"]
    assert [(t["answer"], t["right"]) for t in tries][-1] == ("0.5", True)
    assert {(t["step"], t["kind"]) for t in tries} == {(7, "number")}


def test_a_product_asks_for_both_of_its_operands(plain, quiz):
    plain.set("step", 10)
    assert quiz.fields.count() == 2
    said = quiz.answer("-3", "1")
    assert said.startswith("x1: That is the local derivative; multiply it by the upstream")
    assert "w1: Right." in said
    assert f"{MINUS}3 by x1, 2 by w1" in said
    assert quiz.answer("-3/2", "1,0").startswith("Right.")
    quiz.go_on()
    assert quiz.prompt == "That was all of it."


def test_by_keys_alone_and_spoken(plain, quiz):
    quiz.fields.first.focus()
    for answers in ANSWERS:
        for n, answer in enumerate(answers):
            if n > 0:
                plain.page.keyboard.press("Tab")
            plain.page.keyboard.type(answer)
        plain.page.keyboard.press("Enter")
        expect(quiz.button("Next")).to_be_focused()
        assert Stepper(quiz.figure).spoken == quiz.verdict.lstrip("✓ ")
        plain.page.keyboard.press("Enter")
    assert quiz.prompt == "That was all of it."
    assert quiz.score == "11 of 11 right at the first try"
    score = plain.get("score")
    assert (score["asked"], score["right"], score["skipped"]) == (11, 11, 0)


def test_show_me_and_back_again(plain, quiz):
    stepper = Stepper(quiz.figure)
    quiz.button("Show me").click()
    assert quiz.verdict == f"Shown. Forward 1 of 5: x1 × w1 = 2 × ({MINUS}3) = {MINUS}6."
    assert quiz.figure.box("x1 × w1").value == f"{MINUS}6"
    stepper.button("Back one step").click()
    assert quiz.figure.box("x1 × w1").value == "?"
    assert quiz.prompt.startswith("Forward 1 of 5.")
    assert quiz.answer("-6").startswith("Right.")
    assert quiz.score == "0 of 1 right at the first try", "it was no secret any more"
    assert plain.get("score")["skipped"] == 1


def test_what_is_typed_stays_until_the_question_changes(plain, quiz):
    quiz.fields.first.fill("12")
    plain.set("overlay", "value")
    quiz.figure.named("x1").focus()
    plain.page.keyboard.press(" ")
    assert quiz.fields.first.input_value() == "12"
    quiz.fields.first.fill("twelve")
    quiz.button("Answer").click()
    assert quiz.verdict == "Type a number, such as 0.5, 1/3, -2e-5, nan or inf."
    assert plain.get("score")["asked"] == 0
    plain.set("step", 3)
    assert quiz.fields.first.input_value() == ""


def test_signs(plain, quiz):
    quiz.ask_for(KINDS["sign"])
    quiz.button("Answer").click()
    assert quiz.verdict == "Choose one of the three."
    quiz.root.get_by_label("positive").check()
    quiz.button("Answer").click()
    assert quiz.verdict == "Not yet. The two are multiplied."
    quiz.root.get_by_label("negative").check()
    quiz.button("Answer").click()
    assert quiz.verdict.startswith("Right.")
    assert [t["answer"] for t in plain.get("score")["answers"]] == ["positive", "negative"]


def test_which_gradients_change(plain, quiz):
    quiz.ask_for(KINDS["parents"])
    assert quiz.prompt == "Gradients change in the backward pass only."
    quiz.button("To the backward pass").click()
    assert plain.get("step") == 6
    plain.set("step", 9)
    assert quiz.prompt.startswith("Backward 4 of 5. times, at x2 × w2,")
    quiz.root.get_by_label("x2").check()
    quiz.root.get_by_label("w2").check()
    quiz.button("Answer").click()
    assert quiz.verdict.startswith("One of those does not change. What is multiplied by 0")
    quiz.root.get_by_label("w2").uncheck()
    quiz.button("Answer").click()
    assert quiz.verdict.startswith("Right.")
    assert plain.get("score")["answers"][-1]["answer"] == ["x2"]


@pytest.mark.parametrize("answer, start", [(-1.0, "nan"), (0.0, "-inf")])
def test_no_ordinary_numbers_can_be_typed(plain, answer, start):
    x = Value(answer, label="x")
    quiz = Quiz(plain.show(show(Value.log(x, label="l"), names=False, predict=True)))
    assert quiz.answer("0").startswith("It is no ordinary number")
    assert quiz.answer(start).startswith("Right.")


def test_a_group_is_asked_for_what_comes_out_of_it(plain):
    quiz = Quiz(plain.show(show(grouped.loss(20, (3, 1)), names=False, predict=True)))
    assert quiz.prompt.startswith("Forward 1 of 3. data loss, a group of")
    quiz.button("Show me").click()
    quiz.go_on()
    for _ in range(5):
        if quiz.button("Show me").is_visible():
            quiz.button("Show me").click()
        quiz.go_on()
    assert quiz.prompt == "Nothing to guess here: too much happens at once."
    quiz.go_on()
    assert quiz.prompt == "That was all of it."


def test_predict_can_be_switched_on_and_off(plain):
    figure = plain.show(diagram_of(LECTURE, "o"))
    quiz, toggle = Quiz(figure), figure.root.get_by_role("button", name="Predict")
    expect(quiz.root).to_be_hidden()
    toggle.click()
    expect(toggle).to_have_attribute("aria-pressed", "true")
    assert quiz.prompt.startswith("Forward 1 of 5.")
    assert figure.box("o").value == "?"
    expect(Stepper(figure).button("Play")).to_be_disabled()
    toggle.click()
    expect(quiz.root).to_be_hidden()
    Stepper(figure).button("Show all").click()
    assert figure.box("o").value == "0.7071"


def test_all_views_have_one_score_and_one_place(plain, quiz):
    other = Quiz(plain.add_view())
    quiz.answer("-6")
    assert other.score == quiz.score == "1 of 1 right at the first try"
    assert other.prompt.startswith("Forward 2 of 5.")
    assert other.answer("0").startswith("Right.")
    assert quiz.prompt.startswith("Forward 3 of 5.")


def test_signs_are_chosen_in_each_view_for_itself(plain, quiz):
    other = Quiz(plain.add_view())
    for one in (quiz, other):
        one.ask_for(KINDS["sign"])
    quiz.root.get_by_label("negative").check()
    other.root.get_by_label("zero").check()
    expect(quiz.root.get_by_label("negative")).to_be_checked()


def test_what_is_taken_away_has_no_answers_in_it(plain):
    plain.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    diagram = diagram_of(LECTURE, "o", predict=True)
    figure = plain.show(diagram)
    for step in (0, 4, 6, 8, 11):
        plain.set("step", step)
        diagram.step = step
        figure.press_button("Export")
        figure.root.get_by_role("menuitem", name="Copy DOT", exact=True).click()
        assert plain.page.evaluate("navigator.clipboard.readText()") == diagram.to_dot()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(plain, theme, kind):
    quiz = Quiz(plain.show(diagram_of(LECTURE, "o", predict=True), theme=theme))
    plain.set("step", 9)
    quiz.ask_for(KINDS[kind])
    assert violations(plain.page) == []
    if kind == "parents":
        quiz.button("Answer").click()
    quiz.button("Show me").click()
    assert violations(plain.page) == []


def test_in_a_narrow_window_nothing_sticks_out(plain):
    quiz = Quiz(plain.show(diagram_of(LECTURE, "o", predict=True), width=320))
    plain.set("step", 10)
    for kind in KINDS.values():
        quiz.ask_for(kind)
        assert quiz.root.evaluate("(root) => root.scrollWidth <= root.clientWidth")
        for control in quiz.root.locator("button, select, input").all():
            area = control.bounding_box()
            assert area is None or min(area["width"], area["height"]) >= 18


def test_in_a_notebook_with_and_without_its_kernel(lab):
    cell = lab.run(f"{LECTURE}\ndiagram = show(o, predict=True)\ndiagram")
    quiz = Quiz(cell.figure())
    value = made_names(LECTURE)["o"]
    for step in range(5):
        hidden = secrets(value, step)
        assert hidden
        assert not [number for number in hidden if number in lab.page.content()]
        assert "o = 0.7071" not in lab.page.content()
        assert quiz.answer(*ANSWERS[step]).startswith("Right.")
        quiz.go_on()
    score = eval(lab.run("print(diagram.score)").text)
    assert (score["asked"], score["right"], len(score["answers"])) == (5, 5, 5)
    assert lab.run("print(diagram.step, diagram)").text.startswith("5 Diagram(o = 0.7071")
    lab.shut_down()
    for answers in ANSWERS[5:]:
        assert quiz.answer(*answers).startswith("Right.")
        quiz.go_on()
    assert quiz.score == "11 of 11 right at the first try"
    lab.visit.forgive("Could not send")


def test_the_still_picture_says_nothing_either(lab):
    figure = lab.run(f"{LECTURE}\nshow(o)").figure()
    figure.until(lambda: "o = 0.7071" in lab.page.content(), "the still picture")
    figure.press_button("Predict")
    assert "0.7071" not in lab.page.content()
    figure.press_button("Predict")
    assert "o = 0.7071" in lab.page.content()
