"""nbgrader and Otter themselves hand a lesson out and grade it, on a machine without a display."""

import csv
import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from microgradwidgets import cli
from tests.small_lesson import LESSON, RIGHT, SOLUTIONS, WRONG, hand_in, lesson_file

pytestmark = [
    pytest.mark.grading,
    pytest.mark.skipif(
        find_spec("nbgrader") is None or find_spec("otter") is None,
        reason="nbgrader and Otter are in an environment of their own: make test-grading",
    ),
]

WHY = [
    "Not yet: 12 is not the gradient of b: b is used twice, so its two contributions add (a sum "
    "over arrows).",
    "Not yet: the gradient of b is −4 here, which is not right (with a = −4 and b = 2): b is used "
    "twice, so its two contributions add (a sum over arrows).",
    "Not yet: for x = 0, slope was stopped after 1,000,000 steps: does its loop end?",
]


def ran(folder, *command):
    """Run a command of one of the graders."""
    env = {name: text for name, text in os.environ.items() if name != "DISPLAY"}
    # nbgrader starts a program of its environment by its bare name.
    env["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), env.get("PATH", "")])
    done = subprocess.run(
        [sys.executable, "-m", *map(str, command)],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def written(version, folder):
    """The lesson, written for a grader by the command."""
    source = lesson_file(folder / "lesson")
    files = [str(source), str(source.parent / "points.txt")]
    assert cli.main(["course", version, str(folder / "course"), *files]) == 0
    return folder / "course"


def outputs_of(path):
    return [
        output
        for cell in json.loads(path.read_text("utf-8"))["cells"]
        for output in cell.get("outputs", [])
    ]


# -- nbgrader --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def nbgrader(tmp_path_factory):
    """A course in which two students have handed in, and nbgrader has graded them."""
    course = written("nbgrader", tmp_path_factory.mktemp("nbgrader"))
    ran(course, "nbgrader", "generate_assignment", "--create", LESSON)
    given = course / "release" / LESSON / f"{LESSON}.ipynb"
    for student, answers in (("right", RIGHT), ("wrong", WRONG)):
        hand_in(given, course / "submitted" / student / LESSON / f"{LESSON}.ipynb", answers)
    said = ran(course, "nbgrader", "autograde", "--create", LESSON)
    assert "partial credit" not in said
    ran(course, "nbgrader", "export")
    return course


def test_nbgrader_hands_out_no_solution(nbgrader):
    text = (nbgrader / "release" / LESSON / f"{LESSON}.ipynb").read_text("utf-8")
    assert text.count("...  # your answer") == len(SOLUTIONS)
    assert not any(solution in text for solution in SOLUTIONS)


def test_nbgrader_counts_right_answers(nbgrader):
    with (nbgrader / "grades.csv").open() as file:
        scores = {
            row["student_id"]: (row["score"], row["max_score"]) for row in csv.DictReader(file)
        }
    assert scores == {"right": ("3.0", "3.0"), "wrong": ("0.0", "3.0")}


def test_nbgrader_shows_which_value_and_which_rule_a_wrong_answer_misses(nbgrader):
    outputs = outputs_of(nbgrader / "autograded" / "wrong" / LESSON / f"{LESSON}.ipynb")
    assert [output["evalue"] for output in outputs if output["output_type"] == "error"] == WHY


def test_nbgrader_shows_why_a_right_answer_is_right(nbgrader):
    outputs = outputs_of(nbgrader / "autograded" / "right" / LESSON / f"{LESSON}.ipynb")
    printed = ["".join(output["text"]) for output in outputs if output.get("name") == "stdout"]
    assert len(printed) == len(RIGHT)
    assert all(text.startswith("Right: ") for text in printed)


def test_a_figure_in_the_lesson_is_shown_where_it_is_graded(nbgrader):
    outputs = outputs_of(nbgrader / "autograded" / "right" / LESSON / f"{LESSON}.ipynb")
    shown = [output["data"] for output in outputs if "data" in output]
    assert any("application/vnd.jupyter.widget-view+json" in data for data in shown)


# -- Otter -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def otter(tmp_path_factory):
    """What Otter makes of the lesson: a folder for students, and what grades them."""
    course = written("otter", tmp_path_factory.mktemp("otter"))
    # It runs the solutions against the tests, and fails where they do not pass.
    ran(course, "otter", "assign", f"{LESSON}/{LESSON}.ipynb", "dist")
    return course / "dist"


@pytest.fixture(scope="module")
def graded(otter):
    """Otter's results, by student."""
    (autograder,) = (otter / "autograder").glob("*.zip")
    results = {}
    for student, answers in (("right", RIGHT), ("wrong", WRONG)):
        folder = otter / student
        handed_in = hand_in(
            otter / "student" / f"{LESSON}.ipynb", folder / f"{LESSON}.ipynb", answers
        )
        ran(folder, "otter", "run", "--autograder", autograder, "--output-dir", folder, handed_in)
        tests = json.loads((folder / "results.json").read_text())["tests"]
        results[student] = {test["name"]: test for test in tests if "score" in test}
    return results


def test_otter_hands_out_no_solution(otter):
    text = (otter / "student" / f"{LESSON}.ipynb").read_text("utf-8")
    assert not any(solution in text for solution in SOLUTIONS)
    assert (otter / "student" / "points.txt").is_file()


def test_otter_counts_right_answers(graded):
    scores = {s: {name: t["score"] for name, t in tests.items()} for s, tests in graded.items()}
    assert scores == {
        "right": {"q02_1": 1.0, "q02_2": 1.0, "q02_4": 1.0},
        "wrong": {"q02_1": 0, "q02_2": 0, "q02_4": 0},
    }


def test_otter_shows_which_value_and_which_rule_a_wrong_answer_misses(graded):
    for test, words in zip(graded["wrong"].values(), WHY, strict=True):
        assert f"AssertionError: {words}" in test["output"]


def test_students_check_their_answers_by_otter_in_the_notebook(otter):
    path = hand_in(
        otter / "student" / f"{LESSON}.ipynb",
        otter / "student" / "mine.ipynb",
        (RIGHT[0], WRONG[1], RIGHT[2]),
    )
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if "grader.export" not in cell.source]
    run = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=120, resources=run).execute()
    said = [
        o["data"]["text/plain"] for c in notebook.cells for o in c.get("outputs", []) if "data" in o
    ]
    checked = [words for words in said if "results:" in words]
    assert [words.split(":")[0] for words in checked] == [
        *("q02_1 results", "q02_2 results", "q02_4 results")
    ]
    assert [words.endswith("All test cases passed!") for words in checked] == [True, False, True]
    assert WHY[1] in checked[1]
