"""Each sentence that the documents quote stands in the code, or nobody would find it there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.processes import ROOT

PAGE = ROOT / "docs" / "troubleshooting.md"
GAP = "…"
"""What differs from case to case: in the documents as in what is read here."""


def quoted() -> list[str]:
    lines = PAGE.read_text("utf-8").splitlines()
    return [line.removeprefix("> ") for line in lines if line.startswith("> ")]


def python_sentences() -> Iterator[str]:
    """Every text of the package, with a gap for each thing that is put into it."""
    for path in [ROOT / "hatch_build.py", *(ROOT / "microgradwidgets").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                yield "".join(p.value if isinstance(p, ast.Constant) else GAP for p in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def script_sentences() -> Iterator[str]:
    """The same of the front end's tables of strings."""
    folder = ROOT / "js" / "src"
    for path in [folder / "strings.ts", *(folder / "strings").glob("*.ts")]:
        text = re.sub(r"\\u([0-9a-f]{4})", lambda u: chr(int(u[1], 16)), path.read_text("utf-8"))
        # A template may hold another one: from the innermost outwards.
        while (plainer := re.sub(r"\$\{[^{}]*\}", GAP, text)) != text:
            text = plainer
        yield re.sub(r"[\"`]\s*\+\s*[\"`]", "", text)


@pytest.fixture(scope="module")
def code() -> str:
    text = "\n\0\n".join([*python_sentences(), *script_sentences()])
    return re.sub(f"{GAP}+", GAP, text)


def test_there_are_sentences():
    assert len(quoted()) > 30


@pytest.mark.parametrize("sentence", quoted())
def test_a_quoted_sentence_is_one_of_ours(sentence, code):
    assert sentence.removesuffix(GAP) in code
