"""What is left out of the count of covered lines has a reason beside it."""

import re
from pathlib import Path

import pytest

import microgradwidgets

LEFT_OUT = re.compile(r"#\s*pragma:?\s*no\s*(?:cover|branch)(?P<reason>.*)", re.IGNORECASE)
LINES = [
    (path.name, line.strip())
    for path in Path(microgradwidgets.__file__).parent.rglob("*.py")
    for line in path.read_text("utf-8").splitlines()
]


def has_no_reason(line):
    """Whether a line is left out of the count, and does not say why: `# pragma: no cover - why`."""
    found = LEFT_OUT.search(line)
    return found is not None and len(re.findall(r"\w+", found["reason"])) < 3


def test_no_line_is_left_out_of_the_count_without_a_reason():
    assert [(name, line) for name, line in LINES if has_no_reason(line)] == []


@pytest.mark.parametrize(
    "line, refused",
    [
        ("x = 1", False),
        ("x = 1  # pragma: no cover", True),
        ("x = 1  # pragma: no branch - so", True),
        ("x = 1  # pragma: no cover - only where there is no fork", False),
    ],
)
def test_a_reason_is_a_few_words_on_the_same_line(line, refused):
    assert has_no_reason(line) == refused
