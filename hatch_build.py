"""Build the front end when it is missing or older than its sources, and say what is in it.

Hatchling calls this before it makes a wheel, a source distribution or an editable install;
``make`` runs it as a program. Both distributions carry the built front end, so that installing
them needs no Node, and a bill of materials.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
OLDEST_NODE = 20

STATIC = Path("microgradwidgets", "views", "static")
BUILT = (
    "widget.js",
    "figures.js.gz",
    "diagram.js.gz",
    "graphviz.js.gz",
    "page.js",
    "page.html",
    "notebook.html",
    "deck.html",
    "THIRD_PARTY_NOTICES.txt",
    "carried.cdx.json",
)
NOT_SOURCES = {"node_modules", "tests", "mutation", "coverage"}

# npm fetches packages and nothing else, whatever the user's own settings say; none of them runs.
NPM_SETTINGS = {
    "npm_config_ignore_scripts": "true",
    "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1",
    "PUPPETEER_SKIP_DOWNLOAD": "1",
    "NODE_ENV": "development",
}


class FrontEndError(Exception):
    """The front end cannot be built; the message says what to do."""


class FrontEndHook(BuildHookInterface[Any]):
    """Hatchling's door to :func:`build_front_end` and :func:`bill_of_materials`."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run before a distribution is written."""
        build_front_end(Path(self.root))
        if version == "editable":
            return
        self._folder = TemporaryDirectory()
        bill = Path(self._folder.name, BILL)
        bill.write_text(self._bill(), "utf-8")
        if self.target_name == "wheel":
            build_data["sbom_files"].append(str(bill))  # where PEP 770 wants it
        else:
            build_data["force_include"][str(bill)] = BILL

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Run once it is written."""
        if version != "editable":
            self._folder.cleanup()

    def _bill(self) -> str:
        project = self.metadata.core
        extras = [project.optional_dependencies[extra] for extra in EXTRAS]
        bill = bill_of_materials(
            json.loads(Path(self.root, STATIC, CARRIED).read_text("utf-8")),
            product(project.name, self.metadata.version, project.license_expression),
            [*(python_package(one, "required") for one in project.dependencies)],
            [python_package(one, "optional") for extra in extras for one in extra],
        )
        return json.dumps(bill, indent=1) + "\n"


BILL = "microgradwidgets.cdx.json"
CARRIED = "carried.cdx.json"
EXTRAS = ("export", "static")  # what a user of the package may add to it


def bill_of_materials(
    carried: dict[str, Any],
    product: dict[str, Any],
    required: Sequence[dict[str, Any]],
    optional: Sequence[dict[str, Any]],
) -> dict[str, Any]:
    """CycloneDX: what the front end carries, with the package around it and what that asks for.

    No time and no serial number, so that the same sources give the same wheel.
    """
    inside = [one["bom-ref"] for one in carried["components"]]
    brought = {ref for one in carried["dependencies"] for ref in one["dependsOn"]}
    direct = [ref for ref in inside if ref not in brought]
    around = [one["bom-ref"] for one in (*required, *optional)]
    return {
        **carried,
        "metadata": {"lifecycles": [{"phase": "build"}], "component": product},
        "components": [*carried["components"], *required, *optional],
        "dependencies": [
            {"ref": product["bom-ref"], "dependsOn": [*direct, *around]},
            *carried["dependencies"],
            *({"ref": ref} for ref in around),
        ],
    }


def product(name: str, version: str, licence: str) -> dict[str, Any]:
    """What is distributed."""
    address = f"pkg:pypi/{name}@{version}"
    return {
        "type": "library",
        "bom-ref": address,
        "name": name,
        "version": version,
        "licenses": [{"license": {"id": licence}}],
        "purl": address,
    }


def python_package(requirement: str, scope: str) -> dict[str, Any]:
    """What pip is asked to install beside it, in a version of its own choice."""
    [(name, versions)] = re.findall(r"^([\w.-]+)(.*)$", requirement)
    return {
        "type": "library",
        "bom-ref": f"pkg:pypi/{name}",
        "name": name,
        "scope": scope,
        "purl": f"pkg:pypi/{name}",
        "properties": [{"name": "microgradwidgets:versions", "value": versions}],
    }


def build_front_end(root: Path) -> bool:
    """Bring ``views/static`` up to date; tell whether there was anything to do."""
    if is_fresh(root):
        return False
    npm = find_npm()
    front_end = root / "js"
    if not is_installed(front_end):
        run([npm, "ci", "--include=dev", "--no-audit", "--no-fund"], front_end)
    run([npm, "run", "build"], front_end)
    missing = missing_files(root)
    if missing:
        raise FrontEndError(
            f"expected the build to write {', '.join(BUILT)}, got: no {', no '.join(missing)}"
        )
    for name in BUILT:  # a build that finds nothing to change may leave the old time
        os.utime(root / STATIC / name)
    return True


def is_fresh(root: Path) -> bool:
    """Every built file exists and is as new as the newest source."""
    if missing_files(root):
        return False
    oldest = min((root / STATIC / name).stat().st_mtime_ns for name in BUILT)
    return all(source.stat().st_mtime_ns <= oldest for source in sources(root / "js"))


def missing_files(root: Path) -> list[str]:
    """Names of built files that are not there."""
    return [name for name in BUILT if not (root / STATIC / name).is_file()]


def sources(front_end: Path) -> Iterator[Path]:
    """Walk over everything that can change what the build writes."""
    for entry in sorted(front_end.iterdir()):
        if entry.name in NOT_SOURCES or entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from (path for path in sorted(entry.rglob("*")) if path.is_file())
        else:
            yield entry


def is_installed(front_end: Path) -> bool:
    """Tell whether ``node_modules`` is what the lock file asks for."""
    # npm writes this file last, so an interrupted installation has none.
    installed = front_end / "node_modules" / ".package-lock.json"
    wanted = front_end / "package-lock.json"
    return installed.is_file() and installed.stat().st_mtime_ns >= wanted.stat().st_mtime_ns


def find_npm() -> str:
    """Path of npm, once Node is known to be new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None:
        got = "no node on the PATH"
    else:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
        version = answer.stdout.strip().lstrip("v")
        major = version.partition(".")[0]
        if npm is not None and major.isdigit() and int(major) >= OLDEST_NODE:
            return npm
        got = f"Node {version}" if version else f"{node}, which does not start"
        if npm is None:
            got += " and no npm on the PATH"
    raise FrontEndError(
        f"expected Node {OLDEST_NODE} or newer and npm to build the front end, got: {got}"
    )


def run(command: list[str], folder: Path) -> None:
    """Run one command of npm, its words on ours."""
    print("+", Path(command[0]).name, *command[1:], flush=True)
    environment = {**os.environ, **NPM_SETTINGS}
    done = subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, check=False
    )
    if done.returncode != 0:
        raise FrontEndError(
            f"expected `npm {' '.join(command[1:])}` in {folder} to succeed, "
            f"got: exit code {done.returncode}"
        )


if __name__ == "__main__":
    try:
        print("front end built" if build_front_end(ROOT) else "front end up to date")
    except FrontEndError as error:
        sys.exit(str(error))
