"""Build the front end when it is missing or older than its sources.

Hatchling calls this before it makes a wheel or an editable install; ``make`` runs it as a
program. The finished wheel needs no Node.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
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
)
NOT_SOURCES = {"node_modules", "tests", "mutation", "coverage"}

# npm fetches packages and nothing else, whatever the user's own settings say.
NPM_SETTINGS = {
    "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1",
    "PUPPETEER_SKIP_DOWNLOAD": "1",
    "NODE_ENV": "development",
}


class FrontEndError(Exception):
    """The front end cannot be built; the message says what to do."""


class FrontEndHook(BuildHookInterface[Any]):
    """Hatchling's door to :func:`build_front_end`."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run before a wheel is written; a source distribution carries the sources alone."""
        if self.target_name == "wheel":
            build_front_end(Path(self.root))


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
