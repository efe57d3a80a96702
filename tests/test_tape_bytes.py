"""The bytes of a tape: they bring it back whole, and bytes from anywhere cannot surprise."""

import base64
import json
import math
import re
import struct
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgradwidgets import Tape, Value, tape_bytes
from tests import vectors
from tests.graphs import any_leaves, bits, build, grouped_tape, steps

PREFIX = struct.Struct("<4sB5I")


def replayed(tape):
    return bits(tape.replay()), bits(tape.gradients())


def same(a, b):
    """All that goes into bytes, except the numbers inside a nan."""
    return all(
        list(getattr(a, name)) == list(getattr(b, name))
        for name in ("ops", "left", "right", "exponents", "groups", "group_of")
    ) and (a.names, bits(a.leaves)) == (b.names, bits(b.leaves))


@given(any_leaves, steps)
def test_bytes_bring_back_the_same_tape(leaves, steps):
    tape = Tape.record(build(leaves, steps))
    again = Tape.from_bytes(tape.to_bytes())
    assert replayed(again) == replayed(tape)
    assert same(again, tape)


@given(any_leaves, steps)
def test_names_that_are_any_text_survive(leaves, steps):
    output = build(leaves, steps)
    names = {key: "\ud800\0\n</script>" + str(key) for key in output.graph}
    tape = Tape.record(output, names)
    assert Tape.from_bytes(tape.to_bytes()).names == tape.names


def test_a_tape_without_groups_has_no_column_for_them():
    tape = Tape.record(Value(1.0) * 2)
    assert same(Tape.from_bytes(tape.to_bytes()), tape)
    assert PREFIX.unpack_from(tape.to_bytes())[2:] == (3, 2, 1, 0, 24)
    assert len(zlib.decompress(tape.to_bytes()[PREFIX.size :])) == 24 + 3 + 4 + 4 + 16


def test_bytes_may_come_in_any_buffer():
    packed = grouped_tape().to_bytes()
    for kind in (bytearray, memoryview):
        assert same(Tape.from_bytes(kind(packed)), grouped_tape())


# -- bytes from anywhere --------------------------------------------------------------------------


def decoded_or_refused(packed):
    """A tape that can be used in every way, or nothing; any error but ValueError is a failure."""
    refusal = None
    try:
        tape = Tape.from_bytes(packed)
    except ValueError as error:
        refusal = str(error)
    if refusal is not None:
        assert refusal.startswith("malformed tape: expected ")
        assert len(refusal) < 500
        return None
    assert len(tape.replay()) == len(tape.gradients()) == len(tape)
    assert same(Tape.from_bytes(tape.to_bytes()), tape)
    assert tape.value().data is not None
    return tape


def test_every_truncation_is_refused():
    packed = grouped_tape().to_bytes()
    assert not any(decoded_or_refused(packed[:size]) for size in range(len(packed)))


