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
        """
        return [dict(row) for row in self.history]

    def plot(self) -> Chart:
        """A matplotlib figure: the boundary at the step on screen, and the curves of the run.

        Single charts are drawn by :func:`microgradwidgets.plot_boundary` and the like, of
        ``dashboard.model``, ``dashboard.data`` and ``dashboard.run``.
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
        """
        return text_or_file(csv_text(self.rows()), path, overwrite)

    def to_json(self, path: PathLike | None = None, *, overwrite: bool = False) -> str | None:
        """The rows as JSON: as a text, or into a file, as :meth:`to_csv` does.

        A number that is not finite becomes the text ``"nan"``, ``"inf"`` or ``"-inf"``, since JSON
        has none of them.
        """
        return text_or_file(json_text(self.rows()), path, overwrite)

    def to_python(self, path: PathLike | None = None, *, overwrite: bool = False) -> str | None:
        """The script that does the run again, to the last bit: as a text, or into a file.

        What was made by a formula is made by it again; points and networks of one's own are
        written out. If no step has been taken, it is the run as it would be.
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
