"""A campaign's results as people read them: funnel, money, and what its experiment says."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from dukani.campaigns.experiments import Comparison, Rate, compare, rate, sample_size
from dukani.core.database import Connection
from dukani.core.store import campaign_results, campaigns, message_rates
from dukani.core.store.campaign_results import ArmCounts, ReasonCount
from dukani.core.store.campaigns import Campaign
from dukani.domain.campaigns import Experiment

HOLDOUT = "holdout"
EXPECTED = {"read": 0.6, "clicked": 0.1, "replied": 0.05, "converted": 0.02, "bought": 0.02}


@dataclass(frozen=True, slots=True)
class Arm:
    """An arm's counts and rates; the rates are of all its recipients."""

    counts: ArmCounts
    rates: Mapping[str, Rate]


@dataclass(frozen=True, slots=True)
class Results:
    """`cost_minor`: of the tokens that were spent; None: tokens have no price in this currency.

    `return_on_cost` is revenue less cost, by cost; None where nothing was spent.
    """

    total: ArmCounts
    arms: Sequence[Arm]
    reasons: Sequence[ReasonCount]
    read_by_hour: Sequence[int]
    currency: str
    cost_minor: int | None
    return_on_cost: float | None
    comparison: Comparison | None
    lift: Comparison | None


async def results_of(conn: Connection, *, campaign_id: str) -> Results | None:
    """None: the boutique has no such campaign."""
    campaign = await campaigns.get(conn, campaign_id=campaign_id)
    if campaign is None:
        return None
    counted = await campaign_results.by_arm(conn, campaign_id=campaign_id)
    reasons = await campaign_results.by_reason(conn, campaign_id=campaign_id)
    hours = await campaign_results.read_by_hour(conn, campaign_id=campaign_id)
    currency = await campaign_results.currency(conn)
    started = campaign.started_at or datetime.now(UTC)
    price = await _token_price(conn, currency, started.date())
    total = total_of([one for one in counted if one.arm != HOLDOUT])
    cost = total.tokens * price if price is not None else None
    # The figures of arms are statsmodels' and take their time: off the event loop.
    arms, comparison, lift = await asyncio.to_thread(_judged, campaign, counted)
    return Results(
        total=total,
        arms=arms,
        reasons=reasons,
        read_by_hour=hours,
        currency=currency,
        cost_minor=cost,
        return_on_cost=(total.revenue_minor - cost) / cost if cost else None,
        comparison=comparison,
        lift=lift,
    )


async def _token_price(conn: Connection, currency: str, day: date) -> int | None:
    found = await message_rates.token_price(conn, currency=currency, day=day)
    return found.price_minor if found else None


def total_of(arms: Sequence[ArmCounts]) -> ArmCounts:
    """The sum of several arms."""
    summed = {
        name: sum(getattr(one, name) for one in arms)
        for name in ArmCounts.__slots__
        if name != "arm"
    }
    return ArmCounts(arm="", **summed)


def _judged(
    campaign: Campaign, counted: Sequence[ArmCounts]
) -> tuple[list[Arm], Comparison | None, Comparison | None]:
    arms = [Arm(one, _rates(one)) for one in counted]
    if campaign.experiment is None:
        return arms, None, None
    experiment = Experiment.model_validate(campaign.experiment)
    return arms, _comparison(experiment, counted), _lift(experiment, counted)


def _rates(counts: ArmCounts) -> dict[str, Rate]:
    """Of all who were shared out, whether or not a message reached them."""
    return {
        name: rate(getattr(counts, name), counts.recipients)
        for name in ("delivered", "read", "clicked", "replied", "converted", "bought", "opted_out")
    }


def _comparison(experiment: Experiment, counted: Sequence[ArmCounts]) -> Comparison | None:
    """Of the arms that got something, by what the experiment measures."""
    by_key = {one.arm: one for one in counted}
    of = {
        variant.key: by_key[variant.key] for variant in experiment.variants if variant.key in by_key
    }
    if len(of) < 2:
        return None
    return compare(
        {key: (getattr(one, experiment.measure), one.recipients) for key, one in of.items()},
        shares={variant.key: variant.share for variant in experiment.variants},
        planned_size=planned_size(experiment),
        deadline_passed=_is_over(experiment),
    )


def _lift(experiment: Experiment, counted: Sequence[ArmCounts]) -> Comparison | None:
    """All who got something against who got nothing, by who bought within five days."""
    held = next((one for one in counted if one.arm == HOLDOUT), None)
    others = [one for one in counted if one.arm != HOLDOUT]
    if held is None or not others:
        return None
    sent = total_of(others)
    return compare(
        {HOLDOUT: (held.bought, held.recipients), "sent": (sent.bought, sent.recipients)},
        shares={HOLDOUT: experiment.holdout, "sent": 1 - experiment.holdout},
        planned_size=sample_size(EXPECTED["bought"], experiment.least_difference),
        deadline_passed=_is_over(experiment),
    )


def planned_size(experiment: Experiment) -> int:
    """Recipients that each arm needs, told before it begins."""
    base = EXPECTED[experiment.measure]
    difference = min(experiment.least_difference, 1 - base)
    return sample_size(base, difference, arms=len(experiment.variants))


def _is_over(experiment: Experiment) -> bool:
    return experiment.decide_by is not None and experiment.decide_by <= datetime.now(UTC)
