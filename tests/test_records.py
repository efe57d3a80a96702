"""Frozen records refuse every change in words, whatever its name."""

from __future__ import annotations

from typing import Any

import pytest

from microgradwidgets import MLP, Group, Value, moons, steps

MODEL = MLP(2, [2, 1])
RECORDS = [
    MODEL,
    MODEL.layers[0],
    MODEL.layers[0].neurons[0],
    (Value(1.0) * 2).parents[0],
    Group("layer 1", output=1),
    next(iter(steps(MODEL, moons(4), steps=1))),
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_neither_a_field_nor_another_name_is_changed(record):
    for name in ("learning_rate_of_mine", record.__slots__[0]):
        said = f"a {type(record).__name__} is immutable: expected no change of '{name}'; make a new"
        with pytest.raises(AttributeError, match=said):
            setattr(record, name, 1.0)
        with pytest.raises(AttributeError, match=said):
            delattr(record, name)


def test_a_class_of_ones_own_may_have_more_attributes():
    class Named(MLP):
        def __init__(self, name: str) -> None:
            super().__init__(2, [1])
            self.name: Any = name

    named = Named("mine")
    named.name = "yours"
    assert named.name == "yours"
    del named.name
    assert not hasattr(named, "name")
    with pytest.raises(AttributeError, match="expected no change of 'layers'"):
        named.layers = ()
