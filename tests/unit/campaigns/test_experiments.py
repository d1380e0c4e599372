"""An experiment names a winner late, rarely, and never of a split that is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dukani.campaigns.experiments import compare, is_uneven, rate, sample_size

HALVES = {"a": 0.5, "b": 0.5}


def test_no_winner_is_named_before_the_planned_size_however_clear_it_looks():
    early = compare({"a": (1, 100), "b": (30, 100)}, shares=HALVES, planned_size=500)

    assert (early.verdict, early.winner) == ("too_early", None)
    assert early.differences[0].is_clear


def test_at_the_planned_size_a_clear_difference_is_decided_and_a_small_one_is_not():
    clear = compare({"a": (50, 1000), "b": (90, 1000)}, shares=HALVES, planned_size=1000)
    small = compare({"a": (50, 1000), "b": (55, 1000)}, shares=HALVES, planned_size=1000)
    worse = compare({"a": (90, 1000), "b": (50, 1000)}, shares=HALVES, planned_size=1000)

    assert (clear.verdict, clear.winner) == ("decided", "b")
    assert (small.verdict, small.winner) == ("undecided", None)
    assert (worse.verdict, worse.winner) == ("decided", "a")


def test_at_the_deadline_without_the_size_it_stays_undecided():
    over = compare(
        {"a": (1, 100), "b": (30, 100)}, shares=HALVES, planned_size=500, deadline_passed=True
    )

    assert (over.verdict, over.winner) == ("undecided", None)


def test_a_split_that_is_not_what_it_should_be_is_flagged_and_names_nobody():
    wrong = compare({"a": (50, 1000), "b": (90, 800)}, shares=HALVES, planned_size=700)

    assert wrong.uneven
    assert wrong.winner is None
    assert not is_uneven({"a": 1000, "b": 960}, HALVES)
    assert not is_uneven({"a": 700, "b": 300}, {"a": 0.7, "b": 0.3})


def test_the_size_needed_is_the_textbooks():
    # 5 % against 7 % at 95 % and a power of 80 %: 2,200 each, by the arcsine transformation.
    assert 2150 <= sample_size(0.05, 0.02) <= 2250
    assert sample_size(0.05, 0.01) > 3 * sample_size(0.05, 0.02)
    assert sample_size(0.05, 0.02, arms=4) > sample_size(0.05, 0.02)
    with pytest.raises(ValueError, match="cannot be"):
        sample_size(0.95, 0.1)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 300), st.integers(0, 300))
def test_a_rates_interval_holds_its_share(count: int, more: int):
    found = rate(count, count + more)

    assert -1e-9 <= found.low <= found.share + 1e-9
    assert found.share - 1e-9 <= found.high <= 1 + 1e-9
