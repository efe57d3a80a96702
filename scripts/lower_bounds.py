"""Print the oldest release that each dependency range allows, as constraints for pip.

>>> pinned("anywidget>=0.9.13")
'anywidget==0.9.13'
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PYPROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
RANGE = re.compile(r"(?P<name>[\w.-]+)>=(?P<bound>[\w.]+)")


def pinned(requirement: str) -> str:
    """Turn ``name>=bound`` into ``name==bound``."""
    match = RANGE.fullmatch(requirement)
    if match is None:
        raise ValueError(f"expected a requirement of the form name>=bound, got: {requirement}")
    return f"{match['name']}=={match['bound']}"


def lower_bounds(pyproject: Path) -> list[str]:
    """Constraints for everything a user's installation may be asked for, hosts aside."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    ranges = [*project["dependencies"], *extras["export"], *extras["static"]]
    return [pinned(requirement) for requirement in ranges]


if __name__ == "__main__":
    print("\n".join(lower_bounds(PYPROJECT)))
