"""Neurons, layers and multi-layer perceptrons, of single values and immutable.

A model holds its parameters and is called like a function. It never changes: a step of training
gives a new model, and the old one can still be asked, drawn and trained in another direction.

>>> from microgradwidgets import backward
>>> model = MLP(2, [3, 1])
>>> score = model([1.0, -2.0])
>>> better = apply_gradients(model, backward(score), 0.1)  # downhill: the score shrinks
>>> better([1.0, -2.0]).data < score.data
True

Each call draws its groups: the work of a neuron, and around it that of its layer, is one part of
the graph with a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeAlias, TypeVar

from .arguments import each
from .arithmetic import Real, as_float, described
from .engine import Number, Value, _unary, fresh_id
from .gradients import Gradients, expect_gradients
from .model_arguments import (
    checked_activation,
    checked_name,
    checked_sizes,
    checked_width,
    coerced_inputs,
    initial_weights,
    named,
    spread,
)
from .randomness import DEFAULT_SEED, Seed, Stream
from .records import Annotation, closed
from .weighted_sum import weighted_sum

Groups: TypeAlias = tuple[tuple[str, int], ...]
AnyModule = TypeVar("AnyModule", bound="Module")


class Module:
    """What neurons, layers and perceptrons have in common: parameters, and a way to be called.

    >>> model = MLP(2, [3, 1])
    >>> isinstance(model, Module), isinstance(model.layers[0], Module)
    (True, True)
    >>> model([1.0, -2.0]).data == model.forward_many([1.0, -2.0])[0].data
    True
    """

    __slots__ = ()

    def parameters(self) -> tuple[Value, ...]:
        """All weights and biases: neuron by neuron, the weights first, then the bias.

        >>> [p.label for p in Neuron(2).parameters()]
        ['w1', 'w2', 'b']
        """
        raise NotImplementedError

    def forward_many(self, inputs: Number | Iterable[Number]) -> tuple[Value, ...]:
        """All outputs, also where there is only one.

        >>> len(MLP(2, [3, 1]).forward_many([1.0, -2.0]))
        1
        """
        raise NotImplementedError

    def _rebuilt(self: AnyModule, supply: Iterator[Value]) -> AnyModule:
        """The same model with its parameters taken from ``supply``."""
        raise NotImplementedError

    def __call__(self, inputs: Number | Iterable[Number]) -> Any:
        """The output for these inputs, numbers or values: one value, or a tuple of several."""
        outputs = self.forward_many(inputs)
        return outputs[0] if len(outputs) == 1 else outputs

    def parameter_count(self) -> int:
        """How many parameters there are.

        >>> MLP(2, [16, 16, 1]).parameter_count()
        337
        """
        return len(self.parameters())

    def apply_gradients(self: AnyModule, gradients: Gradients, learning_rate: Real) -> AnyModule:
        """A new model, one step of gradient descent away: ``p - learning_rate * gradient``.

        >>> from microgradwidgets import backward
        >>> neuron = Neuron(1, weights=[2.0], nonlin=False)
        >>> better = neuron.apply_gradients(backward(neuron([3.0])), 0.1)
        >>> [p.data for p in better.parameters()]
        [1.7, -0.1]
        """
        table, rate = expect_gradients(gradients), as_float(learning_rate, "learning_rate")
        old = self.parameters()
        if all(table.get(p, None) is None for p in old):
            raise ValueError("expected gradients by this model's parameters, got: by others alone")
        return self.with_parameters([p.data - rate * table[p] for p in old])

    def with_parameters(self: AnyModule, numbers: Iterable[Real]) -> AnyModule:
        """The same model with other numbers, in the order of :meth:`parameters`.

        A value that stands in several places stays one value, if its numbers agree.

        >>> Neuron(2).with_parameters([1.0, 2.0, 3.0])([10.0, 100.0]).data
        213.0
        """
        old = self.parameters()
        new = [as_float(number, "parameter") for number in each(numbers, "numbers")]
        if len(new) != len(old):
            raise ValueError(f"expected {len(old)} parameters, got: {len(new)}")
        keys = [(p.id, number) for p, number in zip(old, new, strict=True)]
        made = {key: Value(key[1], label=p.label) for key, p in zip(keys, old, strict=True)}
        return self._rebuilt(iter([made[key] for key in keys]))


@closed
@dataclass(frozen=True, eq=False, repr=False, slots=True, init=False)
class Neuron(Module):
    """``activation(bias + w1 * x1 + w2 * x2 + …)``.

    Args:
        n_inputs: how many inputs it weighs; a million at most.
        activation: ``"relu"`` or ``"tanh"``.
        nonlin: False leaves the activation out.
        weights, bias: exact numbers or values to begin with. Without them the weights are drawn
            uniformly from [-1, 1) and the bias is 0.
        seed: an int, a tuple of three ints, or None to draw afresh.
        name: what the names of its parameters begin with.

    >>> Neuron(2, weights=[2.0, -3.0], bias=0.5)([1.0, 0.5]).data
    1.0
    """

    weights: tuple[Value, ...]
    bias: Value
    activation: str | None
    group: str

    def __init__(
        self,
        n_inputs: int,
        *,
        activation: str = "relu",
        nonlin: bool = True,
        weights: Sequence[Number] | None = None,
        bias: Number = 0.0,
        seed: Seed | Stream = DEFAULT_SEED,
        name: str = "",
    ) -> None:
        count, kind = checked_width(n_inputs, "n_inputs"), checked_activation(activation)
        prefix = f"{name} · " if checked_name(name) else ""
        _fill(
            self,
            initial_weights(weights, count, prefix, Stream.of(seed)),
            named(bias, f"{prefix}b"),
            kind if nonlin else None,
            name.rpartition(" · ")[2] or "neuron",
        )

    def parameters(self) -> tuple[Value, ...]:
        return (*self.weights, self.bias)

    def forward_many(self, inputs: Number | Iterable[Number]) -> tuple[Value, ...]:
        return (self._output(coerced_inputs(inputs, len(self.weights)), ()),)

    def _output(self, inputs: Sequence[Value], around: Groups) -> Value:
        """The output; it closes the neuron's own group, then those around it."""
        since = fresh_id()
        closes = Annotation(groups=((self.group, since), *around))
        if self.activation is None:
            return weighted_sum(self.bias, self.weights, inputs, closes)
        return _unary(self.activation, weighted_sum(self.bias, self.weights, inputs), None, closes)

    def _rebuilt(self, supply: Iterator[Value]) -> Neuron:
        weights = tuple(next(supply) for _ in self.weights)
        return _made(Neuron, weights, next(supply), self.activation, self.group)

    def __repr__(self) -> str:
        return f"Neuron({len(self.weights)}, {self.activation or 'linear'})"


