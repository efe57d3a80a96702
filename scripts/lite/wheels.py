"""The Python packages of the site: ours, what it needs, and what the kernel needs.

Versions are those that Pyodide was built with, where it has the package, and the newest elsewhere.
What only exists compiled is on PyPI for other machines alone, and is left out.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from scripts.lite.lock import KERNEL_NEEDS, PyodideLock, metadata


def pip(*arguments: str) -> None:
    """Run this environment's pip; it speaks when something fails."""
    subprocess.run([sys.executable, "-m", "pip", "-qq", *arguments], check=True)


def build_own(root: Path, folder: Path) -> Path:
    """The wheel of this project. The same sources give the same bytes."""
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(root))
    (wheel,) = folder.glob("*.whl")
    return wheel


def download(roots: list[Path], lock: PyodideLock, folder: Path) -> list[Path]:
    """Bring all that these wheels and the kernel need into `folder`, as wheels for any machine."""
    constraints = folder / "constraints.txt"
    constraints.write_text("\n".join(lock.pure_versions()), encoding="utf-8")
    given = {metadata(wheel).name for wheel in roots}
    needed = {str(r) for wheel in roots for r in lock.requirements(wheel) if r.name not in given}
    pip(
        *("download", "--dest", str(folder), "--constraint", str(constraints)),
        *("--only-binary", ":all:", "--platform", "any", "--abi", "none"),
        *("--implementation", "py", "--python-version", lock.python),
        *sorted({*KERNEL_NEEDS, *needed}),
    )
    return sorted(folder.glob("*.whl"))
