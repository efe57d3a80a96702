"""A lecture as a notebook: what a deck and a page are made of in the tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

NEURON = """\
from microgradwidgets import Dashboard, Value, show

x1, x2 = Value(2.0, label="x1"), Value(0.0, label="x2")
w1, w2 = Value(-3.0, label="w1"), Value(1.0, label="w2")
b = Value(6.8813735870195432, label="b</script><b>")
o = (x1 * w1 + x2 * w2 + b).tanh().with_label("o")
neuron = show(o)
neuron"""


def lecture() -> Any:
    """The notebook, not yet run."""
    return notebook(
        text("# One neuron\n\nIts derivative is $1 - o^2$.", "slide"),
        text("Say hello first. *Smile.*", "notes"),
        code(NEURON, "subslide"),
        text("The chain rule:\n\n$$\\frac{\\partial o}{\\partial w_1} = x_1 (1 - o^2)$$", "slide"),
        text("One more thing", "fragment"),
        code("neuron", "subslide"),
        text("Never seen", "skip"),
        code("Dashboard(hidden=[4], n_samples=40)", "slide"),
        code(
            "import ipywidgets\nfrom IPython.display import HTML, Javascript, Latex, display\n"
            "display(ipywidgets.IntSlider(7), HTML('<div><b>open</div></section><script>1'),\n"
            "        Javascript('document.title = 1'), Latex('$x^2$'))\n"
            "print('done')",
            "slide",
        ),
        code("secret = 1", "slide", tags=["remove_cell"]),
    )


def notebook(*cells: Any) -> Any:
    """A notebook of these cells for the kernel of the tests."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(cells=[*cells], metadata={"kernelspec": kernel})


def text(source: str, slide_type: str = "-") -> Any:
    return nbformat.v4.new_markdown_cell(source, metadata=_slide(slide_type))


def code(source: str, slide_type: str = "-", **metadata: Any) -> Any:
    return nbformat.v4.new_code_cell(source, metadata={**_slide(slide_type), **metadata})


def _slide(slide_type: str) -> dict[str, Any]:
    return {"slideshow": {"slide_type": slide_type}}


def run(nb: Any, folder: Path) -> Any:
    """The same with its outputs and the state of its widgets, as nbconvert would run it."""
    return NotebookClient(nb, resources={"metadata": {"path": str(folder)}}).execute()


def write(nb: Any, path: Path) -> Path:
    nbformat.write(nb, path)
    return path
