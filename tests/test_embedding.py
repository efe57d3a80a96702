"""The page about embedding: its code runs, and its commands and files are there."""

import re
from pathlib import Path

PAGE = (Path(__file__).parents[1] / "docs" / "embedding.md").read_text("utf-8")


def test_its_code_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {}
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    assert len(blocks) == 2
    for block in blocks:
        exec(block, names)
    assert (tmp_path / "figure.txt").read_text("utf-8").startswith("<iframe title=")


def test_its_links_lead_somewhere():
    headings = {
        heading.lower().replace(" ", "-")
        for heading in re.findall(r"^## (.*)$", PAGE, re.MULTILINE)
    }
    anchors = re.findall(r"\]\(#([\w-]+)\)", PAGE)
    assert anchors
    assert set(anchors) <= headings
