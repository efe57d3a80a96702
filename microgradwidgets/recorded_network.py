"""A model and its loss written down for the page, which trains it without knowing what it is.

Two tapes cross: that of one example's loss, and that of the total, recorded for a single loss in
place of the sum of all. Beside them stands where on the tapes the inputs, parameters and results
are, and which values are the neurons. JavaScript's reader is ``js/src/training/network.ts``.

>>> from microgradwidgets import MLP
>>> network = RecordedNetwork(MLP(2, [3, 1]))
>>> [len(units) for units in network.header["layers"]]
[3, 1]
>>> network.example.names[network.header["score"]], network.example.names[len(network.example) - 1]
('score', 'loss')
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .engine import Value, fresh_id
from .losses import DEFAULT_ALPHA, example_loss, objective
from .nn import MLP, Layer
from .tape import Tape

N_INPUTS = 2
"""The coordinates of a point."""


class RecordedNetwork:
    """The tapes of a perceptron with two inputs and one output, and what stands where on them.

    Attributes:
        example: the tape of one example's loss; its last value is the loss.
        total: the tape of the total loss, for the sum of the examples' losses.
        header: indices on both tapes, names and neurons, for JSON.
        parameters: the numbers of the model.
    """

    def __init__(self, model: MLP) -> None:
        parameters = model.parameters()
        inputs = [Value(0.0, label=f"x{place}") for place in range(1, N_INPUTS + 1)]
        minus_y = Value(0.0, label="-y")
        score, loss = example_loss(model, inputs, minus_y, "example")
        losses = Value(0.0, label="losses")
        terms = objective([losses], parameters, DEFAULT_ALPHA, fresh_id())
        # Read in the graph of a point, where they are what everything is about.
        names = {score.id: "score", loss.id: "loss"}
        example, total = Tape.record(loss, names), Tape.record(terms.total_loss)
        self.example, self.total = example, total
        self.parameters = [p.data for p in parameters]
        self.header: dict[str, Any] = {
            "names": [p.label for p in parameters],
            "inputs": [example.index(value) for value in inputs],
            "minus_y": example.index(minus_y),
            "score": example.index(score),
            "parameters": [example.index(p) for p in parameters],
            "sum": total.index(losses),
            "share": total.index(_second_operand(terms.data_loss)),
            "alpha": total.index(_second_operand(terms.reg_loss)),
            "total_parameters": [total.index(p) for p in parameters],
            "data_loss": total.index(terms.data_loss),
            "reg_loss": total.index(terms.reg_loss),
            "layers": _layers(model, example, [example.index(value) for value in inputs]),
        }


def _second_operand(value: Value) -> Value:
    return value.parents[1].parent


def _layers(model: MLP, tape: Tape, inputs: Sequence[int]) -> list[list[dict[str, Any]]]:
    """For each neuron where its sum and its output are, and which parameters weigh what."""
    number = {p.id: place for place, p in enumerate(model.parameters())}
    described = []
    for layer in model.layers:
        outputs = _outputs(layer, tape)
        described.append(
            [
                {
                    "output": output,
                    "sum": output if neuron.activation is None else tape.left[output],
                    "weights": [number[weight.id] for weight in neuron.weights],
                    "bias": number[neuron.bias.id],
                    "inputs": [*inputs],
                }
                for neuron, output in zip(layer.neurons, outputs, strict=True)
            ]
        )
        inputs = outputs
    return described


def _outputs(layer: Layer, tape: Tape) -> list[int]:
    """Where the tape has the neurons of a layer: each closes a group of its own."""
    (place,) = (i for i, group in enumerate(tape.groups) if group.name == layer.group)
    neurons = [group for group in tape.groups if group.parent == place]
    if len(neurons) != len(layer.neurons):
        raise ValueError(
            f"expected {len(layer.neurons)} neurons in {layer.group}, got: {len(neurons)}"
        )
    return [group.output for group in neurons]
