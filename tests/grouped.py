"""Expressions in groups: a network, and its loss over many examples as training makes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from microgradwidgets import Value
from microgradwidgets.engine import fresh_id


class Network:
    """Layers of neurons, each neuron a group in the group of its layer.

    Args:
        inputs: how many numbers go in.
        widths: how many neurons each layer has. All but the last apply relu.
    """

    def __init__(self, inputs: int, widths: Sequence[int]) -> None:
        self.widths = widths
        fans = [inputs, *widths]
        self.parameters = [
            [
                [
                    Value(_weight(layer, neuron, w), label=_label(layer, neuron, w, fans[layer]))
                    for w in range(fans[layer] + 1)
                ]
                for neuron in range(width)
            ]
            for layer, width in enumerate(widths)
        ]

    def __call__(self, inputs: Sequence[Value]) -> Value:
        for layer, neurons in enumerate(self.parameters):
            layer_since, outputs = fresh_id(), []
            for neuron, weights in enumerate(neurons):
                since = fresh_id()
                total = weights[-1]
                for weight, x in zip(weights, inputs, strict=False):
                    total = total + weight * x
                if layer < len(self.widths) - 1:
                    total = total.relu()
                total = total.with_group(f"neuron {neuron + 1}", since)
                outputs.append(total.with_group(f"layer {layer + 1}", layer_since))
            inputs = outputs
        return inputs[0]

    def flat(self) -> Iterator[Value]:
        for layer in self.parameters:
            for neuron in layer:
                yield from neuron


def _weight(layer: int, neuron: int, w: int) -> float:
    return ((7 * layer + 5 * neuron + 3 * w) % 13 - 6) / 8


def _label(layer: int, neuron: int, w: int, fan: int) -> str:
    return f"layer {layer + 1} · neuron {neuron + 1} · {'b' if w == fan else f'w{w + 1}'}"


def score(widths: Sequence[int] = (16, 16, 1)) -> Value:
    """A network of two inputs and what it makes of one point."""
    network = Network(2, widths)
    return network([Value(0.3, label="x1"), Value(-0.2, label="x2")])


def loss(examples: int = 100, widths: Sequence[int] = (16, 16, 1)) -> Value:
    """The hinge loss over many examples, plus the squares of all parameters."""
    network = Network(2, widths)
    data_since = fresh_id()
    total = Value(0.0)
    for example in range(examples):
        since = fresh_id()
        point = [
            Value(0.02 * example - 1, label="x1"),
            Value(0.5 - 0.01 * example, label="x2"),
        ]
        output = network(point)
        hinge = fresh_id()
        margin = (output * (1.0 if example % 2 else -1.0) + 1.0).relu()
        margin = margin.with_group("hinge", hinge).with_group(f"example {example + 1}", since)
        total = total + margin
    data = (total * (1 / examples)).with_group("data loss", data_since)
    squares_since = fresh_id()
    squares = Value(0.0)
    for parameter in network.flat():
        squares = squares + parameter * parameter
    squares = (squares * 1e-4).with_group("L2 loss", squares_since)
    return data.add(squares, label="total loss")
