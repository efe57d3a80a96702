"""Points as bytes, and the recipe that gives them another noise."""

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgradwidgets import blobs, moons, spiral
from microgradwidgets.datasets import recipe
from microgradwidgets.views.packed import doubles, pack, unpack
from microgradwidgets.views.points import LARGEST, MARK, made, own, pack_points, read_points
from tests.graphs import bits

DATASETS = {"moons": moons, "spiral": spiral, "blobs": blobs}
SEEDS = st.integers(0, 2**53 - 1)
NAMES = st.sampled_from(sorted(DATASETS))


def flat(pairs):
    return [x for pair in pairs for x in pair]


@given(NAMES, st.integers(2, 40), SEEDS, st.floats(0.0, 2.0, exclude_min=True))
def test_a_recipe_gives_every_noise_to_the_last_bit(name, count, seed, noise):
    data = DATASETS[name](count, noise=noise, seed=seed)
    found = recipe(name, count, seed=seed)
    assert bits(flat(found.at(noise))) == bits(flat(data.xs))
    assert found.labels == [*data.ys]


@given(NAMES, st.integers(2, 40), SEEDS, st.floats(0.0, 2.0))
def test_a_page_finds_in_the_bytes_the_points_of_any_noise(name, count, seed, noise):
    packed = pack_points(made(name, count, 0.5, seed))
    header, sections = unpack(MARK, packed)
    assert header == {"dataset": name, "noise": 0.5, "data_seed": seed, "count": count}
    _, _, spots, draws, ys, still, still_ys = (
        doubles(MARK, sections, place, size * count)
        for place, size in enumerate([2, 1, 2, 2, 1, 2, 1])
    )
    data = DATASETS[name](count, noise=noise, seed=seed)
    if noise > 0.0:
        found = [spot + noise * draw for spot, draw in zip(spots, draws, strict=True)], ys
    else:
        found = still, still_ys
    assert (bits(found[0]), found[1]) == (bits(flat(data.xs)), [*data.ys])


@given(NAMES, st.integers(2, 30), SEEDS, st.sampled_from([0.0, 0.1, 2.0]))
def test_what_is_packed_is_read_back(name, count, seed, noise):
    points = made(name, count, noise, seed)
    assert read_points(pack_points(points)) == points
    mine = own(points.data)
    assert read_points(pack_points(mine)) == mine


def test_points_that_only_claim_to_be_of_a_data_set_are_somebodys_own():
    points = made("moons", 10, 0.1, 7)
    lying = points._replace(xs=((5.0, 5.0), *points.xs[1:]))
    read = read_points(pack(MARK, lying.key, [flat(lying.xs), [*lying.ys]]))
    assert (read.dataset, read.data_seed, read.noise) == ("own", None, 0.0)
    assert read.xs == lying.xs


XS, YS = [0.0, 1.0, 2.0, 3.0], [1.0, -1.0]


@pytest.mark.parametrize(
    "header, sections",
    [
        ({"count": 1}, [XS[:2], YS[:1]]),
        ({"count": 2001}, [XS, YS]),
        ({"count": True}, [XS, YS]),
        ({"count": "2"}, [XS, YS]),
        ({"count": 2.0}, [XS, YS]),
        ({}, [XS, YS]),
        ({"count": 2}, [XS]),
        ({"count": 2}, [XS, [1.0]]),
        ({"count": 2}, [XS, [1.0, 0.0]]),
        ({"count": 2}, [XS, [1.0, float("nan")]]),
        ({"count": 2}, [[float("inf"), *XS[1:]], YS]),
        ({"count": 2}, [[float("nan"), *XS[1:]], YS]),
        ({"count": 2}, [XS, YS, bytes(LARGEST)]),
    ],
)
def test_what_are_no_points_is_refused(header, sections):
    with pytest.raises(ValueError, match=r"^malformed MGWP: expected .*, got: "):
        read_points(pack(MARK, header, sections))


@pytest.mark.parametrize(
    "claims",
    [
        {"dataset": "moons", "noise": 0.1, "data_seed": "7"},
        {"dataset": "moons", "noise": "0.1", "data_seed": 7},
        {"dataset": "moons", "noise": 10**400, "data_seed": 7},
        {"dataset": ["moons"], "noise": 0.1, "data_seed": 7},
        {"dataset": {}, "noise": [], "data_seed": -(10**400)},
        {"dataset": "spiral", "noise": -1.0, "data_seed": -5},
    ],
)
def test_whatever_a_header_claims_points_are_points(claims):
    assert read_points(pack(MARK, {"count": 2, **claims}, [XS, YS])).dataset == "own"


@given(st.binary(max_size=60) | st.binary(max_size=60).map(b"MGWP".__add__))
def test_any_other_bytes_are_refused_by_a_value_error_alone(packed):
    with pytest.raises(ValueError, match=r"^malformed MGWP: expected "):
        read_points(packed)


# -- the container --------------------------------------------------------------------------------


@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=3))
def test_headers_are_written_in_ascii_and_read_back(header):
    header.pop("sections", None)
    packed = pack("MGWX", header, [b"", [1.0], b"xyz"])
    (length,) = struct.unpack_from("<I", packed, 4)
    assert packed[8 : 8 + length].isascii()
    assert unpack("MGWX", packed) == (header, [b"", struct.pack("<d", 1.0), b"xyz"])


@pytest.mark.parametrize(
    "words, rest",
    [
        ([], b""),
        ({}, b""),
        ({"sections": 3}, b"abc"),
        ({"sections": [3]}, b"ab"),
        ({"sections": [2]}, b"abc"),
        ({"sections": [-1, 3]}, b"ab"),
        ({"sections": [True]}, b"a"),
        ({"sections": [1.0]}, b"a"),
        ({"sections": [2**62]}, b"a"),
        ({"sections": [0] * 1000}, b""),
    ],
)
def test_a_container_that_contradicts_itself_is_refused(words, rest):
    text = json.dumps(words).encode("ascii")
    with pytest.raises(ValueError, match=r"^malformed MGWX: expected .*, got: "):
        unpack("MGWX", b"MGWX" + struct.pack("<I", len(text)) + text + rest)


def test_a_header_that_is_no_json_or_too_deep_is_refused():
    for text in (b"{", b"\xff\xfe", b"[" * 100_000):
        with pytest.raises(ValueError, match="expected a header that is JSON"):
            unpack("MGWX", b"MGWX" + struct.pack("<I", len(text)) + text)
    with pytest.raises(ValueError, match="expected a header of at most 8 bytes, got: 4294967295"):
        unpack("MGWX", b"MGWX\xff\xff\xff\xff")
