"""A table of a document that the tests write, and hold to what they see."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

DOCS = Path(__file__).resolve().parents[2] / "docs"
BEGIN, END = "<!-- begin: written by the tests -->", "<!-- end -->"

Row = TypeVar("Row", bound=tuple[Any, ...])


@dataclass(frozen=True)
class DocTable(Generic[Row]):
    """Rows are named by what stands first in them, and stand in the order of ``names``."""

    page: Path
    row: type[Row]
    headings: Sequence[str]
    names: Sequence[str]
    update: str  # the environment variable that lets the table be written

    def expect(self, row: Row) -> None:
        """The document says just this; where it may be written, it is made to."""
        text = self.page.read_text("utf-8")
        rows = self.read(text)
        if os.environ.get(self.update):
            rows[row[0]] = row
            known = (rows[name] for name in self.names if name in rows)
            self.page.write_text(self.with_rows(text, known), "utf-8")
        said = rows.get(row[0], f"no row for {row[0]}")
        assert said == row, f"{self.page.name} says\n{said}\nwhere it should say\n{row}"

    def read(self, text: str | None = None) -> dict[str, Row]:
        """By name.

        >>> from typing import NamedTuple
        >>> class Host(NamedTuple):
        ...     host: str
        ...     shown: str
        >>> table = DocTable(DOCS / "hosts.md", Host, ("host", "shown"), ("x",), "UPDATE")
        >>> table.read(table.with_rows(f"{BEGIN}{END}", [Host("x", "live")]))
        {'x': Host(host='x', shown='live')}
        """
        text = self.page.read_text("utf-8") if text is None else text
        lines = text.partition(BEGIN)[2].partition(END)[0].strip().splitlines()[2:]
        cells = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
        return {row[0]: self.row(*row) for row in cells}

    def with_rows(self, text: str, rows: Iterable[Row]) -> str:
        """The page with these rows in its table."""
        before, _, rest = text.partition(BEGIN)
        lines = [self.headings, *rows]
        head, *table = [f"| {' | '.join(line)} |" for line in lines]
        rule = f"|{' --- |' * len(self.headings)}"
        return "\n".join([f"{before}{BEGIN}", head, rule, *table, f"{END}{rest.partition(END)[2]}"])
