"""What a stage cost."""

from __future__ import annotations

import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.steps.measure import Measure, peak_mb

linux = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux forgets a peak on request"
)


def row(measure: Measure, name: str) -> dict[str, float]:
    return next(row for row in measure.rows() if row["name"] == name)


def test_nothing_measured_has_no_rows() -> None:
    assert Measure().rows() == []
    assert Measure().items("read") == 0


def test_stages_stand_in_the_order_in_which_they_were_first_entered() -> None:
    measure = Measure()
    for name in ("read", "embed", "read", "report"):
        with measure.stage(name):
            pass
    assert [row["name"] for row in measure.rows()] == ["read", "embed", "report"]
    assert all(list(row) == ["name", "seconds", "peak_mb", "items"] for row in measure.rows())


def test_a_stage_entered_again_adds_to_its_seconds() -> None:
    measure = Measure()
    for _ in range(2):
        with measure.stage("read"):
            time.sleep(0.02)
    assert 0.04 <= row(measure, "read")["seconds"] < 2


def test_seconds_that_passed_elsewhere_are_added() -> None:
    measure = Measure()
    measure.add("orchestration", 1.25)
    measure.add("orchestration", 0.5004)
    assert row(measure, "orchestration")["seconds"] == 1.75


def test_a_stage_that_fails_is_measured_and_its_fault_goes_on() -> None:
    measure = Measure()

    def fail() -> None:
        with measure.stage("read"):
            time.sleep(0.01)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert row(measure, "read")["seconds"] >= 0.01
    with measure.stage("read"):
        pass


def test_a_peak_is_of_this_process_in_megabytes() -> None:
    assert 5 < peak_mb() < 500_000


@linux
def test_every_stage_has_its_own_peak() -> None:
    measure = Measure()
    with measure.stage("large"):
        held = bytearray(b"x" * 150_000_000)
    del held
    with measure.stage("small"):
        pass
    assert row(measure, "large")["peak_mb"] - row(measure, "small")["peak_mb"] > 100


@linux
def test_a_stage_inside_another_does_not_hide_the_outer_ones_peak() -> None:
    measure = Measure()
    with measure.stage("outer"):
        held = bytearray(b"x" * 150_000_000)
        del held
        with measure.stage("inner"):
            pass
    assert row(measure, "outer")["peak_mb"] - row(measure, "inner")["peak_mb"] > 100


@given(counts=st.lists(st.tuples(st.sampled_from(["read", "embed"]), st.integers(0, 10**9))))
def test_items_are_added_up_by_stage(counts: list[tuple[str, int]]) -> None:
    measure = Measure()
    for name, items in counts:
        measure.count(name, items)
    for name in ("read", "embed"):
        assert measure.items(name) == sum(items for given, items in counts if given == name)
