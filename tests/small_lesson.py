"""A lesson with three exercises, as the course has them, and what students make of it."""

import json
from pathlib import Path

from nbformat import v4

LESSON = "02_small_lesson"
SOLUTIONS = ("b_gradient = a.data + 3 * b.data**2", "c = a * b + b**3", "return 1 - tanh(x) ** 2")
RIGHT = ("b_gradient = 8", "c = b * (a + b * b)", "t = tanh(x)\n    return 1 - t * t")
WRONG = ("b_gradient = 12", "c = a * b + 8", "while True:\n        pass")

CELLS = [
    "# A small lesson",
    "from microgradwidgets import Value, check, show\n\n"
    "a, b = Value(-4.0), Value(2.0)\nshow(a * b + b**3)",
    "## What is the gradient of b?",
    "b_gradient = ...\n### BEGIN SOLUTION\n{0}\n### END SOLUTION",
    'check("02.1", b_gradient)',
    "## Build the expression",
    "c = ...\n### BEGIN SOLUTION\n{1}\n### END SOLUTION",
    'check("02.2", c)',
    "from math import tanh\n\n\ndef slope(x):\n"
    "    ### BEGIN SOLUTION\n    {2}\n    ### END SOLUTION",
    "## Does it hold everywhere?",
    'check("02.4", slope)',
    "open('points.txt').read()",
]


def lesson_file(folder: Path) -> Path:
    """The source of the lesson, and a file that it reads."""
    cells = [
        v4.new_markdown_cell(text) if text[0] == "#" else v4.new_code_cell(text.format(*SOLUTIONS))
        for text in CELLS
    ]
    for number, cell in enumerate(cells):
        cell["id"] = f"lesson-{number}"
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "points.txt").write_text("1 2\n")
    path = folder / f"{LESSON}.ipynb"
    path.write_text(json.dumps(notebook, indent=1) + "\n")
    return path


def code_of(path: Path) -> str:
    """All code of a notebook."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return "\n\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")


def hand_in(given: Path, target: Path, answers: tuple[str, ...]) -> Path:
    """What a student hands in: each stub of the notebook they were given is replaced."""
    notebook = json.loads(given.read_text("utf-8"))
    left = list(answers)
    for cell in notebook["cells"]:
        lines = "".join(cell["source"]).split("\n")
        stubs = [line for line in lines if line.strip().startswith("...")]
        if cell["cell_type"] == "code" and stubs:
            indent = stubs[0][: len(stubs[0]) - len(stubs[0].lstrip())]
            cell["source"] = "\n".join(lines).replace(stubs[0], indent + left.pop(0))
    assert not left
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(notebook), "utf-8")
    return target
