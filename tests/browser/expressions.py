"""The expressions that everybody knows, as cells, and what Python says of them."""

from __future__ import annotations

from microgradwidgets import Value
from microgradwidgets.text import MINUS

README = """\
from microgradwidgets import Value, show

a = Value(-4.0)
b = Value(2.0)
c = a + b
d = a * b + b**3
c = c + c + 1
c = c + 1 + c + (-a)
d = d + d * 2 + (b + a).relu()
d = d + 3 * d + (b - a).relu()
e = c - d
f = e**2
g = f / 2.0
g = g + 10.0 / f"""

LECTURE = """\
from microgradwidgets import Value, show

x1, x2 = Value(2.0), Value(0.0)
w1, w2 = Value(-3.0), Value(1.0)
b = Value(6.8813735870195432)
n = x1 * w1 + x2 * w2 + b
o = n.tanh()"""

LARGE = """\
from microgradwidgets import Value, show

x, y = Value(0.5), Value(1.0)
total = x
for step in range(50_000):
    total = total * 0.999 + y"""


def made_names(source: str) -> dict[str, object]:
    """The variables that a cell leaves."""
    variables: dict[str, object] = {}
    exec(source, variables)
    return variables


def made_by(source: str, name: str) -> Value:
    """The value that a cell leaves in a variable."""
    value = made_names(source)[name]
    assert isinstance(value, Value)
    return value


def number(text: str) -> float:
    """A number as the picture writes it, read back."""
    return float(text.replace(MINUS, "-"))
