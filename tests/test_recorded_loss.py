"""The loss that training replays: of models that use all they are given, some of it, or nothing."""

from __future__ import annotations

import pytest

from microgradwidgets import Module, Value, backward, max_margin
from microgradwidgets.recorded_loss import RecordedLoss
from tests.graphs import bits

XS, YS = [(-1.0, 0.5), (1.0, 0.25), (0.5, -2.0)], [-1.0, 1.0, 1.0]
EXAMPLES = [*zip(XS, YS, strict=True)]


class Own(Module):
    """A model of somebody's own, of any parameters."""

    def __init__(self, forward, *parameters):
        self.forward, self._parameters = forward, parameters

    def parameters(self):
        return self._parameters

    def forward_many(self, inputs):
        return (self.forward(*inputs, *self._parameters),)


@pytest.mark.parametrize(
    "forward",
    [
        lambda x1, x2, v, w: v * x1 + w * x2,
        lambda x1, x2, v, w: w * x2,
        lambda x1, x2, v, w: v * w,
        lambda x1, x2, v, w: Value(0.75),
    ],
    ids=["all", "the second ones", "no input", "nothing"],
)
def test_it_is_the_loss_of_the_model_whatever_that_leaves_unused(forward):
    model = Own(forward, Value(0.3), Value(-0.7))
    found = RecordedLoss(model, 2)([0.3, -0.7], EXAMPLES, 0.01)
    loss = max_margin(model, XS, YS, alpha=0.01)
    table = backward(loss.total_loss)
    assert (found.loss, found.accuracy) == (loss.total_loss.data, loss.accuracy)
    assert bits(found.gradients) == bits([table[p] for p in model.parameters()])


def test_a_parameter_that_is_a_result_is_named_and_refused():
    for label, name in (("slope", " ('slope')"), (None, "")):
        result = (Value(0.3) * 2.0).with_label(label)
        with pytest.raises(ValueError, match="expected") as refused:
            RecordedLoss(Own(None, Value(1.0), result), 2)
        assert str(refused.value) == (
            f"expected parameter 2 of model{name} to be a leaf, a value of its own, got: the "
            "result of an operation; model.with_parameters(...) makes leaves of all"
        )


def test_a_parameter_that_is_a_number_is_refused():
    with pytest.raises(TypeError, match=r"^expected parameter 1 of model to be a Value, got: flo"):
        RecordedLoss(Own(None, 0.3), 2)
