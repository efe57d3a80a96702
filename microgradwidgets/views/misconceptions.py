"""``misconceptions()``: what goes wrong in engines that write gradients over, step by step."""

from __future__ import annotations

import json
import sys
import zlib
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from html import escape
from math import isfinite
from typing import Any, Literal

import traitlets

from ..arguments import each
from ..arithmetic import Real, glimpse
from ..caller import names_at, variable_names
from ..engine import Value
from ..graph import Row
from ..mistakes import MISTAKES
from ..simulation import Simulation, Walk, checked_case, simulate
from ..text import short_number
from .live import Live
from .settings import Choice


def misconceptions(
    value: Value | None = None,
    case: str | None = None,
    x: Real = 2.0,
    *,
    parameters: Iterable[Value] | None = None,
    rate: Real = 0.1,
    names: Mapping[str, Any] | bool = True,
    theme: Literal["auto", "light", "dark"] = "auto",
    presenter: bool = False,
) -> Misconceptions:
    """Set what a mistake does beside the right way, on an expression of yours or on a small one.

    The mistakes are those that one makes in an engine which writes gradients over: backward twice,
    no ``zero_grad``, recursion in place of topological order, ``=`` in place of ``+=``. Each is
    carried out by a small engine of that kind, whose every write is a step to go to; the right
    numbers are those of :func:`~microgradwidgets.backward`.

    Args:
        value: the expression; if none is given, each mistake has the smallest one that shows it.
        case: the mistake to begin with, one of :attr:`Misconceptions.cases`.
        x: the number at which those small expressions are taken.
        parameters: the leaves that the training without ``zero_grad`` trains; all that have a name
            if not given.
        rate: its learning rate.
        names: as for :func:`~microgradwidgets.show`.
        theme: ``"auto"`` follows the page; ``"light"`` and ``"dark"`` do not.
        presenter: as for :func:`~microgradwidgets.show`.

    >>> demo = misconceptions(case="recursion")
    >>> demo
    Misconceptions('recursion': x.grad is 60, and should be 39)
    >>> [row["visit"] for row in demo.rows() if row["written_to"] == "x.grad"]
    ['u', 'u']
    >>> [row["after"] for row in demo.rows() if row["written_to"] == "x.grad"]
    [21.0, 60.0]
    """
    caller = sys._getframe(1)
    return Misconceptions(
        value,
        case,
        x,
        parameters=parameters,
        rate=rate,
        names=names_at(caller) if names is True else variable_names(names or {}),
        theme=theme,
        presenter=presenter,
    )


