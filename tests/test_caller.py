"""What values are called where a function is called."""

import pytest

from microgradwidgets import Value
from microgradwidgets.caller import variable_names


def test_members_of_lists_and_dicts_are_called_by_their_places():
    x, y, z = Value(1.0), Value(2.0), Value(3.0)
    variables = {"x": x, "rest": (x, y), "by_name": {"z": z, 2.5: Value(4.0)}, "_": y, "n": 5}
    names = {x.id: "x", y.id: "rest[1]", z.id: "by_name['z']"}
    assert variable_names(variables) == names


def test_names_are_text():
    with pytest.raises(TypeError, match=r"^expected names to map names to values, got: key int 5$"):
        variable_names({5: Value(1.0)})


@pytest.mark.parametrize("names", ["abc", 5, [("x", 1.0)]])
def test_names_come_in_a_mapping(names):
    with pytest.raises(TypeError, match=r"^expected names to map names to values, got: "):
        variable_names(names)


def test_a_place_that_cannot_be_written_is_no_name():
    x, y = Value(1.0), Value(2.0)
    assert variable_names({"d": {10**5000: x, -7: y, -(10**5000): x}}) == {y.id: "d[-7]"}
