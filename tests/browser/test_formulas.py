"""The formulas of what is selected: mathematics on the screen, LaTeX on the clipboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from microgradwidgets import MLP, Value, formulas, show
from tests.browser.expressions import LECTURE, README

# What stands in a row, as a person reads it, and whether it is the browser's own mathematics.
READ = """(root) => [...root.querySelectorAll(".mgw-equation")].map((line) => ({
  text: line.textContent.replaceAll(/\\s/g, ""),
  math: [...line.querySelectorAll("math")].every((math) =>
    math.namespaceURI.endsWith("MathML") && math.getBoundingClientRect().height > 5),
}))"""


def made_by(source):
    variables = {}
    exec(source, variables)
    return variables


@pytest.fixture
def neuron():
    names = made_by(LECTURE)
    return show(names["o"], names=names)


@pytest.fixture
def readme():
    names = made_by(README)
    return show(names["g"], names=names)


def section(figure):
    return figure.panel.locator(".mgw-formulas")


def equations(figure):
    read = figure.root.evaluate(READ)
    assert all(line["math"] for line in read)
    return [line["text"] for line in read]


def test_the_chain_rule_is_written_in_symbols_and_with_numbers(plain, neuron):
    figure = plain.show(neuron)
    figure.click("o")
    assert equations(figure) == [
        "o=tanh\u2061(n)=tanh\u2061(0.8814)=0.7071",
        "∂o∂n=1−o2=1−0.70712=0.5000",
        "∂o∂o=1",
    ]
    figure.click("x1")
    assert equations(figure)[1] == (
        "∂o∂x1=∂o∂(x1⋅w1)⋅∂(x1⋅w1)∂x1=∂o∂(x1⋅w1)⋅w1=0.5000⋅(−3)=−1.5000"
    )


def test_a_fraction_has_its_parts_above_one_another(plain, neuron):
    figure = plain.show(neuron)
    figure.click("o")
    above, below = figure.panel.locator("mfrac").first.locator(":scope > *").all()
    upper, lower = above.bounding_box(), below.bounding_box()
    assert upper["y"] + upper["height"] <= lower["y"] + 2


def test_the_notation_is_chosen_here_and_from_python(plain, readme):
    figure = plain.show(readme)
    figure.click("g")
    assert equations(figure)[0].startswith("g=f2+10f=")
    figure.panel.get_by_label("Notation").select_option(label="as primitives")
    assert plain.get("notation") == "primitives"
    assert equations(figure)[0].startswith("g=v30+v33=")
    assert "v33=10⋅f−1" not in equations(figure)[0]
    plain.set("notation", "written")
    assert equations(figure)[0].startswith("g=f2+10f=")
    expect(figure.panel.get_by_label("Notation")).to_have_value("written")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_formulas_fit_into_a_narrow_figure_and_wear_its_colour(plain, readme, theme):
    figure = plain.show(readme, theme=theme, width=320)
    plain.set("selected", 1)
    lines = section(figure).locator(".mgw-formula-lines")
    expect(lines.locator("math").first).to_be_visible()
    assert lines.evaluate("(e) => e.scrollWidth <= e.clientWidth + 1")
    assert (
        len(
            set(
                figure.root.evaluate(
                    """(root) => [root, ...root.querySelectorAll(".mgw-equation math")]
             .map((element) => getComputedStyle(element).color)"""
                )
            )
        )
        == 1
    )


def test_what_is_too_wide_by_itself_can_be_scrolled_to(plain):
    output = MLP(2, [16, 16, 1])([0.3, -0.2])
    diagram = show(output.with_label("y"))
    figure = plain.show(diagram, width=320)
    plain.set("selected", len(diagram.recorded) - 1)
    lines = section(figure).locator(".mgw-formula-lines")
    expect(lines.get_by_role("button").first).to_be_visible()
    assert lines.evaluate("(e) => e.scrollWidth > e.clientWidth")
    assert figure.root.evaluate("(e) => e.scrollWidth <= e.clientWidth")


def test_numbers_that_have_not_come_are_not_given_away(plain, neuron):
    figure = plain.show(neuron)
    figure.click("o")
    plain.set("predict", True)
    assert "0.7071" not in figure.panel.inner_text()
    assert equations(figure) == ["o=tanh\u2061(n)=tanh\u2061(?)=?", "∂o∂n=?", "∂o∂o=?"]
    plain.set("step", 6)  # every value is there
    assert equations(figure)[0].endswith("=tanh\u2061(0.8814)=0.7071")
    assert equations(figure)[1:] == ["∂o∂n=?", "∂o∂o=1"]
    plain.set("predict", False)
    assert equations(figure)[1] == "∂o∂n=1−o2=1−0.70712=0.5000"


def test_formulas_follow_the_changes_of_a_learner(plain, neuron):
    figure = plain.show(neuron)
    figure.click("o")
    plain.set("edits", [[7, 6.0]])
    assert equations(figure)[0] == "o=tanh\u2061(n)=tanh\u2061(0)=0"


def test_a_group_has_no_formula_and_a_closed_section_stays_closed(plain, neuron):
    figure = plain.show(neuron)
    figure.click("n")
    section(figure).locator("summary").click()
    figure.click("o")
    expect(section(figure).locator(".mgw-formula-lines")).not_to_be_visible()
    figure = plain.show(show(MLP(2, [16, 16, 1])([1.0, 2.0])))
    figure.click("layer 1")
    expect(figure.panel).to_be_visible()
    expect(section(figure)).not_to_be_visible()
    figure.click("x1")
    expect(section(figure)).to_be_visible()


def test_latex_is_copied_with_a_word_about_it(lab):
    lab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    figure = lab.run(f"{LECTURE}\nshow(o)").figure()
    figure.click("o")
    figure.panel.get_by_role("button", name="Copy LaTeX: local derivatives").click()
    figure.until(lambda: copied(lab).startswith("\\frac"), "LaTeX on the clipboard")
    names = made_by(LECTURE)
    by_id = {value.id: name for name, value in names.items() if isinstance(value, Value)}
    assert copied(lab) == formulas(names["o"], names=by_id)[1]["latex"]
    words = re.compile(r"^LaTeX of the local derivatives copied, \d+ characters$")
    expect(figure.root.get_by_role("status")).to_have_text(words)
    expect(figure.root.locator(".mgw-notice")).to_have_text(words)


def copied(notebook):
    return notebook.page.evaluate("navigator.clipboard.readText()")


def test_without_leave_to_write_a_selection_is_copied(plain, neuron):
    """A page that is not secure has no clipboard to write to; pasting shows what was copied."""
    figure = plain.show(neuron)
    figure.click("x1")
    plain.page.evaluate("delete Navigator.prototype.clipboard")
    button = figure.panel.get_by_role("button", name="Copy LaTeX: operation")
    button.click()
    expect(button).to_be_focused()
    words = "LaTeX of the operation copied, 9 characters"
    expect(figure.root.get_by_role("status")).to_have_text(words)
    plain.page.evaluate("document.body.append(document.createElement('textarea'))")
    plain.page.locator("textarea").focus()
    plain.page.keyboard.press("Control+v")
    expect(plain.page.locator("textarea")).to_have_value("x_{1} = 2")


def test_the_line_of_the_calling_cell_is_shown(lab):
    lab.run("x = Value(2.0)")
    figure = lab.run("y = x * 3\nz = y.tanh()  # squashed\nshow(z)").figure()
    figure.click("z")
    expect(figure.panel.locator("code")).to_have_text("z = y.tanh()")
    figure.click("y")
    expect(figure.panel.locator("code")).to_have_text("y = x * 3")
    figure.click("x")  # of another cell
    expect(figure.panel.locator("code")).to_have_count(0)