@closed
@dataclass(frozen=True, eq=False, repr=False, slots=True, init=False)
class Layer(Module):
    """Neurons side by side, all with the same inputs.

    Args:
        n_inputs: how many inputs each neuron weighs.
        n_outputs: how many neurons there are; a million at most.
        weights: a row of numbers or values for every neuron, or one row for all.
        bias: one for every neuron, or one for all.
        activation, nonlin, seed, name: as for :class:`Neuron`.

    >>> double = Layer(1, 2, weights=[[1.0], [2.0]], nonlin=False)
    >>> [output.data for output in double(3.0)]
    [3.0, 6.0]
    """

    neurons: tuple[Neuron, ...]
    group: str

    def __init__(
        self,
        n_inputs: int,
        n_outputs: int,
        *,
        activation: str = "relu",
        nonlin: bool = True,
        weights: Sequence[Any] | None = None,
        bias: Number | Sequence[Number] = 0.0,
        seed: Seed | Stream = DEFAULT_SEED,
        name: str = "",
    ) -> None:
        count, stream = checked_width(n_outputs, "n_outputs"), Stream.of(seed)
        group = checked_name(name) or "layer"
        rows = spread(weights, count, 2, "weights"), spread(bias, count, 1, "bias")
        neurons = tuple(
            Neuron(
                n_inputs,
                activation=activation,
                nonlin=nonlin,
                weights=w,
                bias=b,
                seed=stream,
                name=f"{name} · neuron {place}" if name else f"neuron {place}",
            )
            for place, (w, b) in enumerate(zip(*rows, strict=True), 1)
        )
        _fill(self, neurons, group)

    def parameters(self) -> tuple[Value, ...]:
        return tuple(p for neuron in self.neurons for p in neuron.parameters())

    def forward_many(self, inputs: Number | Iterable[Number]) -> tuple[Value, ...]:
        return self._outputs(coerced_inputs(inputs, len(self.neurons[0].weights)))

    def _outputs(self, inputs: Sequence[Value]) -> tuple[Value, ...]:
        around = ((self.group, fresh_id()),)
        return tuple([neuron._output(inputs, around) for neuron in self.neurons])

    def _rebuilt(self, supply: Iterator[Value]) -> Layer:
        return _made(Layer, tuple([n._rebuilt(supply) for n in self.neurons]), self.group)

    def __repr__(self) -> str:
        first = self.neurons[0]
        kind = first.activation or "linear"
        return f"Layer({len(first.weights)}, {len(self.neurons)}, {kind})"


