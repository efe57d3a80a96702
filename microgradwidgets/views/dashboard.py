"""``Dashboard()``: a training to drive, to go back in, and to look into."""

from __future__ import annotations

from typing import Any

import traitlets

from ..nn import MLP, Module
from ..recorded_network import RecordedNetwork, record_network
from ..trainer import official_micrograd_learning_rate
from .live import Live
from .live_numbers import float_bytes
from .packed import pack, unpack
from .points import OWN, made, pack_points
from .settings import Choice, Names, Octets, Settings, Text, Whole
from .watching_steps import WatchingSteps

NETWORK_MARK = "MGWN"
MOST_RATES = 10_000
FURTHEST_STEP = 1_000_000

NETWORK_TRAITS = ("hidden", "activation", "model_seed")
POINTS_TRAITS = ("dataset", "n_samples", "noise", "data_seed")


class Dashboard(WatchingSteps, Settings, Live):
    """Trains a perceptron on points of the plane in front of your eyes.

    >>> dashboard = Dashboard(hidden=[8])
    >>> dashboard.hidden, dashboard.dataset
    ([8], 'moons')
    """

    playing = Choice([True, False], False).tag(sync=True)
    step = Whole(0, 0, FURTHEST_STEP).tag(sync=True)
    _resets = Whole(0, 0, 2**53 - 1).tag(sync=True)
    controls = Names(None, allow_none=True).tag(sync=True)
    locked = Names().tag(sync=True)
    selected_point = Whole(None, 0, 2**53 - 1, allow_none=True).tag(sync=True)
    selected_parameter = Whole(None, 0, 2**53 - 1, allow_none=True).tag(sync=True)
    clock = Text("").tag(sync=True)
    network = Octets(b"").tag(sync=True)
    rates = Octets(b"").tag(sync=True)
    points = Octets(b"").tag(sync=True, echo_update=False)
    variants = traitlets.List().tag(sync=True)  # type: ignore[var-annotated]
    result = Octets(b"").tag(sync=True, echo_update=False)
    complaint = Text("").tag(sync=True)
    _figure = traitlets.Unicode("dashboard").tag(sync=True)

    @traitlets.default("locked")
    def _none_locked(self) -> list[str]:
        return []

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self._record_network()
        self._make_points()
        rates = [official_micrograd_learning_rate(step) for step in range(102)]
        self.rates = float_bytes(rates)

    @traitlets.observe(*NETWORK_TRAITS)
    def _record_network(self, _change: object = None) -> None:
        model = MLP(2, [*self.hidden, 1], activation=self.activation, seed=self.model_seed)
        self.network = network_bytes(model, self.model_seed)

    def _network_of(self, model: Module) -> bytes:
        header, _ = unpack(NETWORK_MARK, self.network)
        recorded = record_network(model)  # type: ignore[arg-type]
        if all(header[key] == recorded.header[key] for key in ("hidden", "activation")):
            return bytes(self.network)
        return packed_network(recorded)

    @traitlets.observe(*POINTS_TRAITS)
    def _make_points(self, _change: object = None) -> None:
        if self.dataset != OWN:
            points = made(self.dataset, self.n_samples, self.noise, self.data_seed)
            self.points = pack_points(points)

    def still_html(self) -> str:
        return "<p>A training dashboard.</p>"

    def __repr__(self) -> str:
        return f"Dashboard({self.dataset}, step {self.step})"


def network_bytes(model: MLP, model_seed: int | None = None) -> bytes:
    """A model as a page trains it."""
    return packed_network(record_network(model, model_seed))


def packed_network(network: RecordedNetwork) -> bytes:
    tapes = [network.example.to_bytes(), network.total.to_bytes()]
    return pack(NETWORK_MARK, network.header, [*tapes, network.initial])
