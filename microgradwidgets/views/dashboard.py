"""``Dashboard()``: a training to drive, to go back in, and to look into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import traitlets

from ..arithmetic import described
from ..nn import MLP, Module
from ..recorded_network import expect_classifier, record_network
from .dashboard_export import DashboardExport
from .given_data import given_data
from .guarded import Guarded
from .live import Live
from .packed import unpack
from .points import OWN, own
from .recorded import (
    NETWORK_MARK,
    POINTS_TRAITS,
    network_bytes,
    own_model,
    packed_network,
    shape_of,
)
from .settings import CONTROLS, LARGEST_SEED, Names, Text, Whole
from .state import Restorable
from .still_training import Known, still_training
from .trained import Trained
from .watching_steps import WatchingSteps

__all__ = ["NETWORK_MARK", "Dashboard", "network_bytes"]

OF_PYTHON = ("rates", "variants", "controls", "locked", "watched")
"""What a page has no business to set."""

CONTROL_OF = {"schedule": "learning_rate", "_resets": "reset"}


class Dashboard(WatchingSteps, DashboardExport, Guarded, Restorable, Trained, Live):
    """Trains a perceptron on points of the plane in front of your eyes.

    Without arguments it is the micrograd demo: two moons, ``MLP(2, [16, 16, 1])``, max-margin
    loss. The training runs in the page, also while the kernel is busy, and tells Python how it
    goes: ``model`` is that of the step on screen, ``history`` and ``run`` have all steps taken so
    far, with the loss before each update; ``options`` is what
    :func:`~microgradwidgets.train` needs to do the same again. Where there is no page, Python
    works out the same.

    Each setting is a trait: it can be read, set and observed, and moves with the page's controls.
    What is changed on the way holds from the step on screen on.

    Args:
        data: points of your own: a data set, a pair ``(xs, ys)``, rows of x, y and label, or the
            path of a CSV file of such rows. 2 to 2,000 points; labels are -1 and 1, or 0 and 1.
        model: a perceptron of your own with two inputs and one output, to begin with.
        learning_rate: a number, or a function of the step. The demo's schedule if not given.
        variants: settings of the network or the points that a page without Python is to offer,
            such as ``[{"hidden": [8]}, {"hidden": [8], "activation": "tanh"}]``. Each is written
            down beforehand.
        controls: names of the controls to be shown; None for all.
        locked: names of those that cannot be moved: their values can be read.
        state: a text that :attr:`state` or the page's "Copy state" gave. Points or a model of your
            own, and a function for the learning rate, are not in it: give them beside it. What it
            hides or locks comes to what ``controls`` and ``locked`` do. What was changed on the
            way is not in it: it says the settings that hold now, for all steps;
            :meth:`to_python` has them all.
        settings: ``dataset`` ("moons", "spiral", "blobs"), ``n_samples``, ``noise``,
            ``data_seed``, ``train_share``, ``hidden``, ``activation`` ("relu", "tanh"),
            ``model_seed``, ``schedule`` ("demo", "constant"), ``alpha``, ``batch_size``,
            ``batch_seed``, ``optimizer`` ("sgd", "momentum", "adam"), ``steps``, ``target_loss``,
            ``speed`` ("0.5", "1", "2", "4", "max"), ``step``, ``clock``, ``theme``,
            ``presenter`` (large type; PageDown and PageUp go a tenth of ``steps`` on and back).

    Raises:
        traitlets.TraitError: where a setting is out of its range.
        TypeError, ValueError: where data, model or state cannot be used.

    >>> dashboard = Dashboard(hidden=[8], learning_rate=0.5)
    >>> dashboard.seek(20)
    >>> dashboard
    Dashboard(moons, MLP(2, [8, 1], relu), step 20)
    >>> dashboard.history[-1]["accuracy"] > 0.8
    True
    >>> from microgradwidgets import train
    >>> again = train(**dashboard.options)
    >>> [p.data for p in again.final_model.parameters()] == [
    ...     p.data for p in dashboard.model.parameters()
    ... ]
    True
    """

    controls = Names(None, allow_none=True).tag(sync=True)
    locked = Names().tag(sync=True)
    selected_point = Whole(None, 0, LARGEST_SEED, allow_none=True).tag(sync=True)
    selected_parameter = Whole(None, 0, LARGEST_SEED, allow_none=True).tag(sync=True)
    clock = Text("").tag(sync=True)
    _figure = traitlets.Unicode("dashboard").tag(sync=True)

    _is_of = "this dashboard"

    def __init__(
        self,
        data: Any = None,
        model: MLP | None = None,
        *,
        variants: Sequence[Mapping[str, Any]] = (),
        state: str | None = None,
        **settings: Any,
    ) -> None:
        if unknown := [name for name in settings if not self._may_be_given(name)]:
            raise TypeError(
                "expected settings of a dashboard, such as hidden, learning_rate or model_seed, "
                f"got: {described(unknown[0])}"
            )
        if data is not None:
            self._own_points = own(given_data(data))
            settings = {"dataset": OWN} | settings
        if model is not None:
            self._own_model = own_model(model)
            hidden, activation = shape_of(self._own_model)
            settings = {"hidden": hidden, "activation": activation, "model_seed": None} | settings
        # A learning rate sets the schedule too, unless that is given.
        super().__init__(**dict(sorted(settings.items(), key=lambda one: one[0] == "schedule")))
        try:
            self._record_variants(variants)
            self._get_ready()
            if state is not None:
                self.restore(state)
        except Exception:
            self.close()
            raise

    def _may_be_given(self, name: str) -> bool:
        return name == "layout" or (self.has_trait(name) and not name.startswith("_"))

    @traitlets.default("locked")
    def _none_locked(self) -> list[str]:
        return []

    def _network_of(self, model: Module) -> bytes:
        header, _ = unpack(NETWORK_MARK, self.network)
        recorded = record_network(model)  # type: ignore[arg-type]
        if all(header[key] == recorded.header[key] for key in ("hidden", "activation")):
            return bytes(self.network)
        return packed_network(recorded)

    # -- what is selected -------------------------------------------------------------------------

    @traitlets.validate("selected_point", "selected_parameter")
    def _known_place(self, proposal: Any) -> int | None:
        place: int | None = proposal["value"]
        name = proposal["trait"].name
        count = self._count_of(name)
        if place is not None and place >= count:
            raise traitlets.TraitError(
                f"expected {name} to be below {count} or None, got: int {place}"
            )
        return place

    def _count_of(self, name: str) -> int:
        if name == "selected_point":
            return len(self._points.ys)
        return (self.model if self.watching else self._initial).parameter_count()

    @traitlets.observe("points", "network")
    def _let_go(self, _change: object) -> None:
        for name in ("selected_point", "selected_parameter"):
            place = getattr(self, name)
            if place is not None and place >= self._count_of(name):
                self.set_trait(name, None)

    # -- what a page may do -----------------------------------------------------------------------

    def _heard(self, kind: object, content: dict[str, Any]) -> bool:
        n = content.get("n")
        if kind != "beat" or type(n) is not int or abs(n) > LARGEST_SEED:
            return super()._heard(kind, content)
        self.send({"kind": "beat", "n": n})  # by which a page knows that Python is there
        return True

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take over what a page has changed; what cannot be stays, and the page is told."""
        # A page without Python takes a network out of `variants`. Here it follows from settings.
        theirs = sync_data.get("network")
        super().set_state({name: x for name, x in sync_data.items() if name != "network"})
        if theirs is not None and theirs != self.network:
            self.send_state("network")

    def _admit(self, name: str, value: Any, others: dict[str, Any]) -> None:
        super()._admit(name, value, others)
        if name == "points":
            self._admit_points(bytes(value), others)
        elif name in OF_PYTHON and value != getattr(self, name):
            raise traitlets.TraitError(f"expected {name} to be set by Python alone, got: a page")
        elif value != getattr(self, name) and not self._may_come_with(name, value, others):
            self._expect_free(CONTROL_OF.get(name, name))

    def _admit_points(self, packed: bytes, others: dict[str, Any]) -> None:
        """Points of a data set are changed by its settings; all else by hand."""
        points = self._points_of(packed)
        if points.dataset == OWN:
            self._expect_free("points")
            return
        asked = points.key | {"n_samples": len(points.ys)}
        for name in POINTS_TRAITS:
            is_other = asked[name] != getattr(self, name)
            if is_other and not self._may_come_with(name, asked[name], others):
                self._expect_free(name)

    def _may_come_with(self, name: str, value: Any, others: dict[str, Any]) -> bool:
        """Points that are changed by hand are no longer of a data set; taken back, they are."""
        if name != "dataset" or OWN not in (value, self.dataset) or "points" not in others:
            return False
        self._expect_free("points")
        return True

    def _expect_free(self, control: str) -> None:
        if control in CONTROLS and not self._is_free(control):
            raise traitlets.TraitError(f"expected {control} to stay as it is, since it is locked")

    def _is_free(self, control: str) -> bool:
        shown = self.controls is None or control in self.controls
        return shown and control not in self.locked

    # -- as text ----------------------------------------------------------------------------------

    def _defaults(self) -> dict[str, Any]:
        """What a text cannot say stays: points and a model of one's own."""
        kept: dict[str, Any] = {"dataset": OWN} if self.dataset == OWN else {}
        if self.model_seed is None:
            hidden, activation = self._shape
            kept |= {"model_seed": None, "hidden": hidden, "activation": activation}
        return super()._defaults() | kept | {"step": 0}

    def _joined(self, traits: dict[str, Any]) -> dict[str, Any]:
        """A text may hide and lock more controls, never fewer."""
        locked = traits.get("locked", [])
        if self.controls is not None and traits.get("controls") is not None:
            shown = self._checked("controls", traits["controls"])
            traits = traits | {"controls": [name for name in self.controls if name in shown]}
        return traits | {"locked": [*dict.fromkeys([*self.locked, *locked])]}  # each once

    def _take_over(self, traits: Mapping[str, Any], text: str) -> None:
        """Begin anew with these settings, and go to the step."""
        if traits.get("dataset", self.dataset) == OWN and self._own_points is None:
            raise ValueError(
                "expected the points that this state is of beside it, as data=..., got: none"
            )
        self._expect_places(traits, text)
        later = {name: traits[name] for name in ("selected_point", "step") if name in traits}
        super()._take_over({name: traits[name] for name in traits if name not in later}, text)
        if "selected_point" in later:  # one of the points that are there now
            super()._take_over({"selected_point": traits["selected_point"]}, text)
        if "step" in later:
            super()._take_over({"playing": False, "step": 0}, text)
            self._resets += 1
            super()._take_over({"step": traits["step"]}, text)

    def _expect_places(self, traits: Mapping[str, Any], text: str) -> None:
        """What is set last must be known to be possible before anything is set."""
        with self._telling_of(text):
            if "step" in traits:
                self._checked("step", traits["step"])
            place = traits.get("selected_point")
            is_own = traits.get("dataset", self.dataset) == OWN
            count = len(self._own_points.ys) if is_own and self._own_points else None
            if count is None:
                count = traits.get("n_samples", self.n_samples)
            if place is not None and place >= count:
                raise traitlets.TraitError(
                    f"expected selected_point to be below {count} or None, got: {place}"
                )

    # -- where nothing is live --------------------------------------------------------------------

    def still_html(self) -> str:
        """The boundary and the loss at the step on screen.

        Where training to it would take more than a few seconds, at the last step that is known.

        >>> Dashboard(hidden=[3]).still_html()[:12]
        '<figure><img'
        """
        return still_training(self._known())

    def _known(self) -> Known:
        """Of a loop that is watched, nothing is asked to answer this."""
        if self.watching:
            try:
                model = expect_classifier(self.model)
            except (TypeError, ValueError):
                pass  # it can only be said in numbers
            else:
                return Known(self.data, model, self.step, self.history)
        course = self._course_now()
        step = self._step_at_hand()
        return Known(self.data, self._model_at(step), step, course.rows(course.known))

    @property
    def title(self) -> str:
        """Points, network and step.

        >>> Dashboard(hidden=[3]).title
        'Training: moons, MLP(2, [3, 1], relu), step 0'
        """
        return f"Training: {self._summary}"

    @property
    def _summary(self) -> str:
        hidden, activation = self._shape
        return f"{self.dataset}, MLP(2, {[*hidden, 1]}, {activation}), step {self.step}"

    def __repr__(self) -> str:
        return f"Dashboard({self._summary})"
