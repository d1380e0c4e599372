"""Percentiles and sums of a load."""

from __future__ import annotations

import math

import pytest

from dukani.bench.figures import AIMS, Aim, Step, Turn, percentile
from dukani.bench.report import verdict


def a_step(*took_s: float, shoppers: int = 100, kind: str = "text") -> Step:
    turns = [Turn(kind, 0.0, seconds) for seconds in took_s]  # type: ignore[arg-type]
    return Step(shoppers, turns=turns, took_s=10.0, used_s={"API": 0.5, "worker": 2.0})


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0.5, 3.0),  # the third of five
        (0.95, 5.0),
        (0.2, 1.0),  # a fifth is exactly one
        (0.21, 2.0),
        (1.0, 5.0),
        (0.0, 1.0),
    ],
)
def test_a_percentile_is_the_least_value_that_the_share_does_not_exceed(
    share: float, expected: float
) -> None:
    assert percentile([5.0, 1.0, 4.0, 2.0, 3.0], share) == expected


def test_there_is_no_percentile_of_nothing() -> None:
    assert math.isnan(percentile([], 0.95))


def test_processor_time_is_divided_by_turns_and_by_seconds() -> None:
    step = a_step(1.0, 1.0, 1.0, 1.0, 1.0)
    assert step.turns_per_s == 0.5
    assert step.ms_per_turn == {"API": 100.0, "worker": 400.0}
    assert step.cores == {"API": 0.05, "worker": 0.2}


def test_kinds_of_turns_are_told_apart() -> None:
    step = a_step(1.0, 2.0)
    step.turns.append(Turn("photo", 0.0, 4.0))
    assert (step.of("text"), step.of("photo"), step.of("paid")) == ([1.0, 2.0], [4.0], [])


def test_an_aim_is_of_the_95th_percentile() -> None:
    # given 20 turns of which one is slow, and 20 of which two are
    once, twice = a_step(*[1.0] * 19, 9.0), a_step(*[1.0] * 18, 9.0, 9.0)

    # then one in twenty may be slow
    assert Aim("text", 2.0).met(once) is True
    assert Aim("text", 2.0).met(twice) is False
    assert Aim("photo", 5.0).met(once) is None


def test_the_verdict_names_figure_and_aim() -> None:
    text, photo = AIMS
    assert verdict(text, a_step(1.5)) == "p95 of text at 100 shoppers: 1.50 s, aim 2: met"
    assert verdict(text, a_step(2.5)).endswith("missed")
    assert verdict(photo, a_step(1.5)) == "photo: no turn"