class Misconceptions(Live):
    """The widget that :func:`misconceptions` makes.

    ``case`` is the mistake shown, ``step`` how many of its steps are done, or None when all are.
    Both can be read, set and observed, and move with what the learner does.

    >>> figure = misconceptions(case="backward twice")
    >>> figure.case, figure.step
    ('backward twice', None)
    """

    case = Choice([*MISTAKES], next(iter(MISTAKES))).tag(sync=True)
    step = traitlets.Int(None, allow_none=True).tag(sync=True)
    simulations = traitlets.Bytes().tag(sync=True)
    _figure = traitlets.Unicode("misconceptions").tag(sync=True)

    def __init__(
        self,
        value: Value | None = None,
        case: str | None = None,
        x: Real = 2.0,
        *,
        parameters: Iterable[Value] | None = None,
        rate: Real = 0.1,
        names: Mapping[int, str] | None = None,
        **options: Any,
    ) -> None:
        first = self.cases[0] if case is None else checked_case(case)
        trained = None if parameters is None else [*each(parameters, "parameters")]
        self._simulations = {
            case: simulate(case, value, x=x, names=names, parameters=trained, rate=rate)
            for case in self.cases
        }
        super().__init__(case=first, simulations=packed(self._simulations.values()), **options)

    @property
    def cases(self) -> tuple[str, ...]:
        """The names of the mistakes.

        >>> misconceptions().cases
        ('backward twice', 'no zero_grad', 'recursion', 'recursion, right first', '= for +=')
        """
        return tuple(MISTAKES)

    def rows(self, case: str | None = None, *, right: bool = False) -> list[Row]:
        """What the mistake does, one row for each step: or, with ``right``, the right way.

        ``kind``, ``visit``, ``upstream``, ``local``, ``contribution``, ``written_to``, ``before``,
        ``after``, ``is_wrong``, ``sentence``; None where a step has no such thing.

        >>> wrong = [row for row in misconceptions().rows("backward twice") if row["is_wrong"]]
        >>> wrong[0]["sentence"]
        'o hands on 1 × 1 = 1, so n.grad is now 1 + 1 = 2. Wrong: 1 was left in n.grad from before.'
        """
        simulation = self.simulation(case)
        return (simulation.right if right else simulation.mistake).rows

    def results(self, case: str | None = None) -> list[Row]:
        """The numbers it comes to: rows of ``what``, ``right``, ``mistake``, ``is_wrong``.

        >>> for row in misconceptions().results("backward twice"):
        ...     print(row["what"], row["right"], row["mistake"], row["is_wrong"])
        w.grad 2.0 6.0 True
        x.grad 3.0 9.0 True
        b.grad 1.0 2.0 True
        """
        return [*self.simulation(case).results]

    def simulation(self, case: str | None = None) -> Simulation:
        """All that is known of a mistake; of the one shown if none is named.

        >>> misconceptions().simulation("recursion").results == misconceptions().results(
        ...     "recursion"
        ... )
        True
        """
        return self._simulations[self.case if case is None else checked_case(case)]

    @traitlets.validate("step")
    def _reachable(self, proposal: Any) -> int | None:
        step: int | None = proposal["value"]
        last = steps_of(self._simulations[self.case])
        if step is not None and not 0 <= step <= last:
            raise traitlets.TraitError(
                f"expected step to be 0 to {last}, or None, got: {glimpse(step)}"
            )
        return step

    @traitlets.observe("case")
    def _show_all(self, change: object) -> None:
        self.step = None

    def still_html(self) -> str:
        """All results as a table.

        >>> misconceptions().still_html()[:6]
        '<table'
        """
        rows = "".join(
            f'<tr><th scope="row">{escape(MISTAKES[case].title)}</th>'
            f"<td><bdi>{escape(row['what'])}</bdi></td>"
            f"<td>{short_number(row['right'])}</td><td>{_mistaken(row)}</td></tr>"
            for case, simulation in self._simulations.items()
            for row in simulation.results
        )
        head = "".join(f'<th scope="col">{h}</th>' for h in ("mistake", "of", "right", "mistaken"))
        return (
            "<table><caption>What goes wrong</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        )

    def __repr__(self) -> str:
        wrong = [row for row in self.results() if row["is_wrong"]]
        said = "does no harm here"
        if wrong:
            right = short_number(wrong[0]["right"])
            said = f"{wrong[0]['what']} is {_mistaken(wrong[0])}, and should be {right}"
        return f"Misconceptions({self.case!r}: {said})"

    @property
    def title(self) -> str:
        """The case at hand.

        >>> misconceptions(case="backward twice").title
        'Misconceptions: backward twice'
        """
        return f"Misconceptions: {self.case}"


def steps_of(simulation: Simulation) -> int:
    """How far one can go: to the end of the longer of the two walks."""
    return max(len(simulation.right.steps), len(simulation.mistake.steps))


def _mistaken(row: Row) -> str:
    return "not known" if row["mistake"] is None else short_number(row["mistake"])


# -- what crosses to the browser ------------------------------------------------------------------


def packed(simulations: Iterable[Simulation]) -> bytes:
    """Simulations as compressed JSON, ``js/src/misconceptions/simulations.ts`` reads it."""
    cases = [_case(simulation) for simulation in simulations]
    return zlib.compress(json.dumps(_writable(cases), separators=(",", ":")).encode("ascii"), 9)


def _case(simulation: Simulation) -> Row:
    mistake = MISTAKES[simulation.case]
    names = {
        index: simulation.tape.names.get(index, name)
        for index, name in enumerate(simulation.right.names)
        if index not in simulation.tape.leaf_indices or index in simulation.tape.names
    }
    tape = replace(simulation.tape, names=names, groups=(), group_of=())
    return {
        "name": simulation.case,
        "title": mistake.title,
        "rule": mistake.rule,
        "tape": b64encode(tape.to_bytes()).decode("ascii"),
        "results": [*simulation.results],
        "right": _walk(simulation.right, mistake.right_code),
        "mistake": _walk(simulation.mistake, mistake.code),
    }


def _walk(walk: Walk, code: str) -> Row:
    steps = [
        {name: thing for name, thing in asdict(step).items() if thing is not None}
        | {"written_to": walk.written_to(step)}
        for step in walk.steps
    ]
    return {"code": code, "count": walk.count, "is_finished": walk.is_finished, "steps": steps}


def _writable(thing: Any) -> Any:
    """JSON has no word for what is not finite, so such numbers cross as text."""
    if isinstance(thing, float):
        return thing if isfinite(thing) else str(thing)
    if isinstance(thing, Mapping):
        return {key: _writable(value) for key, value in thing.items()}
    return [*map(_writable, thing)] if isinstance(thing, (list, tuple)) else thing