def test_every_flipped_bit_is_refused_or_leaves_a_valid_tape():
    packed = grouped_tape().to_bytes()
    for place in range(8 * len(packed)):
        flipped = bytearray(packed)
        flipped[place // 8] ^= 1 << place % 8
        tape = decoded_or_refused(bytes(flipped))
        assert tape is None or len(tape) == len(grouped_tape())


def test_what_follows_the_stream_is_refused():
    with pytest.raises(ValueError, match="malformed tape"):
        Tape.from_bytes(grouped_tape().to_bytes() + b"x")


@given(st.data())
def test_a_body_changed_before_it_was_packed_is_refused_or_valid(data):
    packed = grouped_tape().to_bytes()
    body = bytearray(zlib.decompress(packed[PREFIX.size :]))
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    decoded_or_refused(packed[: PREFIX.size] + zlib.compress(bytes(body)))


@given(st.binary(max_size=200), st.tuples(*[st.integers(0, 60)] * 5))
def test_any_bytes_under_a_plausible_prefix_are_refused_or_valid(body, sizes):
    decoded_or_refused(PREFIX.pack(b"MGWT", 1, *sizes) + zlib.compress(body))


HEADERS = [
    "",
    "[]",
    "{}",
    "1",
    "null",
    "{" * 100_000,
    "[" * 100_000,
    "9" * 10_000,
    '{"names":1,"groups":[]}',
    '{"names":[[0]],"groups":[]}',
    '{"names":[[0,1]],"groups":[]}',
    '{"names":[[9,"x"]],"groups":[]}',
    '{"names":[[-1,"x"]],"groups":[]}',
    '{"names":[[true,"x"]],"groups":[]}',
    '{"names":[["%s","x"]],"groups":[]}' % ("A" * 10_000),
    '{"names":[],"groups":["abc"]}',
    '{"names":[],"groups":[["g",0,0]]}',
    '{"names":[],"groups":[["g",-1,5]]}',
    '{"names":[],"groups":[["g",null,0]]}',
    '{"names":[],"groups":[["g",-1,1e400]]}',
    '{"names":{},"groups":{"abc":1}}',
    '{"names":{},"groups":[]}',
    '{"names":[],"groups":""}',
    '{"names":[],"groups":[],"more":1}',
    '{"names":[[NaN,"x"]],"groups":[]}',
    '{"names":[],"groups":[],"groups":[["g",-1,-Infinity]]}',
]


@pytest.mark.parametrize("header", HEADERS, ids=lambda header: header[:40])
def test_a_header_that_is_no_header_is_refused(header):
    prefix = PREFIX.pack(b"MGWT", 1, 1, 1, 0, 0, len(header))
    body = header.encode() + b"\0" + struct.pack("<d", 1.0)
    assert decoded_or_refused(prefix + zlib.compress(body)) is None


@pytest.mark.parametrize("place", ["0", "0.0", "-0", "0e9"])
def test_a_place_is_a_number_however_json_writes_it(place):
    header = f'{{"names":[[{place},"x"]],"groups":[]}}'
    prefix = PREFIX.pack(b"MGWT", 1, 1, 1, 0, 0, len(header))
    tape = decoded_or_refused(
        prefix + zlib.compress(header.encode() + b"\0" + struct.pack("<d", 1.0))
    )
    assert repr(dict(tape.names)) == "{0: 'x'}"


def packed_again(tape, change):
    """The bytes of a tape whose body was changed before it was packed."""
    body = bytearray(zlib.decompress(tape.to_bytes()[PREFIX.size :]))
    change(body)
    return tape.to_bytes()[: PREFIX.size] + zlib.compress(bytes(body))


@pytest.mark.parametrize("exponent", [math.inf, -math.inf, math.nan])
def test_an_exponent_that_no_power_takes_is_refused(exponent):
    def change(body):
        body[-8:] = struct.pack("<d", exponent)

    assert decoded_or_refused(packed_again(Tape.record(Value(2.0) ** 3), change)) is None


@pytest.mark.parametrize("place", [4, 2**31, 2**32 - 1])
def test_a_place_in_a_group_that_is_not_there_is_refused(place):
    def change(body):
        body[-4:] = struct.pack("<I", place)

    assert len(grouped_tape().groups) == 3
    assert decoded_or_refused(packed_again(grouped_tape(), change)) is None


@pytest.mark.parametrize("distance", [0, 2, 3, 2**32 - 1])
def test_an_operand_that_does_not_stand_before_its_result_is_refused(distance):
    def change(body):
        body[-12:-8] = struct.pack("<I", distance)

    assert decoded_or_refused(packed_again(Tape.record(Value(2.0).relu()), change)) is None


@pytest.mark.parametrize("operands, lost", [((0, 0), 1), ((1, 1), 0)])
def test_a_value_that_leads_nowhere_is_refused(operands, lost):
    def change(body):
        places = [struct.pack("<I", 2 - operand) for operand in operands]
        body[-24:-16] = b"".join(places)

    tape = Tape.record(Value(2.0) * Value(3.0))
    assert decoded_or_refused(packed_again(tape, change)) is None, lost


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"MGWT",
        b"PK\3\4" + b"\0" * 40,
        PREFIX.pack(b"MGWT", 2, 1, 1, 0, 0, 2) + b"x",
        PREFIX.pack(b"MGWT", 1, 0, 0, 0, 0, 0) + zlib.compress(b""),
    ],
)
def test_other_files_other_versions_and_empty_tapes_are_refused(packed):
    assert decoded_or_refused(packed) is None


