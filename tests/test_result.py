"""What a page tells of a training: read where it is whole, refused where it is not."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ipywidgets.widgets import widget as registry

from microgradwidgets import Dashboard
from microgradwidgets.views.packed import pack, unpack
from microgradwidgets.views.result import LARGEST, MARK, read_result
from tests.told import initial, told

CHANGES = {
    1: {"optimizer": "adam", "schedule": "constant", "learning_rate": 0.02},
    3: {"learning_rate": 0.05},
}


@pytest.fixture(scope="module")
def packed():
    dashboard = Dashboard(hidden=[3], n_samples=12, train_share=0.75, batch_size=4)
    yield told(dashboard, 6, step=4, changes=CHANGES)
    dashboard.close()


@pytest.fixture(autouse=True, scope="module")
def _closed():
    yield
    for widget in [w for w in registry._instances.values() if isinstance(w, Dashboard)]:
        widget.close()


def test_a_result_is_read(packed):
    result = read_result(packed)
    assert (result.step, result.taken, result.count, result.trained) == (4, 6, 6, 9)
    assert [segment.first for segment in result.segments] == [0, 1, 3]
    assert result.segments[2].settings.optimizer == "adam"
    assert len(result.memory) == 2 * len(result.shown) + 2
    rows = result.rows
    assert [row["step"] for row in rows] == [*range(6)]
    assert [*rows[0]] == [
        *("step", "loss", "data_loss", "reg_loss", "accuracy", "learning_rate"),
        *("test_loss", "test_accuracy"),
    ]
    assert rows[5]["learning_rate"] == 0.05
    assert all(math.isfinite(x) for row in rows for x in row.values())


def test_rows_without_a_test_do_not_speak_of_one():
    dashboard = Dashboard(hidden=[2], n_samples=6)
    result = read_result(told(dashboard, 1))
    assert "test_loss" not in result.rows[0]
    assert result.initial == tuple(initial(dashboard))


BAD_SETTINGS = [
    {"learning_rate": -1.0},
    {"learning_rate": "1"},
    {"schedule": "wild"},
    {"alpha": None},
    {"batch_size": 0},
    {"optimizer": "sgdd"},
    {"batch_seed": 2**53},
    {"batch_seed": True},
]


def segment(first=0, **settings):
    usual = {
        "learning_rate": 1,
        "schedule": "demo",
        "alpha": 0,
        "batch_size": None,
        "optimizer": "sgd",
        "batch_seed": 1,
    }
    return {"first": first, "settings": usual | settings}


@pytest.mark.parametrize(
    "change",
    [
        *({name: None} for name in ("network", "points", "taken", "rows", "segments", "status")),
        *({"taken": x} for x in (-1, 7, 4, 6.0, "6", True, 10**400)),
        *({"rows": x} for x in (5, 8, -1, 2**60)),
        *({"step": x} for x in (-1, None, 1.5, 2**60)),
        *({"parameters": x} for x in (0, 12, 14, 2**60, None)),
        *({"memory": x} for x in (0, 1, 2**60, None)),
        {"network": [1]},
        {"points": {}},
        {"points": {"count": "9"}},
        {"trained": None},
        {"status": ["ready"]},
        {"segments": []},
        {"segments": [7]},
        {"segments": [{}]},
        {"segments": [{"first": 0, "settings": 3}]},
        {"segments": [{"first": 0, "settings": {}}]},
        {"segments": [segment(1)]},
        {"segments": [segment(0), segment(0)]},
        {"segments": [segment(0), segment(5), segment(3)]},
        {"segments": [segment(0), segment(7)]},
        {"segments": [segment(0)] * 10_001},
        *({"segments": [segment(**bad)]} for bad in BAD_SETTINGS),
    ],
    ids=lambda change: str(change)[:50],
)
def test_a_header_that_says_something_else_is_refused(packed, change):
    header, sections = unpack(MARK, packed)
    with pytest.raises(ValueError, match=r"^malformed MGWR: expected .*, got: ") as caught:
        read_result(pack(MARK, header | change, sections))
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize("place", [0, 1, 3, 4, 5])
@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_parameters_and_memory_are_finite(packed, place, bad):
    header, sections = unpack(MARK, packed)
    sections[place] = pack("XXXX", {}, [[bad]])[-8:] + sections[place][8:]
    with pytest.raises(ValueError, match="expected finite numbers, got: others"):
        read_result(pack(MARK, header, sections))


def test_losses_need_not_be_finite(packed):
    header, sections = unpack(MARK, packed)
    sections[2] = pack("XXXX", {}, [[math.inf]])[-8:] + sections[2][8:]
    assert read_result(pack(MARK, header, sections)).rows[0]["loss"] == math.inf


@pytest.mark.parametrize("count", range(6))
def test_missing_sections_are_refused(packed, count):
    header, sections = unpack(MARK, packed)
    with pytest.raises(ValueError, match=r"malformed MGWR: expected .* numbers in section"):
        read_result(pack(MARK, header, sections[:count]))


def test_what_is_very_large_is_not_even_looked_at():
    with pytest.raises(ValueError, match="expected at most 67,108,864 bytes, got: 67,108,865"):
        read_result(bytes(LARGEST + 1))


@given(st.data())
def test_damaged_bytes_are_read_or_refused_and_nothing_else(packed, data):
    damaged = bytearray(packed)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, 700))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(damaged)))
    for hostile in (damaged, damaged[:cut], damaged + b"\0" * cut):
        try:
            read_result(bytes(hostile)).rows  # noqa: B018
        except ValueError as error:
            assert str(error).startswith("malformed MGWR: expected ")  # noqa: PT017
