"""Generated shoppers who change their minds get exactly what they mean, and pay for nothing else.

`dukani eval shoppers` runs thousands; here are a few of each mind, and those that once failed.
"""

from __future__ import annotations

import pytest

from dukani.core.services import Services
from dukani.evals.shoppers.minds import MindName
from dukani.evals.shoppers.run import run_shopful, shopfuls

# Seed, index and mind of shoppers that failed once; what was wrong.
ONCE_FAILED: tuple[tuple[int, int, MindName], ...] = ()


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


async def test_a_mind_that_knows_what_is_meant_gets_exactly_that(services: Services) -> None:
    assert await failures(services, seed=11, mind="perfect", indices=range(30)) == []


async def test_a_mind_that_means_harm_charges_nothing_that_was_not_agreed(
    services: Services,
) -> None:
    assert await failures(services, seed=11, mind="malicious", indices=range(20)) == []


@pytest.mark.parametrize(("seed", "index", "mind"), ONCE_FAILED)
async def test_a_shopper_who_failed_once(
    services: Services, seed: int, index: int, mind: MindName
) -> None:
    assert await failures(services, seed=seed, mind=mind, indices=[index]) == []
