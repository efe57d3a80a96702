"""What the front end is built of: locked, fetched without running a thing, the same each time."""

import json
import os
import re
import shutil
import sys

import pytest

from tests.distributions import ROOT, run

LOCKS = ["js/package-lock.json", "scripts/lite/package-lock.json"]
REGISTRY = "https://registry.npmjs.org"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_locked_to_its_place_and_its_bytes(lock):
    content = json.loads((ROOT / lock).read_text("utf-8"))
    assert content["lockfileVersion"] == 3
    packages = {path: one for path, one in content["packages"].items() if path}
    assert len(packages) > 2
    for path, one in packages.items():
        name = one.get("name", path.rpartition("node_modules/")[2])
        plain = name.rpartition("/")[2]
        assert one["resolved"] == f"{REGISTRY}/{name}/-/{plain}-{one['version']}.tgz", path
        assert re.fullmatch(r"sha512-[A-Za-z0-9+/]{86}==", one["integrity"]), path
        assert not one.get("link"), path


@pytest.mark.parametrize("lock", LOCKS)
def test_what_is_asked_for_is_asked_for_to_the_digit(lock):
    content = json.loads((ROOT / lock).with_name("package.json").read_text("utf-8"))
    asked = {**content["dependencies"], **content.get("devDependencies", {})}
    assert {name: v for name, v in asked.items() if not re.fullmatch(r"\d+\.\d+\.\d+", v)} == {}
    assert (
        json.loads((ROOT / lock).read_text("utf-8"))["packages"][""]["dependencies"]
        == (content["dependencies"])
    )


SHELL = """#!/bin/sh
echo "$*" >> "$RECORD"
exec sh "$@"
"""


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory):
    """The front end, built from its sources alone in another folder, for another person."""
    folder = tmp_path_factory.mktemp("elsewhere") / "a copy"
    bare = shutil.ignore_patterns("node_modules", "tests", "coverage")
    shutil.copytree(ROOT / "js", folder / "js", ignore=bare)
    shutil.copy(ROOT / "hatch_build.py", folder)
    shell = folder / "shell"
    shell.write_text(SHELL)
    shell.chmod(0o755)
    elsewhere = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "tr_TR.UTF-8",
        "SOURCE_DATE_EPOCH": "1",
        # What has been fetched before need not be fetched again.
        "npm_config_cache": run("npm", "config", "get", "cache").strip(),
        "npm_config_prefer_offline": "true",
        # Whatever npm runs for a package, it runs by this.
        "npm_config_script_shell": str(shell),
        "RECORD": str(folder / "record"),
    }
    run(sys.executable, "hatch_build.py", cwd=folder, env=elsewhere)
    return folder


@pytest.mark.packaging
@pytest.mark.skipif(os.name == "nt", reason="the shell that takes notes is a script for sh")
def test_no_package_runs_anything_when_it_is_fetched(rebuilt):
    """The build alone is run; and there are packages that would have run something."""
    assert (rebuilt / "record").read_text().splitlines() == ["-c node build.mjs"]
    lock = json.loads((ROOT / LOCKS[0]).read_text("utf-8"))["packages"]
    assert [path for path, one in lock.items() if one.get("hasInstallScript")] != []


@pytest.mark.packaging
@pytest.mark.skipif(os.name == "nt", reason="built by the fixture above")
def test_the_front_end_is_the_same_to_the_byte_wherever_it_is_built(rebuilt):
    run(sys.executable, "hatch_build.py", cwd=ROOT)
    here, there = (
        {path.name: path.read_bytes() for path in (root / STATIC).iterdir()}
        for root in (ROOT, rebuilt)
    )
    assert {name for name in here | there if here.get(name) != there.get(name)} == set()


STATIC = "microgradwidgets/views/static"