def one_leaf(
    header=b'{"names":[],"groups":[]}', *, version=1, sizes=(1, 1, 0, 0), ops=b"\0", more=b""
):
    body = header + ops + struct.pack("<d", 1.0) + more
    return PREFIX.pack(b"MGWT", version, *sizes, len(header)) + zlib.compress(body)


def patched(tape, place, number, form="<I"):
    def change(body):
        body[place : place + struct.calcsize(form) or None] = struct.pack(form, number)

    return packed_again(tape, change)


@pytest.mark.parametrize(
    "packed, words",
    [
        (b"PK\3\4", r"bytes that begin with MGWT, got: b'PK\x03\x04'"),
        (b"PK\3\4" + b"x" * 50, r"bytes that begin with MGWT, got: b'PK\x03\x04xxxx'"),
        (one_leaf(version=2), "version 1, got: 2"),
        (
            one_leaf(sizes=(0, 0, 0, 0)),
            "at least one value and no more leaves than values, got: (0, 0)",
        ),
        (
            one_leaf(sizes=(1, 2, 0, 0)),
            "at least one value and no more leaves than values, got: (1, 2)",
        ),
        (one_leaf(sizes=(5_000_001, 1, 0, 0)), "at most 5,000,000 values, got: 5,000,001"),
        (one_leaf() + b"xy", "nothing after the stream, got: 2 bytes"),
        (one_leaf()[:-4], "a complete body of at most 37 bytes, got: 33 and more to come"),
        (one_leaf(more=b"abcde"), "a complete body of at most 37 bytes, got: 38 and more to come"),
        (one_leaf(more=b"a"), "a body of 33 bytes, got: 34"),
        (one_leaf(ops=b"\1"), "(1, 0, 0) leaves, binary operations, powers, got: (0, 1, 0)"),
        (one_leaf(ops=b"\x0b"), "operations below 11, got: 11"),
        (
            one_leaf(b'{"names":[[1,"x"]],"groups":[]}'),
            "a header of names and groups, got: 1 is no place among 1",
        ),
        (
            one_leaf(b'{"names":[[0,7]],"groups":[]}'),
            "a header of names and groups, got: 7 is no text",
        ),
        (
            one_leaf(b'{"names":[[0,%s]],"groups":[]}' % (b"[" * 99 + b"]" * 99)),
            "a header of names and groups, got: " + "[" * 99 + "]" * 99 + " i",
        ),
        (
            one_leaf(b'{"names":[[0,NaN]],"groups":[]}'),
            "a header of names and groups, got: NaN is no number of JSON",
        ),
        (
            one_leaf(b'{"names":[],"groups":[],"x":1}'),
            "a header of names and groups, got: more, less or other than the two lists: "
            """b'{"names":[],"groups":[],"x":1}'""",
        ),
        (
            one_leaf(b'{"names":[],"groups":[["g",-1,0]]}', more=b"abc"),
            "a body of 47 bytes, got: 46",
        ),
        (one_leaf()[: PREFIX.size], "a complete body of at most 37 bytes, got: 0 and more to come"),
        (
            patched(Tape.record(Value(2.0).relu()), 25, 99, "B"),
            "operations below 11, got: 99",
        ),
        (
            patched(Tape.record(Value(2.0) * Value(3.0)), -20, 2),
            "every value but the last to be used, got: one that leads nowhere",
        ),
        (
            patched(Tape.record(Value(2.0) ** 3), -8, math.inf, "<d"),
            "finite exponents, got: another",
        ),
        (patched(grouped_tape(), -4, 4), "groups numbered below 3, got: 3"),
        (
            patched(Tape.record(Value(2.0).relu()), -12, 2),
            "operands that stand before their results, got: another",
        ),
        (
            patched(Tape.record(Value(2.0).relu()), -12, 0),
            "operands that stand before their results, got: another",
        ),
    ],
)
def test_a_refusal_says_what_was_expected_and_what_came(packed, words):
    with pytest.raises(
        ValueError, match="^" + re.escape(f"malformed tape: expected {words}") + "$"
    ):
        Tape.from_bytes(packed)


