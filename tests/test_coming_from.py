"""The page for people who know something else: what it says runs, there as here."""

import ast
import copy
import doctest
import pickle
import random
import re

import pytest

from tests.processes import ROOT

PAGE = (ROOT / "docs" / "coming_from.md").read_text("utf-8")
COLUMNS = ("micrograd", "PyTorch", "MicrogradEx", "here")
COMPARED = {
    "a power, a quotient", "a function", "a sum of many", "its number", "a gradient",
    "one of a step between", "a value without its past", "how many",
}  # fmt: skip
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith("| ---") and "| micrograd |" not in line
]
BLOCKS = re.findall(r"^```python\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)

HERE = "from microgradwidgets import *"
MICROGRAD = "from micrograd.engine import Value\nfrom micrograd.nn import MLP"
PYTORCH = (
    "import torch\nfrom torch import nn\nfrom torch.utils.data import DataLoader\ndata = [1.0]"
)


def results(column, names):
    """Run the code of a column, row by row: what the last expression of each row comes to."""
    place = 1 + COLUMNS.index(column)
    found = {}
    for row in ROWS:
        for code in re.findall("`([^`]+)`", row[place]):
            tree = ast.parse(code)
            if isinstance(tree.body[-1], ast.Expr):
                found[row[0]] = eval(code, names)
                assert found[row[0]] is not False, code
            else:
                exec(code, names)
    return found


def number(result):
    """What can be compared of a result: one number."""
    if hasattr(result, "detach"):
        return result.item()
    return float(getattr(result, "data", result))


def started(imports):
    names = {"copy": copy, "pickle": pickle, "random": random}
    exec(imports, names)
    return names


@pytest.fixture(scope="module")
def ours():
    return results("here", started(HERE))


def test_the_tables_have_a_cell_for_each():
    assert len(ROWS) > 35
    assert {len(row) for row in ROWS} == {5}
    assert all("`" in row[4] or row[4].startswith(("nothing", "a seed")) for row in ROWS)


def expect_the_same(theirs, ours, count):
    both = sorted(row for row in COMPARED & theirs.keys() if theirs[row] is not None)
    assert len(both) == count
    assert [number(theirs[row]) for row in both] == [number(ours[row]) for row in both]


def test_the_code_of_micrograd_runs_and_gives_the_same_numbers(ours):
    expect_the_same(results("micrograd", started(MICROGRAD)), ours, len(COMPARED))


@pytest.mark.filterwarnings("ignore:Anomaly Detection")
def test_the_code_of_pytorch_runs_and_gives_the_same_numbers(ours):
    pytest.importorskip("torch", reason="PyTorch is not installed (pip install torch)")
    theirs = results("PyTorch", started(PYTORCH))
    expect_the_same(theirs, ours, len(COMPARED) - 1)  # retain_grad comes before the pass


@pytest.mark.parametrize("block", [block for block in BLOCKS if "torch" not in block])
def test_its_examples_run(block):
    expect_example(block)


def test_its_example_of_pytorch_runs():
    pytest.importorskip("torch", reason="PyTorch is not installed (pip install torch)")
    (block,) = (block for block in BLOCKS if "torch" in block)
    expect_example(block)


def expect_example(block):
    """The examples of a block, after the imports of the blocks before it."""
    names = {}
    exec(
        "from micrograd.engine import Value as Micrograd\nfrom microgradwidgets import show", names
    )
    examples = doctest.DocTestParser().get_doctest(block, names, "page", "coming_from.md", 0)
    assert examples.examples
    failures, _ = doctest.DocTestRunner(verbose=False).run(examples)
    assert failures == 0
