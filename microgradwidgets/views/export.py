"""What of a diagram can be taken away: its DOT, and pictures for files of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.dom import minidom

from ..graph import to_dot, value_text
from ..latex import tape_latex
from ..python_code import tape_python
from .live_numbers import LiveNumbers
from .still import LIMIT, drawn, shown_name

DOT_LIMIT = 1000
"""Graphviz lays so many out in a fraction of a second, and ten times as many hardly ever."""

_DOTS_PER_INCH = 192  # two dots for each of CSS's pixels
_MISSING = (
    "expected pygraphviz or a program called dot, got: neither; type\n"
    "    pip install 'microgradwidgets[static]'"
)
_READING = (
    "Each box is a value with its number and its gradient, "
    "the number on an arrow is the local derivative."
)


class Exports(LiveNumbers):
    """The methods of a diagram that make something to take away, of the numbers it shows."""

    direction: Any
    notation: Any
    _names: Mapping[int, str]

    def to_dot(self) -> str:
        """The expression in Graphviz's language, of the latest 1,000 values.

        The same text as the browser's "Copy DOT": values are numbered as on the tape, so that
        the same expression gives the same text on every run. :func:`microgradwidgets.to_dot`
        writes them all.

        >>> from microgradwidgets import Value, show
        >>> show(Value(2.0, label="x") * 3).to_dot()[:7]
        'digraph'
        """
        return self._dot(DOT_LIMIT)

    def to_svg(self) -> str:
        """A picture as an SVG file: with a background, a title and a description.

        Of a large expression it shows the end, as the still picture of a saved notebook does.

        Raises:
            ImportError: where neither ``pygraphviz`` nor a program ``dot`` is installed.

        >>> from microgradwidgets import Value, show
        >>> "<title" in show(Value(2.0, label="x") * 3).to_svg()
        True
        """
        svg = _picture(self._dot(LIMIT), "svg").decode("utf-8")
        _, unknown = self._seen
        name = f"{shown_name(self.value, self._names)} = {value_text(self.value, unknown)}"
        count = f"{len(self.recorded):,} values"
        return _described(svg, f"Expression graph: {name}", f"{name}, {count}. {_READING}")

    def to_png(self) -> bytes:
        """The same picture as a PNG file, with two dots for each pixel of the page.

        Raises:
            ImportError: where neither ``pygraphviz`` nor a program ``dot`` is installed.

        >>> from microgradwidgets import Value, show
        >>> show(Value(2.0, label="x") * 3).to_png()[1:4]
        b'PNG'
        """
        dense = f"{{\n  graph [dpi={_DOTS_PER_INCH}];\n"
        return _picture(self._dot(LIMIT).replace("{\n", dense, 1), "png")

    def to_latex(self) -> str:
        r"""The expression as LaTeX, in the notation that the diagram shows.

        Names are those of the picture; see :func:`microgradwidgets.to_latex`.

        >>> from microgradwidgets import Value, show
        >>> y = Value(2.0, label="x") * 3
        >>> print(show(y).to_latex())
        \begin{aligned}
        y &= x \cdot 3
        \end{aligned}
        """
        return tape_latex(self.recorded, self.notation, self._changed_leaves)

    def to_python(self) -> str:
        """The code that builds the expression anew, with the learner's numbers.

        See :func:`microgradwidgets.to_python`.

        >>> from microgradwidgets import Value, show
        >>> x = Value(2.0, label="x")
        >>> diagram = show(x * 3)
        >>> diagram.edits = {"x": 5.0}
        >>> print(diagram.to_python())
        from microgradwidgets import Value
        <BLANKLINE>
        x = Value(5.0, label="x")
        result = x * 3.0
        <BLANKLINE>
        """
        return tape_python(self.recorded, self._changed_leaves)

    def _dot(self, limit: int) -> str:
        gradients, unknown = self._seen
        return to_dot(
            self.value,
            gradients,
            direction=self.direction,
            names=self._names,
            limit=limit,
            numbered=True,
            unknown=unknown,
        )


def _picture(dot: str, form: str) -> bytes:
    picture = drawn(dot, form)
    if picture is None:
        raise ImportError(_MISSING)
    return picture


def _described(svg: str, title: str, description: str) -> str:
    """Graphviz's SVG as one image with words for it, and without the names of its parts."""
    page = minidom.parseString(svg)
    root = page.documentElement
    if root is None:
        raise ValueError(f"expected an SVG document, got: {svg[:60]!r}")
    for element in [*root.getElementsByTagName("title")]:
        if element.parentNode is not None:
            element.parentNode.removeChild(element)  # tooltips such as "v3->v4"
    root.setAttribute("role", "img")
    root.setAttribute("aria-labelledby", "mgw-title mgw-desc")
    for tag, words in (("desc", description), ("title", title)):
        element = page.createElement(tag)
        element.setAttribute("id", f"mgw-{tag}")
        element.appendChild(page.createTextNode(words))
        root.insertBefore(element, root.firstChild)
    return root.toxml() + "\n"
