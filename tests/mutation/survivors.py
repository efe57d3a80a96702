"""The faults that no test notices, each with the reason why that is no harm."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.groups import Group

FILE = Path(__file__).with_name("python_survivors.json")


@dataclass(frozen=True, order=True)
class Mutant:
    """One small fault: in which function, and the line before and after."""

    function: str
    was: str
    now: str


def listed(group: Group, file: Path = FILE) -> dict[Mutant, str]:
    """Those of a group, and their reasons.

    In the file they stand by function, line and what the line becomes, so that a reason is next to
    what it speaks of, and outlives a new count of the mutants.
    """
    found: dict[Mutant, str] = {}
    for function, lines in json.loads(file.read_text("utf-8")).items():
        if not any(function.startswith(f"{module}.") for module in group.modules):
            continue
        for was, changes in lines.items():
            for now, reason in changes.items():
                if not reason.strip():
                    raise ValueError(f"expected a reason in {file.name}, got: none for {now}")
                found[Mutant(function, was, now)] = reason
    return found


def as_text(mutants: Iterable[Mutant], reasons: Mapping[Mutant, str]) -> str:
    """Mutants as they stand in the file; those without a reason are to be given one."""
    tree: dict[str, dict[str, dict[str, str]]] = {}
    for mutant in sorted(mutants):
        changes = tree.setdefault(mutant.function, {}).setdefault(mutant.was, {})
        changes[mutant.now] = reasons.get(mutant, "")
    return json.dumps(tree, indent=1, ensure_ascii=False)
