"""Lesson 3, neuron, layer, network."""

from __future__ import annotations

from ...engine import Value
from ...nn import MLP, Neuron
from ..kinds import Answer, Verdict, built, exercise, function, gradients, number


@exercise("03.1", "what a ReLU neuron (weights 2 and −1, bias −3) gives for the inputs 4 and 1")
def neuron(answer: Answer) -> Verdict:
    """A sum of products, and a bend that does nothing here."""
    output: Value = Neuron(2, weights=[2.0, -1.0], bias=-3.0)([4.0, 1.0])
    return number(
        answer,
        output.data,
        "2 × 4 − 1 × 1 − 3 is above 0, so the ReLU lets it through.",
        slips={
            "the bias is added as well": 7.0,
            "the second weight is −1, so its product is taken off": 6.0,
            "the ReLU gives 0 for negative sums alone": 0.0,
        },
    )


@exercise("03.2", "the number of parameters of MLP(3, [4, 4, 1])")
def parameters(answer: Answer) -> Verdict:
    """Weights and a bias for each neuron."""
    return number(
        answer,
        MLP(3, [4, 4, 1]).parameter_count(),
        "4 neurons with 3 weights and a bias, 4 with 4 and one, 1 with 4 and one.",
        tolerance=0.0,
        slips={
            "each neuron has a bias as well": 3 * 4 + 4 * 4 + 4,
            "neurons of the second layer have as many weights as the first has neurons": 4 * 4
            + 4 * 4
            + 5,
        },
    )


@exercise("03.3", "a function that counts the parameters of MLP(inputs, [hidden, outputs])")
def counting(answer: Answer) -> Verdict:
    """The same in general."""

    def counted(inputs: int, hidden: int, outputs: int) -> int:
        return MLP(inputs, [hidden, outputs]).parameter_count()

    return function(
        answer,
        counted,
        [(2, 16, 1), (3, 4, 2), (1, 1, 1), (5, 2, 3)],
        "each neuron has a weight for every input of its layer, and a bias.",
        tolerance=0.0,
        slips={
            "each neuron has a bias as well": lambda inputs, hidden, outputs: (
                inputs * hidden + hidden * outputs
            ),
        },
    )


@exercise("03.4", "the gradients of three equal scores, cat, dog and bird, where cat is right")
def softmax(answer: Answer) -> Verdict:
    """Softmax and cross-entropy."""

    def loss(cat: Value, dog: Value, bird: Value) -> Value:
        powers = [cat.exp(), dog.exp(), bird.exp()]
        return -(powers[0] / (powers[0] + powers[1] + powers[2])).log()

    return gradients(answer, built(loss, cat=5.0, dog=5.0, bird=5.0))
