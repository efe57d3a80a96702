"""Every version of a lesson comes from one notebook, and runs."""

import json

import nbformat
import pytest
from nbclient import NotebookClient

from microgradwidgets.cli.demo import notebooks_folder
from microgradwidgets.teaching import solutions, versions
from microgradwidgets.teaching.registry import find
from tests.small_lesson import SOLUTIONS, lesson_file

COURSE = sorted(notebooks_folder().glob("*.ipynb"))


@pytest.fixture(scope="module")
def lesson(tmp_path_factory):
    return lesson_file(tmp_path_factory.mktemp("lesson"))


@pytest.fixture
def source(lesson):
    return versions.read(lesson.read_text("utf-8"))


def texts(notebook, kind="code"):
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == kind]


def results(notebook, folder):
    """What the cells print, and what their last lines show, when a notebook is run."""
    run = nbformat.reads(versions.written(notebook), as_version=4)
    NotebookClient(run, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    outputs = [output for cell in run.cells for output in cell.get("outputs", [])]
    return [
        output["text"] if output.output_type == "stream" else output["data"]["text/plain"]
        for output in outputs
    ]


def test_a_student_gets_everything_but_the_solutions(source):
    given = versions.student(source)
    assert texts(given, "markdown") == texts(source, "markdown")
    assert texts(given)[1] == "b_gradient = ...\n...  # your answer"
    assert texts(given)[5].endswith("def slope(x):\n    ...  # your answer")
    everything = versions.written(given)
    assert not any(solution in everything for solution in SOLUTIONS)
    assert "SOLUTION" not in everything


def test_the_source_is_left_as_it_is(source, lesson):
    versions.student(source), versions.teacher(source), versions.otter(source, [])
    assert source == json.loads(lesson.read_text("utf-8"))


def test_a_notebook_without_exercises_stays_as_it_is():
    for path in COURSE:
        text = path.read_text("utf-8")
        if solutions.BEGIN not in text:
            assert versions.written(versions.student(versions.read(text))) == text


def test_the_version_of_a_student_runs_and_asks_for_answers(source, lesson):
    shown = results(versions.student(source), lesson.parent)
    said = [text for text in shown if text.startswith(("Right: ", "Not yet: "))]
    assert said[0] == (
        "Not yet: there is no answer here yet. It asks for the gradient of b in c = a · b + b³, "
        "at a = −4 and b = 2."
    )
    assert said[1].startswith("Not yet: there is no answer here yet.")
    assert (
        said[2]
        == "Not yet: for x = 0, slope gives nothing (is there a return?), and a number is wanted."
    )


def test_the_version_of_a_teacher_runs_and_is_right(source, lesson):
    shown = results(versions.teacher(source), lesson.parent)
    assert sum(text.startswith("Right: ") for text in shown) == 3


def test_answers_and_tests_are_marked_for_nbgrader(source):
    made = versions.teacher(source)
    marks = [cell["metadata"].get("nbgrader") for cell in made["cells"]]
    marks = [mark for mark in marks if mark]
    assert [mark["grade_id"] for mark in marks] == [
        *("answer-02_1", "check-02_1", "answer-02_2", "check-02_2", "answer-02_4", "check-02_4")
    ]
    for mark in marks:
        is_test = mark["grade_id"].startswith("check")
        assert (mark["grade"], mark["locked"], mark["solution"]) == (is_test, is_test, not is_test)
        assert mark.get("points") == (1 if is_test else None)
    assert 'print(check("02.1", b_gradient).require())' in texts(made)


def test_questions_and_tests_are_marked_for_otter(source):
    made = versions.otter(source, ["points.txt"])
    raw = texts(made, "raw")
    assert raw[0] == "# ASSIGNMENT CONFIG\nsolutions_pdf: false\nfiles:\n  - points.txt"
    assert raw[1:7] == [
        "# BEGIN QUESTION\nname: q02_1\npoints: 1",
        *("# BEGIN SOLUTION", "# END SOLUTION", "# BEGIN TESTS", "# END TESTS", "# END QUESTION"),
    ]
    assert len(raw) == 1 + 3 * 6
    assert 'assert check("02.1", b_gradient).require()' in texts(made)
    nbformat.validate(nbformat.reads(versions.written(made), as_version=4))


def code(*sources):
    cells = [{"cell_type": "code", "metadata": {}, "source": source} for source in sources]
    return {"cells": cells}


ANSWER = "a = 1\n### BEGIN SOLUTION\na = 2\n### END SOLUTION"


@pytest.mark.parametrize(
    "notebook, words",
    [
        (code(ANSWER + '\ncheck("02.1", a)'), "expected the check of 02.1 in a cell of its own"),
        (code(ANSWER), "expected a check after 'a = 1"),
        (code(ANSWER, ANSWER, 'check("02.1", a)'), "got another answer"),
    ],
)
def test_an_answer_and_its_check_come_in_turn(notebook, words):
    with pytest.raises(ValueError, match=words):
        versions.teacher(notebook)


@pytest.mark.parametrize(
    "cell",
    [
        "### BEGIN SOLUTION\na = 2",
        "### END SOLUTION",
        "### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION",
    ],
)
def test_a_solution_begins_and_ends(cell):
    with pytest.raises(ValueError, match=r"expected ### BEGIN SOLUTION and|expected ### END SOL"):
        solutions.without_solution(cell)


@pytest.mark.parametrize(
    "last, required",
    [
        ('check("02.1", π)  # wer weiß', 'print(check("02.1", π).require())  # wer weiß'),
        ('check(\n    "02.1",\n    a,\n)', 'print(check(\n    "02.1",\n    a,\n).require())'),
    ],
)
def test_a_check_is_made_to_fail_however_it_is_written(last, required):
    made = versions.teacher(code(ANSWER, f"# über\n{last}"))
    assert texts(made)[1] == f"# über\n{required}"


def test_checks_that_follow_no_answer_and_other_cells_are_left_alone():
    notebook = code('check("02.1", 3)', "%time 1", 'print(check("02.1", 3))')
    assert versions.exercises_in(notebook) == []
    assert texts(versions.teacher(notebook)) == texts(notebook)


# The form of the course: the check stands with the answer, and the solution is folded away.
FOLDED = code(
    "x = 3.0\n\nanswer = ...  # a number\n\ncheck('02.1', answer)",
    "### BEGIN SOLUTION\ntwice = 2 * x\n\ncheck('02.1', twice + 2)  # by hand\n### END SOLUTION",
    "def slope(x):\n    ...\n\n\ncheck('02.4', slope)",
    "### BEGIN SOLUTION\ndef slope(x):\n    return 1\n\n\ncheck('02.4', slope)\n### END SOLUTION",
)


def test_a_solution_in_a_cell_of_its_own_is_put_where_graders_look():
    assert versions.exercises_in(FOLDED) == ["02.1", "02.4"]
    assert texts(versions.teacher(FOLDED)) == [
        "x = 3.0\n\nanswer = ...  # a number\n### BEGIN SOLUTION\n"
        "twice = 2 * x\nanswer = twice + 2  # by hand\n### END SOLUTION",
        "print(check('02.1', answer).require())",
        "def slope(x):\n    ...\n### BEGIN SOLUTION\ndef slope(x):\n    return 1\n### END SOLUTION",
        "print(check('02.4', slope).require())",
    ]


def test_a_student_does_not_get_it():
    assert texts(versions.student(FOLDED)) == texts(FOLDED)[::2]


def test_a_solution_answers_a_cell_that_asks():
    with pytest.raises(ValueError, match=r"expected a cell that asks before the solution of 02\.1"):
        versions.teacher(code(texts(FOLDED)[1]))
    with pytest.raises(ValueError, match="expected a check of a variable"):
        versions.teacher(code("check('02.1', 3 + 4)", texts(FOLDED)[1]))


@pytest.mark.parametrize(
    "text, words",
    [
        ("[]", r"expected a notebook with cells, got: list \[\]"),
        ("{}", "expected a notebook with cells, got: dict {}"),
        ('{"cells": 1}', "expected a notebook with cells"),
        ('{"cells": [1]}', "expected cells with cell_type, metadata and source, got: int 1"),
        ("[" * 10**5, "expected a notebook, got: JSON that is nested too deeply"),
        ("no notebook", "Expecting value"),
    ],
)
def test_only_a_notebook_is_read(text, words):
    with pytest.raises(ValueError, match=words):
        versions.read(text)


@pytest.mark.parametrize("path", COURSE, ids=lambda path: path.stem)
def test_the_exercises_of_a_lesson_exist_and_its_solutions_are_right(path):
    lesson = versions.read(path.read_text("utf-8"))
    asked = versions.exercises_in(lesson)
    assert len(asked) == versions.written(lesson).count(solutions.BEGIN)
    for exercise in asked:
        assert find(exercise).id == exercise
        assert path.name.startswith(exercise.partition(".")[0])
    if asked:
        shown = results(versions.teacher(lesson), path.parent)
        assert sum(text.startswith("Right: ") for text in shown) >= len(asked)
        results(versions.student(lesson), path.parent)