def test_what_is_no_zlib_stream_is_called_so():
    with pytest.raises(
        ValueError, match=r"^malformed tape: expected a zlib stream, got: Error -3 "
    ):
        Tape.from_bytes(one_leaf()[: PREFIX.size] + b"no stream at all")


@pytest.mark.parametrize(
    "sizes", [(1, 1, 0, 0, 2), (2**32 - 1,) * 5, (2**32 - 1, 0, 2**32 - 1, 0, 0)], ids=str
)
def test_a_bomb_and_big_counts_are_refused_without_memory(sizes):
    stream = zlib.compress(bytes(100_000_000) if sizes[0] == 1 else b"small")
    tracemalloc.start()
    assert decoded_or_refused(PREFIX.pack(b"MGWT", 1, *sizes) + stream) is None
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000


# -- the vectors shared with JavaScript -----------------------------------------------------------


def close(a, b):
    """Equal, or but for the last places in which mathematical libraries differ."""
    a, b = float(a), float(b)
    if not (math.isfinite(a) and math.isfinite(b)) or a == b == 0.0:
        return bits([a]) == bits([b])
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-300)


def test_the_vectors_in_the_file_are_those_of_today():
    stored = json.loads(vectors.PATH.read_text("ascii"))["vectors"]
    fresh = json.loads(vectors.document())["vectors"]
    assert [row["name"] for row in stored] == [row["name"] for row in fresh]
    assert len(stored) > 300
    for old, new in zip(stored, fresh, strict=True):
        tapes = [Tape.from_bytes(base64.b64decode(row["tape"])) for row in (old, new)]
        assert same(*tapes), old["name"]
        for numbers in ("data", "gradients"):
            pairs = zip(old[numbers], new[numbers], strict=True)
            assert all(close(a, b) for a, b in pairs), (old["name"], numbers)
        assert all(map(close, tapes[0].replay(), old["data"])), old["name"]
        assert all(map(close, tapes[0].gradients(), old["gradients"])), old["name"]


def test_the_vectors_hold_every_operation_and_every_kind_of_number():
    rows = json.loads(vectors.PATH.read_text("ascii"))["vectors"]
    tapes = [Tape.from_bytes(base64.b64decode(row["tape"])) for row in rows]
    assert {code for tape in tapes for code in tape.ops} == set(range(11))
    numbers = {str(number) for row in rows for number in row["data"] + row["gradients"]}
    assert {"nan", "inf", "-inf", "-0", "0.0", "5e-324"} <= numbers
    assert any(tape.groups for tape in tapes)


def test_more_values_than_are_read_are_not_written(monkeypatch):
    monkeypatch.setattr(tape_bytes, "MOST_VALUES", 2)
    tape = Tape.record(Value(1.0) * 2.0)
    with pytest.raises(ValueError, match="expected at most 2 values in a tape's bytes, got: 3"):
        tape.to_bytes()
    monkeypatch.setattr(tape_bytes, "MOST_VALUES", 3)
    assert len(Tape.from_bytes(tape.to_bytes())) == 3
