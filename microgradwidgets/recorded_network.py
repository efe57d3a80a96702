"""A model written down for a page that trains it: two tapes, and where on them everything stands.

The page replays the tape of one example's loss for each example, adds the losses, replays the
tape of the total, and changes the parameters. It knows nothing else of models and losses: both
are written once, in Python. ``js/src/training/network.ts`` reads what is written here.

>>> from microgradwidgets import MLP
>>> network = record_network(MLP(2, [4, 1]))
>>> len(network.initial), network.header["names"][2]
(17, 'layer 1 · neuron 1 · b')
>>> [network.example.op(unit["output"]) for unit in network.header["layers"][0]]
['relu', 'relu', 'relu', 'relu']
"""

from __future__ import annotations

from math import isfinite
from typing import Any, NamedTuple

from .arithmetic import described
from .nn import MLP, Neuron
from .recorded_loss import record_example, record_total
from .tape import Tape

INPUTS = 2


class RecordedNetwork(NamedTuple):
    """What :func:`record_network` found.

    Attributes:
        header: what a page has to know of both tapes; everything in it can be written as JSON.
        example: the tape of one example's loss.
        total: the tape of the total.
        initial: the parameters.
    """

    header: dict[str, Any]
    example: Tape
    total: Tape
    initial: list[float]


def record_network(model: MLP, model_seed: int | None = None) -> RecordedNetwork:
    """Write down a perceptron of two inputs and one output.

    Args:
        model: its structure and its numbers are recorded.
        model_seed: what fixed those numbers; None where the learner brought them.
    """
    initial = [p.data for p in expect_classifier(model).parameters()]
    model = model.with_parameters(initial)  # of leaves alone, whatever they were
    parameters = model.parameters()
    tape, inputs, minus_y, score = record_example(model, INPUTS)
    total = record_total(parameters)
    numbers = {p.id: number for number, p in enumerate(parameters)}
    header = {
        "hidden": [len(layer.neurons) for layer in model.layers[:-1]],
        "activation": model.layers[0].neurons[0].activation or "relu",
        "model_seed": model_seed,
        "names": [p.label or f"p{number}" for number, p in enumerate(parameters)],
        "inputs": [tape.index(x) for x in inputs],
        "minus_y": tape.index(minus_y),
        "score": tape.index(score),
        "parameters": [tape.index(p) for p in parameters],
        "sum": total.sum,
        "share": total.share,
        "alpha": total.alpha,
        "total_parameters": total.parameters,
        "data_loss": total.data_loss,
        "reg_loss": total.reg_loss,
        "layers": _layers(model, tape, numbers),
    }
    return RecordedNetwork(header, tape, total.tape, initial)


def expect_classifier(model: object) -> MLP:
    """A perceptron that gives one score for a point of the plane, with finite parameters."""
    if not isinstance(model, MLP):
        raise TypeError(f"expected model to be an MLP, got: {described(model)}")
    n_inputs, n_outputs = len(model.layers[0].neurons[0].weights), len(model.layers[-1].neurons)
    if (n_inputs, n_outputs) != (INPUTS, 1):
        raise ValueError(f"expected model to have two inputs and one output, got: {model!r}")
    for p in model.parameters():
        if not isfinite(p.data):
            raise ValueError(f"expected model to have finite parameters, got: {p!r}")
    return model


def _layers(model: MLP, tape: Tape, numbers: dict[int, int]) -> list[list[dict[str, Any]]]:
    """Each unit: its output, its weighted sum, its parameters, and what they are multiplied by.

    A neuron's work is a group in that of its layer, in that of the example.
    """
    parents = [group.parent for group in tape.groups]
    inner = [g for g in tape.groups if g.parent is not None and parents[g.parent] == 0]
    outputs = iter([group.output for group in inner])
    return [
        [_unit(neuron, next(outputs), tape, numbers) for neuron in layer.neurons]
        for layer in model.layers
    ]


def _unit(neuron: Neuron, output: int, tape: Tape, numbers: dict[int, int]) -> dict[str, Any]:
    before = total = output if neuron.activation is None else tape.left[output]
    inputs = []
    for _ in neuron.weights:  # the sum was made from the left, and is taken apart from the right
        inputs.append(tape.right[tape.right[before]])
        before = tape.left[before]
    return {
        "output": output,
        "sum": total,
        "weights": [numbers[weight.id] for weight in neuron.weights],
        "bias": numbers[neuron.bias.id],
        "inputs": inputs[::-1],
    }
