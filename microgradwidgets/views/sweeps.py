"""A sweep to look at: a small picture and a row for every configuration.

>>> found = sweep({"hidden": [[], [4]], "learning_rate": [0.1, 1.0], "steps": 5}, progress=None)
>>> [row["accuracy"] for row in found.rows()]
[0.78, 0.83, 0.66, 0.79]
>>> found.varied
('hidden', 'learning_rate')
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from html import escape
from typing import TYPE_CHECKING, Any, overload

from tqdm.auto import tqdm

from ..arguments import each
from ..graph import Row
from ..row_text import csv_text, json_text
from ..sweeping import Trial, TrialProgress, train_all
from ..text import loss_text
from .files import PathLike, text_or_file
from .plots import matplotlib_needed

if TYPE_CHECKING:
    from .drawing import Chart

MOST_PICTURES = 24
MOST_ROWS = 200
_CAPTION = (
    "Line: score 0; dashed: scores 1 and −1; ● class 1, ▲ class −1. "
    "Below it the loss step by step, on one scale for all."
)
_RESULTS = ("status", "loss", "accuracy", "test_accuracy", "seconds", "error")


def trial_bar(trials: Iterable[Trial], total: int) -> Iterator[Trial]:
    """Pass trials on, and show how many are done, how many failed, and the lowest loss."""
    failed, best = 0, float("inf")
    with tqdm(total=total, unit="configuration") as bar:
        for trial in trials:
            failed += trial.status == "failed"
            if trial.run is not None and trial.run.final_loss < best:
                best = trial.run.final_loss
            words = f"lowest loss {loss_text(best)}" + (f", {failed} failed" if failed else "")
            bar.set_postfix_str(words, refresh=False)
            bar.update()
            yield trial


class Sweep(Sequence[Trial]):
    """The trials of a sweep, in the order of its configurations; in a cell it shows itself.

    >>> trials = sweep({"hidden": [[2], [4]], "n_samples": [20], "steps": [3]}, progress=None)
    >>> trials
    Sweep(2 configurations: 2 completed)
    >>> len(trials), trials[0].number
    (2, 0)
    """

    def __init__(self, trials: Iterable[Trial]) -> None:
        self._trials = tuple(each(trials, "trials"))

    @overload
    def __getitem__(self, place: int) -> Trial: ...
    @overload
    def __getitem__(self, place: slice) -> Sweep: ...
    def __getitem__(self, place: int | slice) -> Trial | Sweep:
        found = self._trials[place]
        return found if isinstance(found, Trial) else Sweep(found)

    def __len__(self) -> int:
        return len(self._trials)

    def rows(self) -> list[Row]:
        """A row for every configuration: its settings, and what became of it.

        The loss and the accuracy are those of the last step, as in :class:`microgradwidgets.Run`;
        ``test_accuracy`` is that of the final model. What there is none of is None.

        >>> trials = sweep({"hidden": [[2], [4]], "n_samples": [20], "steps": [3]}, progress=None)
        >>> [(row["hidden"], row["accuracy"]) for row in trials.rows()]
        [([2], 0.5), ([4], 0.8)]
        """
        return [trial.row() for trial in self._trials]

    def to_csv(self, path: PathLike | None = None, *, overwrite: bool = False) -> str | None:
        """The rows as CSV: as a text, or into a file, as ``Dashboard.to_csv`` does.

        >>> trials = sweep({"hidden": [[2], [4]], "n_samples": [20], "steps": [3]}, progress=None)
        >>> trials.to_csv().splitlines()[0].split(",")[:3]
        ['configuration', 'dataset', 'n_samples']
        """
        return text_or_file(csv_text(self.rows()), path, overwrite)

    def to_json(self, path: PathLike | None = None, *, overwrite: bool = False) -> str | None:
        """The rows as JSON: as a text, or into a file, as ``Dashboard.to_json`` does.

        >>> trials = sweep({"hidden": [[2], [4]], "n_samples": [20], "steps": [3]}, progress=None)
        >>> import json
        >>> [row["hidden"] for row in json.loads(trials.to_json())]
        [[2], [4]]
        """
        return text_or_file(json_text(self.rows()), path, overwrite)

    @property
    def varied(self) -> tuple[str, ...]:
        """The settings that are not the same in all configurations.

        >>> sweep({"hidden": [[2], [4]], "n_samples": [20], "steps": [3]}, progress=None).varied
        ('hidden',)
        """
        settings = [trial.configuration.row() for trial in self._trials]
        return tuple(
            name for name in settings[0] if any(s[name] != settings[0][name] for s in settings)
        )

    def title(self, trial: Trial) -> str:
        """What is particular about a configuration.

        >>> trials = sweep({"hidden": [[2], [4]], "n_samples": [20], "steps": [3]}, progress=None)
        >>> trials.title(trials[0])
        'hidden 2'
        """
        settings = trial.configuration.row()
        told = ", ".join(f"{_words(name)} {_short(settings[name])}" for name in self.varied)
        return told or f"configuration {trial.number}"

    def plot(self) -> Chart:
        """A small picture for each of the first 24: the boundary, and below it the loss.

        >>> trials = sweep({"hidden": [[2], [4]], "n_samples": [20], "steps": [3]}, progress=None)
        >>> len(trials.plot().axes)
        4
        """
        with matplotlib_needed():
            from .small_multiples import small_multiples

        shown = self._trials[:MOST_PICTURES]
        return small_multiples([(self.title(trial), trial) for trial in shown])

    def __repr__(self) -> str:
        counts = {t.status: sum(o.status == t.status for o in self._trials) for t in self._trials}
        told = ", ".join(f"{count} {status}" for status, count in counts.items())
        return f"Sweep({len(self)} configurations: {told})"

    def _repr_html_(self) -> str:
        names = ["configuration", *self.varied, *_RESULTS]
        head = "".join(f'<th scope="col">{escape(_words(name))}</th>' for name in names)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(_short(row[name]))}</td>" for name in names) + "</tr>"
            for row in self.rows()[:MOST_ROWS]
        )
        pictures, words = self._pictures()
        caption = [words, _share("Rows", MOST_ROWS, len(self))]
        return (
            f'<figure style="margin: 0">{pictures}'
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
            f"<figcaption>{' '.join(filter(None, caption))}</figcaption></figure>"
        )

    def _pictures(self) -> tuple[str, str]:
        """The chart as an element, and words about it; where there is none, why."""
        try:
            chart = self.plot()
        except ImportError as error:
            return "", f"No pictures: {escape(str(error))}."
        picture = b64encode(chart._repr_png_()).decode("ascii")
        return (
            f'<img style="max-width: 100%" alt="{escape(repr(self))}" '
            f'src="data:image/png;base64,{picture}">',
            f"{_CAPTION} {_share('Pictures', MOST_PICTURES, len(self))}".strip(),
        )


def sweep(
    configs: Any, executor: Executor | None = None, *, progress: TrialProgress | None = trial_bar
) -> Sweep:
    """Train many configurations side by side, and compare them.

    Args:
        configs: dicts of settings, or one dict whose values are lists of alternatives: then all
            combinations are trained. Settings have the names they have in a dashboard:
            ``dataset``, ``n_samples``, ``noise``, ``data_seed`` or points of one's own as
            ``data``; ``train_share``; ``hidden``, ``activation``, ``model_seed``;
            ``learning_rate``, ``alpha``, ``batch_size``, ``optimizer``, ``batch_seed``, ``steps``.
        executor: any ``concurrent.futures.Executor``, such as that of a Dask cluster,
            ``Client(…).get_executor()``; it is left open. None for a process on each processor of
            this machine, and for this process alone where there can be no others.
        progress: what the trials are passed through as they are done, with their number; None
            for no bar.

    Each configuration is trained as :func:`microgradwidgets.train` would, to the bit. One that
    fails is reported in its row, ``status`` and ``error``, and the others go on; so do they when
    a worker process is killed. An interrupt cancels what has not been done, and keeps the rest.

    Raises:
        TypeError, ValueError: at once, for settings that cannot be trained with; the message
            names the configuration by its place.

    >>> trials = sweep(
    ...     {"learning_rate": [0.1, 1.0], "n_samples": [20], "steps": [5]}, progress=None
    ... )
    >>> [row["learning_rate"] for row in trials.rows()]
    [0.1, 1.0]
    """
    return Sweep(train_all(configs, executor, progress))


def _share(kind: str, most: int, count: int) -> str:
    return f"{kind} of the first {most} of {count} configurations." if count > most else ""


def _words(name: str) -> str:
    return name.replace("_", " ")


def _short(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, (list, tuple)):
        return " × ".join(map(str, value)) or "none"
    return str(value)