@closed
@dataclass(frozen=True, eq=False, repr=False, slots=True, init=False)
class MLP(Module):
    """A multi-layer perceptron: layers one behind the other, the last without an activation.

    Args:
        n_inputs: how many inputs there are.
        n_outputs: how many neurons each layer has, as in ``[16, 16, 1]``.
        activation: ``"relu"`` or ``"tanh"``, of all layers but the last.
        weights: a matrix for every layer, or one row for every neuron alike.
        bias: a row for every layer, or one number for all.
        seed: as for :class:`Neuron`; one stream runs through all weights.

    >>> model = MLP(2, [16, 16, 1], seed=(1, 2, 3))
    >>> model
    MLP(2, [16, 16, 1], relu, 337 parameters)
    >>> model.parameters()[0].label
    'layer 1 · neuron 1 · w1'
    """

    layers: tuple[Layer, ...]

    def __init__(
        self,
        n_inputs: int,
        n_outputs: Sequence[int],
        *,
        activation: str = "relu",
        weights: Sequence[Any] | None = None,
        bias: Number | Sequence[Any] = 0.0,
        seed: Seed = DEFAULT_SEED,
    ) -> None:
        widths, stream = checked_sizes(n_outputs, "n_outputs"), Stream.of(seed)
        count = len(widths)
        rows = spread(weights, count, 3, "weights"), spread(bias, count, 2, "bias")
        layers = tuple(
            Layer(
                before,
                width,
                activation=activation,
                nonlin=place < count,
                weights=w,
                bias=b,
                seed=stream,
                name=f"layer {place}",
            )
            for place, (before, width, w, b) in enumerate(
                zip([n_inputs, *widths], widths, *rows, strict=False), 1
            )
        )
        _fill(self, layers)

    def parameters(self) -> tuple[Value, ...]:
        return tuple(p for layer in self.layers for p in layer.parameters())

    def forward_many(self, inputs: Number | Iterable[Number]) -> tuple[Value, ...]:
        values = coerced_inputs(inputs, len(self.layers[0].neurons[0].weights))
        for layer in self.layers:
            values = layer._outputs(values)
        return values

    def _rebuilt(self, supply: Iterator[Value]) -> MLP:
        return _made(MLP, tuple([layer._rebuilt(supply) for layer in self.layers]))

    def __repr__(self) -> str:
        first = self.layers[0].neurons[0]
        sizes = [len(layer.neurons) for layer in self.layers]
        kind = first.activation or "linear"
        return f"MLP({len(first.weights)}, {sizes}, {kind}, {self.parameter_count()} parameters)"


def forward(model: Module, inputs: Number | Iterable[Number]) -> Any:
    """``model(inputs)``.

    >>> forward(Neuron(1, weights=[2.0], nonlin=False), [3.0]).data
    6.0
    """
    return expect_module(model)(inputs)


def forward_many(model: Module, inputs: Number | Iterable[Number]) -> tuple[Value, ...]:
    """All outputs of a model, also where there is only one.

    >>> [output.data for output in forward_many(Neuron(1, weights=[2.0], nonlin=False), [3.0])]
    [6.0]
    """
    return expect_module(model).forward_many(inputs)


def parameters(model: Module) -> tuple[Value, ...]:
    """The parameters of a model: layer by layer, neuron by neuron, weights before the bias.

    >>> [p.data for p in parameters(Neuron(2, weights=[2.0, -3.0], bias=0.5))]
    [2.0, -3.0, 0.5]
    """
    return expect_module(model).parameters()


def parameter_count(model: Module) -> int:
    """How many parameters a model has.

    >>> parameter_count(Layer(2, 16))
    48
    """
    return expect_module(model).parameter_count()


def apply_gradients(model: AnyModule, gradients: Gradients, learning_rate: Real) -> AnyModule:
    """A new model, one step of gradient descent away: ``p - learning_rate * gradient``.

    >>> from microgradwidgets import backward
    >>> neuron = Neuron(1, weights=[2.0], nonlin=False)
    >>> better = apply_gradients(neuron, backward(neuron([3.0])), 0.1)
    >>> neuron.weights[0].data, better.weights[0].data
    (2.0, 1.7)
    """
    return expect_module(model).apply_gradients(gradients, learning_rate)


def with_parameters(model: AnyModule, numbers: Iterable[Real]) -> AnyModule:
    """The same model with other numbers, in the order of :func:`parameters`.

    >>> with_parameters(Neuron(2), [2.0, -3.0, 0.5])([1.0, 0.5]).data
    1.0
    """
    return expect_module(model).with_parameters(numbers)


def expect_module(model: AnyModule) -> AnyModule:
    if not isinstance(model, Module):
        raise TypeError(f"expected model to be a Neuron, Layer or MLP, got: {described(model)}")
    return model


def _fill(module: Module, *values: Any) -> None:
    for field, value in zip(fields(module), values, strict=True):  # type: ignore[arg-type]
        object.__setattr__(module, field.name, value)


def _made(kind: type[AnyModule], *values: Any) -> AnyModule:
    module = object.__new__(kind)
    _fill(module, *values)
    return module
