"""The list of faults that no test notices: each has a reason, and says where it is."""

import json

import pytest

from tests.mutation import survivors
from tests.mutation.groups import GROUPS
from tests.processes import ROOT


def test_every_survivor_is_in_a_function_of_a_group_and_has_a_reason():
    functions = json.loads(survivors.FILE.read_text("utf-8"))
    found = {mutant.function for group in GROUPS for mutant in survivors.listed(group)}
    assert found == {*functions}


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_groups_name_modules_and_tests_that_are_there(group):
    assert all((ROOT / "microgradwidgets" / f"{module}.py").is_file() for module in group.modules)
    assert all((ROOT / "tests" / f"test_{test}.py").is_file() for test in group.tests)


def test_no_module_is_mutated_twice():
    modules = [module for group in GROUPS for module in group.modules]
    assert len(modules) == len({*modules})


def test_a_survivor_without_a_reason_is_refused(tmp_path):
    file = tmp_path / "survivors.json"
    file.write_text('{"nn.forward": {"a": {"b": " "}}}', "utf-8")
    (nn,) = (group for group in GROUPS if "nn" in group.modules)
    with pytest.raises(
        ValueError, match=r"^expected a reason in survivors\.json, got: none for b$"
    ):
        survivors.listed(nn, file)


def test_survivors_are_written_as_they_are_read(tmp_path):
    file = tmp_path / "survivors.json"
    (nn,) = (group for group in GROUPS if "nn" in group.modules)
    reasons = {survivors.Mutant("nn.forward", "x = 1", f"x = {i}"): f"why {i}" for i in range(3)}
    file.write_text(survivors.as_text(reasons, reasons), "utf-8")
    assert survivors.listed(nn, file) == reasons
    assert survivors.listed(GROUPS[0], file) == {}
