"""A group's mutants: made and tried by mutmut in a folder of its own, and read from there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import change_cwd

from tests.mutation.groups import LEFT_OUT, Group
from tests.mutation.survivors import Mutant
from tests.processes import ROOT

FOLDER = ROOT / "build" / "mutants"
CONFIGURATION = """
[tool.mutmut]
source_paths = ["microgradwidgets"]
only_mutate = {modules}
pytest_add_cli_args = ["-p", "no:cacheprovider", "-p", "no:xdist", "-k", "{left_out}"]
pytest_add_cli_args_test_selection = {tests}
track_dependencies = false
"""
# A mutant that runs for ever, or takes the interpreter down, has been noticed.
NOTICED = {"killed", "timeout", "segfault"}


def run(group: Group, names: list[str], jobs: int) -> None:
    """Try all mutants of a group, or those that are named once more."""
    folder = FOLDER / group.name
    if not names:
        shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(folder / "mutants" / "tests", ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    for part in ("microgradwidgets", "tests"):
        if not (folder / part).exists():
            (folder / part).symlink_to(ROOT / part, target_is_directory=True)
    settings = CONFIGURATION.format(
        modules=[f"microgradwidgets/{module}.py" for module in group.modules],
        tests=[f"tests/test_{test}.py" for test in group.tests],
        left_out=" and ".join(f"not {part}" for part in LEFT_OUT),
    )
    (folder / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text("utf-8") + settings)
    command = [sys.executable, "-m", "mutmut", "run", f"--max-children={jobs}", *names]
    environment = {**os.environ, "HYPOTHESIS_PROFILE": "quick"}
    with (folder / "printed.txt").open("w") as printed:
        finished = subprocess.run(
            command, cwd=folder, env=environment, stdout=printed, stderr=subprocess.STDOUT
        )
    if finished.returncode:
        end = (folder / "printed.txt").read_text("utf-8")[-3000:]
        raise SystemExit(f"expected mutmut to run in {folder}, got:\n{end}")


def outcomes(group: Group) -> dict[str, str]:
    """What became of each mutant, by mutmut's name for it."""
    found: dict[str, str] = {}
    with change_cwd(FOLDER / group.name):
        for module in group.modules:
            data = SourceFileMutationData(path=f"microgradwidgets/{module}.py")
            data.load()
            found |= {
                name: status_by_exit_code[code] for name, code in data.exit_code_by_key.items()
            }
    return found


def described(group: Group, name: str) -> Mutant:
    """A mutant by what it changes: that stays when mutmut counts anew."""
    mangled = name.rpartition("__mutmut_")[0].removeprefix("microgradwidgets.")
    module, _, function = mangled.rpartition(".")
    function = function.removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
    module = module.replace(".", "/")
    with change_cwd(FOLDER / group.name):
        diff = get_diff_for_mutant(name, path=f"microgradwidgets/{module}.py").splitlines()[3:]
    was, now = (
        " ".join(line[1:].strip() for line in diff if line.startswith(sign)) for sign in "-+"
    )
    return Mutant(f"{module}.{function}", was, now)
