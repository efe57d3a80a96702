"""Pyodide's lock file: which packages there are, and the one that names our wheels.

Pyodide loads a package of its lock file when a cell first imports it, so a notebook needs no
``%pip install``.
"""

from __future__ import annotations

import json
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pkginfo import get_metadata

# What the kernel asks for by name when it starts.
KERNEL_NEEDS = ("micropip", "jedi")
# The half of ipywidgets that runs in the page, which is there already.
IN_THE_PAGE = {"jupyterlab-widgets", "widgetsnbextension"}


class PyodideLock:
    """The packages that one release of Pyodide was built with."""

    def __init__(self, path: Path) -> None:
        content = json.loads(path.read_text("utf-8"))
        self.info: dict[str, str] = content["info"]
        self.packages: dict[str, dict[str, Any]] = {
            canonicalize_name(package["name"]): package for package in content["packages"].values()
        }

    @property
    def python(self) -> str:
        """The version of Python, such as 3.14."""
        major, minor, _ = self.info["python"].split(".")
        return f"{major}.{minor}"

    def is_compiled(self, name: str) -> bool:
        """Tell whether Pyodide has the package, but not as a wheel that runs anywhere."""
        package = self.packages.get(canonicalize_name(name))
        return package is not None and not is_pure(package)

    def pure_versions(self) -> list[str]:
        """Requirements that hold packages to the releases that Pyodide was tried with."""
        pure = [package for package in self.packages.values() if is_pure(package)]
        return [f"{package['name']}=={package['version']}" for package in pure]

    def requirements(self, wheel: Path) -> list[Requirement]:
        """What a wheel needs in this Python, without what only exists compiled."""
        place = {"sys_platform": "emscripten", "platform_system": "Emscripten", "extra": ""}
        place |= {"os_name": "posix", "platform_machine": "wasm32"}
        place |= {"python_version": self.python, "python_full_version": self.info["python"]}
        needed = [Requirement(text) for text in metadata(wheel).requires_dist]
        needed = [r for r in needed if r.marker is None or r.marker.evaluate(place)]
        return [r for r in needed if not self.is_compiled(r.name)]

    def of_wheels(self, roots: list[Path], others: list[Path]) -> dict[str, Any]:
        """The content of a lock file of `roots` and what they need of `others`.

        Raises:
            ValueError: if something is needed that is not among them.
        """
        known = {package["name"]: package for package in map(self._package, [*others, *roots])}
        waiting = [*KERNEL_NEEDS, *(canonicalize_name(metadata(root).name) for root in roots)]
        packages: dict[str, dict[str, Any]] = {}
        while waiting:
            name = waiting.pop()
            if name not in known:
                raise ValueError(f"expected a wheel of {name}, got: {', '.join(sorted(known))}")
            if name not in packages:
                packages[name] = known[name]
                waiting += known[name]["depends"]
        return {"info": self.info, "packages": packages}

    def _package(self, wheel: Path) -> dict[str, Any]:
        about = metadata(wheel)
        depends = {canonicalize_name(r.name) for r in self.requirements(wheel)}
        return {
            "name": canonicalize_name(about.name),
            "version": about.version,
            "file_name": wheel.name,
            "sha256": sha256(wheel.read_bytes()).hexdigest(),
            "package_type": "package",
            "install_dir": "site",
            "unvendored_tests": False,
            "imports": top_level_names(wheel),
            "depends": sorted(depends - IN_THE_PAGE),
        }


def is_pure(package: dict[str, Any]) -> bool:
    """Tell whether a package of a lock file is a wheel that runs anywhere."""
    return str(package["file_name"]).endswith("-none-any.whl")


def metadata(wheel: Path) -> Any:
    """What a wheel says of itself."""
    found = get_metadata(str(wheel))
    if found is None:
        raise ValueError(f"expected a wheel, got: {wheel}")
    return found


def top_level_names(wheel: Path) -> list[str]:
    """What can be imported once a wheel is installed."""
    with zipfile.ZipFile(wheel) as archive:
        paths = [Path(name) for name in archive.namelist() if name.endswith(".py")]
    names = {path.parts[0].removesuffix(".py") for path in paths}
    return sorted(name for name in names if name.isidentifier())
