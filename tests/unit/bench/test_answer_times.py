"""How long the sandbox's services take to answer."""

from __future__ import annotations

import statistics

import pytest

from dukani.core.settings import Sandbox
from dukani.sandbox.answer_times import AnswerTimes

DRAWN = 4000


def test_answers_spread_around_their_median_as_told() -> None:
    # given a model with a median of 1.2 s
    times = AnswerTimes(model_median_s=1.2, provider_median_s=0.15, sigma=0.25)

    # when it answers often
    drawn = sorted(times.draw("gemini") for _ in range(DRAWN))

    # then half is faster, and one in twenty is slower than exp(1.645 * 0.25) medians
    assert statistics.median(drawn) == pytest.approx(1.2, rel=0.02)
    assert drawn[int(0.95 * DRAWN)] == pytest.approx(1.2 * 1.509, rel=0.04)
    assert drawn[0] > 0


def test_every_provider_but_the_model_has_the_providers_median() -> None:
    times = AnswerTimes(model_median_s=1.2, provider_median_s=0.15, sigma=0.0)
    assert times.draw("gemini") == 1.2
    assert [times.draw(name) for name in ("twilio", "meta", "daraja", "paylink")] == [0.15] * 4


def test_calls_to_one_service_change_no_times_of_another() -> None:
    # given two sandboxes of one seed
    one, other = (AnswerTimes(provider_median_s=0.15, seed=7) for _ in range(2))

    # when the second is also asked by another provider
    other.draw("meta")

    # then its Twilio answers in the same times
    drawn = [times.draw("twilio") for times in (one, other) for _ in range(3)]
    assert drawn[:3] == drawn[3:]
    assert AnswerTimes(provider_median_s=0.15, seed=8).draw("twilio") != drawn[0]


def test_without_a_median_it_answers_at_once() -> None:
    times = AnswerTimes.of(Sandbox())
    assert (times.draw("gemini"), times.draw("twilio")) == (0.0, 0.0)
