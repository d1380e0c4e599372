"""Generated shoppers who change their minds get exactly what they mean, and pay for nothing else.

`dukani eval shoppers` runs thousands; here are a few of each mind, and those that once failed.
"""

from __future__ import annotations

import pytest

from dukani.core.services import Services
from dukani.evals.shoppers.mind_names import MindName
from dukani.evals.shoppers.run import run_shopful, shopfuls

# Seed, index and mind of shoppers that failed once; what was wrong.
ONCE_FAILED = (
    pytest.param(1, 7, "perfect", id="nobody-knows-her-number-and-the-turn-never-ends"),
    pytest.param(1, 19, "perfect", id="two-no-three-changes-another-line"),
    pytest.param(1, 64, "perfect", id="the-colour-said-last-does-not-win"),
    pytest.param(1, 96, "perfect", id="a-look-elsewhere-after-a-failure-ends-the-sale"),
    pytest.param(1, 182, "perfect", id="late-money-and-the-same-order-again"),
    pytest.param(5, 38, "perfect", id="late-money-leaves-the-changed-cart"),
    pytest.param(11, 149, "perfect", id="how-many-is-never-said-as-nothing-is-asked"),
    pytest.param(12, 99, "perfect", id="no-such-size-that-is-an-age"),
    pytest.param(30, 927, "perfect", id="the-size-looked-for-is-kept-though-changed"),
    pytest.param(41, 234, "perfect", id="a-yes-to-the-total-takes-the-piece-refused-before"),
    pytest.param(21, 1, "gemini-perfect", id="the-same-place-is-no-address"),
    pytest.param(131, 80, "reader", id="say-it-again-pays-at-the-total"),
    pytest.param(813, 38, "reader", id="pieces-named-one-by-one-are-not-understood"),
    pytest.param(1101, 94, "reader", id="a-counted-verb-that-opens-a-name-is-dropped"),
    pytest.param(1202, 94, "reader", id="a-size-that-is-not-made-is-a-remark"),
    pytest.param(1404, 290, "reader", id="a-name-that-is-a-colour-too-is-dropped"),
    pytest.param(1505, 220, "reader", id="so-many-times-beside-a-resend-sends-the-old-sum"),
    pytest.param(2, 0, "malicious", id="a-hundred-of-one-fails-the-turn"),
    pytest.param(11, 23, "malicious", id="pay-again-with-no-number-known-fails-the-turn"),
    pytest.param(2, 36, "malicious", id="none-in-the-place-of-some-fails-the-turn"),
)


async def failures(
    services: Services, *, seed: int, mind: MindName, indices: range | list[int]
) -> list[str]:
    """What went wrong for each of these shoppers, with all that was said."""
    told = []
    for shopful in shopfuls(seed, mind, list(indices)):
        for result in await run_shopful(services, shopful):
            if not result.passed:
                said = "\n".join(f"{who}: {words}" for who, words in result.transcript)
                told.append(f"index {result.index}: {result.problems}\n{said}")
    return told


@pytest.mark.slow
async def test_a_mind_that_knows_what_is_meant_gets_exactly_that(services: Services) -> None:
    assert await failures(services, seed=11, mind="perfect", indices=range(150)) == []


@pytest.mark.slow
async def test_what_is_meant_comes_whole_through_geminis_form(services: Services) -> None:
    assert await failures(services, seed=33, mind="gemini-perfect", indices=range(60)) == []


@pytest.mark.slow
async def test_a_mind_that_means_harm_charges_nothing_that_was_not_agreed(
    services: Services,
) -> None:
    assert await failures(services, seed=11, mind="malicious", indices=range(60)) == []


@pytest.mark.parametrize(("seed", "index", "mind"), ONCE_FAILED)
async def test_a_shopper_who_failed_once(
    services: Services, seed: int, index: int, mind: MindName
) -> None:
    assert await failures(services, seed=seed, mind=mind, indices=[index]) == []
