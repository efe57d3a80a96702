"""What Python writes down for a page to train with: the network, the points, the learning rates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import traitlets

from ..arguments import is_row
from ..arithmetic import Real, described
from ..nn import MLP
from ..randomness import DEFAULT_SEED
from ..recorded_network import RecordedNetwork, expect_classifier, record_network
from .live_numbers import float_bytes
from .packed import pack
from .points import OWN, Points, made, own, pack_points, read_points
from .rates import RateTable, demo_table, rate_table
from .settings import Octets, Settings

NETWORK_MARK = "MGWN"
NETWORK_TRAITS = ("hidden", "activation", "model_seed")
POINTS_TRAITS = ("dataset", "n_samples", "noise", "data_seed")
MOST_VARIANTS = 100


class Recorded(Settings):
    """Settings, and what follows from them, written down anew whenever one of them changes."""

    network = Octets(b"").tag(sync=True)
    points = Octets(b"").tag(sync=True, echo_update=False)
    rates = Octets(b"").tag(sync=True)
    variants: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)

    _own_model: MLP | None = None
    _own_points: Points | None = None
    _own_rate: RateTable | None = None
    _recorded: tuple[Any, MLP, bytes] | None = None
    _read: tuple[bytes, Points] | None = None

    def _begin_anew(self) -> None:
        """Something else is to be trained from now on."""

    # -- the network ------------------------------------------------------------------------------

    @property
    def _initial(self) -> MLP:
        """The model before the first step."""
        return self._recording[1]

    @property
    def _recording(self) -> tuple[Any, MLP, bytes]:
        key = [*self.hidden], self.activation, self.model_seed
        if self._recorded is None or self._recorded[0] != key:
            model = self._own_model
            if self.model_seed is not None or model is None:
                model = MLP(2, [*key[0], 1], activation=key[1], seed=key[2])
            self._recorded = key, model, network_bytes(model, key[2])
        return self._recorded

    @traitlets.default("network")
    def _first_network(self) -> bytes:
        return self._recording[2]

    @traitlets.observe(*NETWORK_TRAITS)
    def _record_network(self, change: Any) -> None:
        model = self._own_model
        if self.model_seed is None and model is not None and self._shape != shape_of(model):
            if change["name"] != "model_seed":
                self.model_seed = DEFAULT_SEED  # a model of one's own has one shape only
                return
            self.hidden, self.activation = shape_of(model)
        network = self._recording[2]
        if network != self.network:
            self.network = network
            self._begin_anew()

    @property
    def _shape(self) -> tuple[list[int], str]:
        return [*self.hidden], self.activation

    # -- the points -------------------------------------------------------------------------------

    @property
    def _points(self) -> Points:
        return self._points_of(self.points)

    def _points_of(self, packed: bytes) -> Points:
        if self._read is None or self._read[0] != packed:
            self._read = packed, read_points(packed)
        return self._read[1]

    def _packed(self, points: Points) -> bytes:
        self._read = pack_points(points), points
        return self._read[0]

    @traitlets.default("points")
    def _first_points(self) -> bytes:
        return self._packed(self._wanted_points(None))

    def _wanted_points(self, shown: Points | None) -> Points:
        if self.dataset != OWN:
            return made(self.dataset, self.n_samples, self.noise, self.data_seed)
        if self._own_points is None:
            self._own_points = own((shown or made("moons", 100, 0.1, DEFAULT_SEED)).data)
        return self._own_points

    @traitlets.observe(*POINTS_TRAITS)
    def _make_points(self, _change: object) -> None:
        """Make other points, unless those that are there are the ones that are wanted."""
        shown = self._points
        wished = Points(self.dataset, self.noise, self.data_seed, (), ()).key
        is_own = OWN == self.dataset == shown.dataset
        if not is_own and shown.key != wished | {"count": self.n_samples}:
            self.points = self._packed(self._wanted_points(shown))

    @traitlets.validate("points")
    def _known_points(self, proposal: Any) -> bytes:
        packed: bytes = proposal["value"]
        try:
            self._points_of(packed)
        except ValueError as error:
            raise traitlets.TraitError(str(error)) from None
        return packed

    @traitlets.observe("points")
    def _take_points(self, _change: object) -> None:
        """Other points have come, perhaps from a page."""
        points = self._points
        if points.dataset == OWN:
            self._own_points = points
            self.dataset = OWN
        else:
            with self.hold_trait_notifications():
                self.dataset, self.noise = points.dataset, points.noise
                self.n_samples = len(points.ys)
                self.data_seed = points.data_seed
        self._begin_anew()

    # -- the learning rates -----------------------------------------------------------------------

    def _follow_rate(self, function: Callable[[int], Real]) -> None:
        self._own_rate = rate_table(function)
        self.set_trait("schedule", "own")
        self._write_rates()
        self._begin_anew()

    @traitlets.default("rates")
    def _first_rates(self) -> bytes:
        return float_bytes(demo_table().rates)

    @traitlets.observe("schedule")
    def _write_rates(self, _change: object = None) -> None:
        table = self._own_rate if self.schedule == "own" else None
        if self.schedule != "constant":
            self.rates = float_bytes((table or demo_table()).rates)

    @traitlets.validate("schedule")
    def _known_schedule(self, proposal: Any) -> str:
        schedule: str = proposal["value"]
        if schedule == "own" and self._own_rate is None:
            raise traitlets.TraitError(
                "expected schedule to be 'demo' or 'constant', as learning_rate is no function, "
                "got: str 'own'"
            )
        return schedule

    # -- variants ---------------------------------------------------------------------------------

    def _recorded_variant(self, partial: Any) -> dict[str, Any]:
        """A network and points for some settings, those of the dashboard where it says nothing."""
        known = (*NETWORK_TRAITS, *POINTS_TRAITS)
        if not isinstance(partial, Mapping):
            raise TypeError(f"expected a variant to be settings by name, got: {described(partial)}")
        if others := [name for name in partial if name not in known]:
            raise ValueError(
                f"expected a variant to say {', '.join(known)}, got: {described(others[0])}"
            )
        settings = {name: getattr(self, name) for name in known} | dict(partial)
        if settings["model_seed"] is None and {"hidden", "activation"} & {*partial}:
            settings["model_seed"] = DEFAULT_SEED
        mine = "points" if settings["dataset"] == OWN else None
        settings = {name: self._checked(name, value) for name, value in settings.items()}
        model = self._own_model
        if settings["model_seed"] is not None or model is None:
            widths = [*settings["hidden"], 1]
            seed = settings["model_seed"]
            model = MLP(2, widths, activation=settings["activation"], seed=seed)
        points = self.points if mine else pack_points(made(*(settings[n] for n in POINTS_TRAITS)))
        network = network_bytes(model, settings["model_seed"])
        return {"settings": settings, "network": network, "points": points}

    def _checked(self, name: str, value: Any) -> Any:
        trait: Any = self.traits()[name]
        return None if value is None and trait.allow_none else trait.validate(self, value)

    def _record_variants(self, partials: Sequence[Any]) -> None:
        """The settings as they are, and those given, for a page that has no Python."""
        if not is_row(partials):
            raise TypeError(f"expected variants to be a list, got: {described(partials)}")
        if len(partials) > MOST_VARIANTS:
            raise ValueError(f"expected at most {MOST_VARIANTS} variants, got: {len(partials)}")
        if partials:
            self.variants = [self._recorded_variant(partial) for partial in ({}, *partials)]


def shape_of(model: MLP) -> tuple[list[int], str]:
    """The hidden layers of a model, and their activation."""
    hidden = [len(layer.neurons) for layer in model.layers[:-1]]
    return hidden, model.layers[0].neurons[0].activation or "relu"


def own_model(model: object) -> MLP:
    """A model that somebody brought, with leaves of its own for parameters."""
    numbers = [p.data for p in expect_classifier(model).parameters()]
    return expect_classifier(model).with_parameters(numbers)


def network_bytes(model: MLP, model_seed: int | None = None) -> bytes:
    """A model as a page trains it."""
    return packed_network(record_network(model, model_seed))


def packed_network(network: RecordedNetwork) -> bytes:
    tapes = [network.example.to_bytes(), network.total.to_bytes()]
    return pack(NETWORK_MARK, network.header, [*tapes, network.initial])
