"""What came of a campaign, and how many recipients an experiment needs."""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query

from dukani.campaigns.experiments import LEAST_DIFFERENCE, Verdict, sample_size
from dukani.campaigns.results import results_of
from dukani.core.errors import InvalidValue, NotFound
from dukani.dashboard_api.access import AMember
from dukani.dashboard_api.bodies import Answer, Minor

router = APIRouter(prefix="/boutiques/{boutique_id}", tags=["campaigns"])


class Counts(Answer):
    """Recipients by how far it came with them; each count holds all who came that far.

    `bought`: have a paid order within five days, whatever led to it. Revenue: of the orders that
    came of the campaign, less what was refunded.
    """

    arm: str
    recipients: int
    planned: int
    skipped: int
    unknown: int
    accepted: int
    sent: int
    delivered: int
    read: int
    clicked: int
    replied: int
    converted: int
    opted_out: int
    failed: int
    bought: int
    revenue_minor: Minor
    tokens: int


class RateOf(Answer):
    """A share of an arm's recipients; the true one lies from `low` to `high` (95 %)."""

    count: int
    of: int
    share: float
    low: float
    high: float


class ArmResults(Answer):
    counts: Counts
    rates: dict[str, RateOf]


class ReasonOf(Answer):
    """Recipients who were skipped or failed, by the reason or the provider's code."""

    state: Literal["skipped", "failed", "unknown"]
    reason: str | None
    recipients: int


class DifferenceOf(Answer):
    """How far an arm's share is above the first arm's; the true one lies from `low` to `high`."""

    arm: str
    share: float
    low: float
    high: float


class ComparisonOf(Answer):
    """`uneven`: the arms' sizes are not their shares, so that no figure of them counts."""

    verdict: Verdict
    winner: str | None
    planned_size: int
    differences: list[DifferenceOf]
    uneven: bool


class CampaignStats(Answer):
    """`lift` compares those who were sent something with those kept apart."""

    total: Counts
    arms: list[ArmResults]
    reasons: list[ReasonOf]
    read_by_hour: list[int]
    currency: str
    cost_minor: Minor | None
    return_on_cost: float | None
    comparison: ComparisonOf | None
    lift: ComparisonOf | None


class SampleSize(Answer):
    """Recipients that each arm needs."""

    each_arm: int


@router.get("/campaigns/{campaign_id}/stats")
async def get_campaign_stats(campaign_id: UUID, member: AMember) -> CampaignStats:
    found = await results_of(member.conn, campaign_id=str(campaign_id))
    if found is None:
        raise NotFound(f"There is no campaign {campaign_id}.")
    return CampaignStats.model_validate(found)


@router.get("/sample-size")
async def get_sample_size(
    member: AMember,
    base: Annotated[float, Query(ge=0, lt=1, description="share expected of the first arm")],
    difference: Annotated[
        float, Query(ge=LEAST_DIFFERENCE, lt=1, description="least one that matters")
    ],
    arms: Annotated[int, Query(ge=2, le=6)] = 2,
) -> SampleSize:
    """Told before an experiment begins."""
    try:
        needed = await asyncio.to_thread(sample_size, base, difference, arms=arms)
    except ValueError as error:
        raise InvalidValue(field="difference", value=str(difference), remedy=str(error)) from error
    return SampleSize(each_arm=needed)
