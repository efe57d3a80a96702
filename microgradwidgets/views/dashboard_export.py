"""What of a dashboard can be taken away: rows, figures, and the script that does it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..graph import Row
from ..row_text import csv_text, json_text
from ..training_script import Recipe, Segment, training_script
from .files import PathLike, text_or_file
from .plots import matplotlib_needed

if TYPE_CHECKING:
    from .drawing import Chart


class DashboardExport:
    """The methods of a dashboard that make something to take away, of the run that it shows."""

    hidden: Any
    activation: Any
    model_seed: Any
    step: Any
    steps: Any
    watching: Any
    history: Any
    model: Any
    _points: Any
    _training_count: Any
    _own_rate: Any
    _course_now: Any

    def rows(self) -> list[Row]:
        """A row for every step that was taken: its number, losses, accuracy, learning rate.

        Where points are kept apart for the test, ``test_loss`` and ``test_accuracy`` too.

        >>> from microgradwidgets import Dashboard
        >>> dashboard = Dashboard(hidden=[3], n_samples=10)
        >>> dashboard.seek(2)
        >>> list(dashboard.rows()[-1])
        ['step', 'loss', 'data_loss', 'reg_loss', 'accuracy', 'learning_rate']
        """
        return [dict(row) for row in self.history]

    def plot(self) -> Chart:
        """A matplotlib figure: the boundary at the step on screen, and the curves of the run.

        Single charts are drawn by :func:`microgradwidgets.plot_boundary` and the like, of
        ``dashboard.model``, ``dashboard.data`` and ``dashboard.run``.

        >>> from microgradwidgets import Dashboard
        >>> dashboard = Dashboard(hidden=[3], n_samples=10)
        >>> dashboard.seek(2)
        >>> len(dashboard.plot().axes)
        3
        """
        with matplotlib_needed():
            from .run_chart import run_chart

        points, trained = self._points.data, self._training_count
        return run_chart(self.model, points, trained, self.rows(), self.step)

    def to_csv(self, path: PathLike | None = None, *, overwrite: bool = False) -> str | None:
        """The rows as CSV (RFC 4180), with all digits: as a text, or into a file.

        Args:
            path: where to write it. A link that stands there is not followed.
            overwrite: whether a file that is there already may be replaced.

        Raises:
            FileExistsError: where a link stands, or a file that may not be replaced.

        >>> from microgradwidgets import Dashboard
        >>> dashboard = Dashboard(hidden=[3], n_samples=10)
        >>> dashboard.seek(1)
        >>> dashboard.to_csv().splitlines()[0]
        'step,loss,data_loss,reg_loss,accuracy,learning_rate'
        """
        return text_or_file(csv_text(self.rows()), path, overwrite)

    def to_json(self, path: PathLike | None = None, *, overwrite: bool = False) -> str | None:
        """The rows as JSON: as a text, or into a file, as :meth:`to_csv` does.

        A number that is not finite becomes the text ``"nan"``, ``"inf"`` or ``"-inf"``, since JSON
        has none of them.

        >>> import json
        >>> from microgradwidgets import Dashboard
        >>> dashboard = Dashboard(hidden=[3], n_samples=10)
        >>> dashboard.seek(2)
        >>> [row["step"] for row in json.loads(dashboard.to_json())]
        [0, 1]
        """
        return text_or_file(json_text(self.rows()), path, overwrite)

    def to_python(self, path: PathLike | None = None, *, overwrite: bool = False) -> str | None:
        """The script that does the run again, to the last bit: as a text, or into a file.

        What was made by a formula is made by it again; points and networks of one's own are
        written out. If no step has been taken, it is the run as it would be.

        >>> from microgradwidgets import Dashboard
        >>> print(Dashboard(hidden=[3], steps=20).to_python())
        from microgradwidgets import MLP, moons, official_micrograd_learning_rate, train
        <BLANKLINE>
        points = moons(100, noise=0.1, seed=1337)
        model = MLP(2, [3, 1], activation="relu", seed=1337)
        run = train(
            model,
            points,
            steps=20,
            learning_rate=official_micrograd_learning_rate,
            alpha=0.0001,
            batch_size=None,
            optimizer="sgd",
            seed=1337,
        )
        print(run)
        <BLANKLINE>
        """
        return text_or_file(training_script(self._recipe()), path, overwrite)

    def _recipe(self) -> Recipe:
        """All that the run on screen is made from; if there is none yet, the run to come."""
        if self.watching:
            raise ValueError(
                "expected a run of the dashboard's own, got: steps of a loop of yours, "
                "which is the script already"
            )
        points, course, history = self._points, self._course_now(), self.history
        count = len(history) or self.steps
        rates = [row["learning_rate"] for row in history]
        if not rates and self._own_rate is not None:
            rates = [self._own_rate(step) for step in range(count)]
        is_made = points.data_seed is not None
        return Recipe(
            hidden=[*self.hidden],
            activation=self.activation,
            model_seed=self.model_seed,
            parameters=[p.data for p in course.model.parameters()],
            points=points.data,
            generator=(points.dataset, points.noise, points.data_seed) if is_made else None,
            trained=self._training_count,
            steps=count,
            segments=[Segment(first, settings._asdict()) for first, settings in course.segments],
            rates=rates,
        )
