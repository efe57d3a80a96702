"""``Dashboard()``: a network trained on points of the plane, live in the cell."""

from __future__ import annotations

from typing import Any

import traitlets

from ..nn import MLP, Module
from ..randomness import DEFAULT_SEED
from ..recorded_network import N_INPUTS, RecordedNetwork
from ..trainer import official_micrograd_learning_rate
from .live import Live
from .live_numbers import float_bytes
from .packed import pack, unpack
from .points import GENERATORS, OWN, generated
from .watching_steps import WatchingSteps

NETWORK_MARK = "MGWN"


class Dashboard(WatchingSteps, Live):
    """Train a small network in the page."""

    _figure = traitlets.Unicode("dashboard").tag(sync=True)
    dataset = traitlets.Enum([*GENERATORS, OWN], "moons").tag(sync=True)
    n_samples = traitlets.Int(100).tag(sync=True)
    noise = traitlets.Float(0.1).tag(sync=True)
    data_seed = traitlets.Int(DEFAULT_SEED).tag(sync=True)
    model_seed = traitlets.Int(DEFAULT_SEED, allow_none=True).tag(sync=True)
    batch_seed = traitlets.Int(DEFAULT_SEED).tag(sync=True)
    train_share = traitlets.Float(1.0).tag(sync=True)
    hidden = traitlets.List(traitlets.Int(), [16, 16]).tag(sync=True)
    activation = traitlets.Enum(["relu", "tanh"], "relu").tag(sync=True)
    learning_rate = traitlets.Float(1.0).tag(sync=True)
    schedule = traitlets.Enum(["demo", "constant", "own"], "demo").tag(sync=True)
    alpha = traitlets.Float(1e-4).tag(sync=True)
    batch_size = traitlets.Int(None, allow_none=True).tag(sync=True)
    optimizer = traitlets.Enum(["sgd", "momentum", "adam"], "sgd").tag(sync=True)
    steps = traitlets.Int(100).tag(sync=True)
    target_loss = traitlets.Float(None, allow_none=True).tag(sync=True)
    speed = traitlets.Enum(["0.5", "1", "2", "4", "max"], "1").tag(sync=True)
    playing = traitlets.Bool(False).tag(sync=True)
    step = traitlets.Int(0).tag(sync=True)
    _resets = traitlets.Int(0).tag(sync=True)
    controls = traitlets.List(traitlets.Unicode(), None, allow_none=True).tag(sync=True)
    locked = traitlets.List(traitlets.Unicode()).tag(sync=True)
    selected_point = traitlets.Int(None, allow_none=True).tag(sync=True)
    selected_parameter = traitlets.Int(None, allow_none=True).tag(sync=True)
    clock = traitlets.Unicode().tag(sync=True)
    network = traitlets.Bytes().tag(sync=True)
    points = traitlets.Bytes().tag(sync=True)
    rates = traitlets.Bytes().tag(sync=True)
    variants: traitlets.List[Any] = traitlets.List().tag(sync=True)
    result = traitlets.Bytes().tag(sync=True)
    complaint = traitlets.Unicode().tag(sync=True)

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        _, self.points = generated(self.dataset, self.n_samples, self.noise, self.data_seed)
        self.network = network_bytes(
            MLP(N_INPUTS, [*self.hidden, 1], activation=self.activation, seed=self.model_seed),
            hidden=self.hidden,
            activation=self.activation,
            model_seed=self.model_seed,
        )
        self.rates = float_bytes(official_micrograd_learning_rate(k) for k in range(102))

    def _network_of(self, model: Module) -> bytes:
        layers = [layer.neurons for layer in getattr(model, "layers", ())]
        if (
            not isinstance(model, MLP)
            or len(layers[0][0].weights) != N_INPUTS
            or len(layers[-1]) != 1
        ):
            raise TypeError(f"expected models such as MLP(2, [16, 1]), got: {model!r}")
        made = {
            "hidden": [len(neurons) for neurons in layers[:-1]],
            "activation": layers[0][0].activation or self.activation,
        }
        header, _ = unpack(NETWORK_MARK, self.network)
        if {key: header[key] for key in made} == made:
            return self.network
        return network_bytes(model, model_seed=None, **made)

    def still_html(self) -> str:
        return "<p>A training dashboard.</p>"


def network_bytes(model: MLP, **made: Any) -> bytes:
    recorded = RecordedNetwork(model)
    sections = [
        recorded.example.to_bytes(),
        recorded.total.to_bytes(),
        float_bytes(recorded.parameters),
    ]
    return pack(NETWORK_MARK, recorded.header | made, sections)
