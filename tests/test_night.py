"""The night itself: whose turn it is, what is added up, and what a lost process costs."""

import json
import os
import time

import pytest

from tests.benchmarks.report import Report, table
from tests.nightly import night
from tests.nightly.campaign import Campaign, Outcome, add
from tests.nightly.measuring import measured_tests, run_one
from tests.nightly.night import run_campaigns


def well(seed, cases):
    return Outcome(cases, counts={"even": cases // 2}, worst={"largest": float(seed)})


def bad_at_one(seed, cases):
    return Outcome(cases, ["the second is wrong"] if seed == 1 else [])


def dies_at_one(seed, cases):
    if seed == 1:
        os._exit(1)
    return Outcome(cases)


def hangs_at_one(seed, cases):
    while seed == 1:
        time.sleep(0.1)
    return Outcome(cases)


def campaign(run, name="c", goal=1000, chunk=10):
    return Campaign(name, "it holds", goal, 10, run, chunk)


def spend(campaigns, report, until):
    """A night that is over when the first campaign comes to a seed."""
    known = report.campaign(campaigns[0].name)
    return run_campaigns(campaigns, report, lambda: known.get("next_seed", 0) >= until, 1)


def test_a_second_night_goes_on_where_the_first_ended(tmp_path):
    report = Report(tmp_path)
    assert spend([campaign(well)], report, 5) == []
    first = dict(report.campaign("c"))
    assert first["cases"] == 10 * first["next_seed"] == 50
    assert first["counts"] == {"even": first["cases"] // 2}
    assert first["worst"] == {"largest": first["next_seed"] - 1}
    report.write()
    later = Report(tmp_path)
    assert spend([campaign(well)], later, 9) == []
    second = later.campaign("c")
    assert second["cases"] == 10 * second["next_seed"] == 90


def test_campaigns_come_equally_far_on_the_way_to_their_goals(tmp_path):
    report = Report(tmp_path)
    spend([campaign(well, "far", 10_000), campaign(well, "near", 100)], report, 50)
    far, near = report.campaign("far")["cases"], report.campaign("near")["cases"]
    assert abs(far / 10_000 - near / 100) <= 10 / 100


def test_no_time_is_no_chunk(tmp_path):
    report = Report(tmp_path)
    assert spend([campaign(well)], report, 0) == []
    assert report.campaign("c") == {}


def test_a_failure_is_told_kept_and_tried_first_again(tmp_path):
    report = Report(tmp_path)
    told = spend([campaign(bad_at_one)], report, 3)
    assert told == ["c, seed 1: the second is wrong"]
    assert report.campaign("c")["failed"] == [1]
    # The same again: seed 1 is tried once more, though the night would go on at a later one.
    assert spend([campaign(bad_at_one)], report, 4) == told
    # Mended: the count begins anew.
    before = report.campaign("c")["cases"]
    known = report.campaign("c")
    add(known, campaign(well), 1, Outcome(10), "2026-01-01")
    assert known["failed"] == []
    assert known["cases"] == 10 < before


# The patience is longer than it takes a new process to begin.
@pytest.mark.parametrize("run, words", [(dies_at_one, "Broken"), (hangs_at_one, "no end within")])
def test_a_process_that_dies_or_hangs_is_one_failure_and_the_rest_goes_on(
    tmp_path, monkeypatch, run, words
):
    monkeypatch.setattr(night, "PATIENCE", 12.0)
    report = Report(tmp_path)
    (told,) = spend([campaign(run, chunk=1)], report, 3)
    assert told.startswith("c, seed 1: ")
    assert words in told
    assert report.campaign("c")["failed"] == [1]
    assert report.campaign("c")["cases"] == 2


def test_the_report_says_what_was_tried_and_measured(tmp_path):
    report = Report(tmp_path)
    add(report.campaign("gradients"), campaign(well), 0, well(7, 1000), "2026-01-02")
    report.keep("Promises", "messages | flood", 197, "at most 200")
    report.keep("Speed", "old", 1, "")
    report.forget("Speed")
    report.write()
    text = (tmp_path / "REPORT.md").read_text("utf-8")
    row = (
        "| gradients | it holds | 1,000 of 1,000 | 0 | even: 500 (50.00%); largest: 7 | 2026-01-02"
    )
    assert row in text
    assert r"| messages \| flood | 197 | at most 200 |" in text
    assert "## Speed" not in text
    assert text == Report(tmp_path).text()
    assert [*tmp_path.glob("*.part")] == []


def test_a_table_has_as_many_columns_in_each_line():
    lines = table([("a", "b", "c"), ("1", "2 | 3", "")]).splitlines()
    assert lines == ["| a | b | c |", "|---|---|---|", r"| 1 | 2 \| 3 |  |"]


def test_a_measured_test_is_run_and_kept(tmp_path):
    report = Report(tmp_path)
    failure, seconds = run_one(f"{__file__}::test_something_is_measured", report, 60.0)
    assert failure is None
    assert 0 < seconds < 60
    assert report.data["lines"]["Promises"]["night"]["measured"] == "True"
    failure, _ = run_one(f"{__file__}::test_nothing", report, 60.0)
    assert "not found" in failure


def test_only_marked_tests_are_run_for_the_report():
    assert measured_tests(__file__) == []


def test_something_is_measured(measured, night, request):
    measured("night", night, "whether the full numbers are wanted")
    (line,) = [line for name, line in request.node.user_properties if name == "measured"]
    assert json.loads(json.dumps(line))["measured"] == str(night)
