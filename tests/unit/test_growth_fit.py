"""A cost is told as flat, logarithmic or linear by what it lies nearest to."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from tests.bench.growth_fit import Growth, growth_of

SIZES = (10, 100, 1_000, 10_000)


@pytest.mark.parametrize(
    ("cost", "growth"),
    [
        (lambda _: 40.0, "flat"),
        # an index of a page more
        (lambda n: 200 + 10 * math.log10(n), "flat"),
        (lambda n: 20 + 10 * math.log10(n), "logarithmic"),
        (lambda n: 5 * math.log(n), "logarithmic"),
        (lambda n: 40 + n, "linear"),
        # a scan that shows at the end only
        (lambda n: 500 + n / 20, "linear"),
        # pictures of one shop, of which few are read until there are many
        (lambda n: {10: 978, 100: 1_866, 1_000: 2_536, 10_000: 225_868}[n], "linear"),
        # what is read whole while it is a page, and no more then
        (lambda n: 1_500 if n == 100 else 1_000, "flat"),
        # one that costs less and less is no growth
        (lambda n: 100 - 10 * math.log10(n), "flat"),
    ],
)
def test_growth_is_told_by_its_shape(cost: Callable[[int], float], growth: Growth) -> None:
    assert growth_of(SIZES, [cost(n) for n in SIZES]) == growth


def test_what_cost_nothing_and_then_something_grows() -> None:
    assert growth_of(SIZES, [0, 10, 100, 1_000]) == "linear"
