"""Rows as text: read back, the same numbers; opened in a spreadsheet, no formula."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgradwidgets.row_text import csv_text, json_text
from tests import row_vectors
from tests.graphs import bits
from tests.hostile import label_of, rows

NUMBERS = st.floats(allow_nan=False)
ROWS = st.lists(st.fixed_dictionaries({"step": st.integers(0), "loss": NUMBERS}), min_size=1)
TEXTS = st.text(st.characters(exclude_categories=[]), max_size=30)


@given(ROWS)
def test_numbers_are_read_back_from_csv_to_the_bit(table):
    read = [*csv.DictReader(io.StringIO(csv_text(table), newline=""))]
    assert [int(row["step"]) for row in read] == [row["step"] for row in table]
    assert bits(float(row["loss"]) for row in read) == bits(row["loss"] for row in table)


@given(ROWS)
def test_numbers_are_read_back_from_json_to_the_bit(table):
    read = json.loads(json_text(table), parse_constant=pytest.fail)
    assert [row["step"] for row in read] == [row["step"] for row in table]
    assert bits(float(row["loss"]) for row in read) == bits(row["loss"] for row in table)


@given(st.lists(TEXTS, min_size=1))
def test_any_text_is_one_cell_and_no_formula(texts):
    written = csv_text([{"words": text, "end": 1} for text in texts])
    written.encode("utf-8")
    read = [*csv.reader(io.StringIO(written, newline=""))]
    assert [len(row) for row in read] == [2] * (len(texts) + 1)
    assert not any(row[0].lstrip().startswith(tuple("=+-@")) for row in read)


@pytest.mark.parametrize("row", rows("label"), ids=lambda row: row["id"])
def test_hostile_labels_are_text(row):
    label = label_of(row)[:10_000]
    written = csv_text([{"words": label}])
    (_, (cell,)) = [*csv.reader(io.StringIO(written, newline=""))]
    if "csv-neutral" in row["expect"]:
        assert cell == f"'{label}"
    assert json.loads(json_text([{"words": label}])) == [{"words": label}]


def test_no_rows_are_no_lines():
    assert csv_text([]) == ""
    assert json_text([]) == "[]\n"


def test_what_there_is_none_of_is_an_empty_cell():
    assert csv_text([{"loss": None, "hidden": [4, 4], "is": True}]) == (
        'loss,hidden,is\r\n,"[4, 4]",True\r\n'
    )


def test_the_shared_file_is_up_to_date():
    assert row_vectors.PATH.read_text("ascii") == row_vectors.document()
