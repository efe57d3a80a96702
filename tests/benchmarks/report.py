"""What was measured, kept from run to run: ``report.json`` the numbers, ``REPORT.md`` the tables.

Speed comes from ``make bench``, campaigns and promises from ``make nightly``, mutants from
``make mutants``. Each replaces its own lines and leaves the others as they are, except that a
night's campaigns add to what earlier nights tried.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
SECTIONS = {
    "Campaigns": "Random cases, added up over the nights. After a failure is mended, the count "
    "begins anew.",
    "Promises": "Measured by the tests marked `measured`, at their full numbers.",
    "Mutants": "What share of small faults, put into the code one at a time, some test notices.",
    "Speed": "The table of `make bench`; ✓ meets the goal, ✗ does not.",
}


class Report:
    """The numbers of earlier runs, to be added to and written again."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
        file = folder / "report.json"
        self.data: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.exists() else {}

    def campaign(self, name: str) -> dict[str, Any]:
        """What all nights together know of a campaign; to be changed in place."""
        return self.data.setdefault("campaigns", {}).setdefault(name, {})

    def keep(self, section: str, what: str, measured: object, promised: str) -> None:
        """Replace one line of a section."""
        lines = self.data.setdefault("lines", {}).setdefault(section, {})
        lines[what] = {"measured": str(measured), "promised": promised, "on": today()}

    def keep_mutants(self, what: str, count: int, left: int, promised: float) -> tuple[float, str]:
        """Replace the line of a group of mutants; its score in per cent, and that in words."""
        score = 100 * (count - left) / count
        line = f"{score:.1f} % of {count:,} ({left} survive)"
        self.keep("Mutants", what, line, f"at least {promised:g} %")
        return score, line

    def forget(self, section: str) -> None:
        """Empty a section, before all of it is measured anew."""
        self.data.setdefault("lines", {}).pop(section, None)

    def write(self) -> None:
        """Write both files, each whole."""
        numbers = json.dumps(self.data, indent=1, ensure_ascii=False, sort_keys=True)
        for name, text in (("report.json", numbers + "\n"), ("REPORT.md", self.text())):
            part = self.folder / (name + ".part")
            part.write_text(text, "utf-8")
            part.replace(self.folder / name)

    def text(self) -> str:
        """All of it as Markdown."""
        parts = [
            "# What was measured",
            "Written by `make nightly`, `make bench` and `make mutants`; the numbers stand in "
            f"`report.json`. Last machine: {machine()}.",
        ]
        for section, about in SECTIONS.items():
            rows = [*self.rows(section)]
            if rows:
                parts += [f"## {section}", about, table(rows)]
        return "\n\n".join(parts) + "\n"

    def rows(self, section: str) -> Iterable[tuple[str, ...]]:
        """The lines of a section's table, its heading first."""
        if section == "Campaigns":
            campaigns = self.data.get("campaigns", {})
            if campaigns:
                yield ("campaign", "promised", "tried", "failed", "and", "last")
            for name, known in sorted(campaigns.items()):
                yield (name, *campaign_cells(known))
            return
        lines = self.data.get("lines", {}).get(section, {})
        if lines:
            yield ("what", "measured", "promised", "on")
        for what, line in lines.items():
            yield (what, line["measured"], line["promised"], line["on"])


def campaign_cells(known: Mapping[str, Any]) -> tuple[str, ...]:
    """A campaign's row without its name."""
    cases = known["cases"]
    notes = [
        f"{what}: {count:,}" + (f" ({count / cases:.2%})" if count <= cases else "")
        for what, count in known.get("counts", {}).items()
    ]
    notes += [f"{what}: {number:.4g}" for what, number in known.get("worst", {}).items()]
    return (
        known["promise"],
        f"{cases:,} of {known['goal']:,}",
        f"{len(known.get('failed', []))}",
        "; ".join(notes),
        known["on"],
    )


def table(rows: Iterable[tuple[str, ...]]) -> str:
    """Rows as a Markdown table, the first as its heading."""
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * (lines[0].count(" | ") + 1), *lines[1:]])


def today() -> str:
    return datetime.now(timezone.utc).date().isoformat()


def machine() -> str:
    """What the numbers depend on, and nothing that names the machine."""
    return f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
