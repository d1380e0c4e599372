"""What came of automations in a period: of all rules in one list, and of one in full."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal
from uuid import UUID

from fastapi import APIRouter

from dukani.campaigns.automations import results as judging
from dukani.core import days
from dukani.core.errors import NotFound
from dukani.core.store.boutiques import Boutique
from dukani.dashboard_api.access import AMember, boutique_of
from dukani.dashboard_api.bodies import Answer, Minor
from dukani.dashboard_api.campaign_results import ComparisonOf, RateOf
from dukani.dashboard_api.figures import AnAskedPeriod, AskedPeriod
from dukani.domain.automations import Trigger

router = APIRouter(prefix="/boutiques/{boutique_id}/automations", tags=["automations"])

USUAL_DAYS = 30


class AutomationFunnel(Answer):
    """Times that a customer began a rule, by how far it came; each holds all who came that far.

    `decided`: a message was written. `converted`: an order came of it and stands.
    """

    arm: str
    enrolled: int
    decided: int
    sent: int
    delivered: int
    read: int
    clicked: int
    replied: int
    converted: int
    opted_out: int
    failed: int


class AutomationMoney(Answer):
    """Of orders that came of a rule's messages, less what was given back."""

    currency: str
    orders: int
    amount_minor: Minor


class RuleLine(Answer):
    id: UUID
    name: str
    trigger: Trigger
    rule_class: Literal["service", "marketing"]
    is_on: bool


class RuleSummary(Answer):
    """`bought`: customers who bought within five days, whatever led to it; `lift` compares those
    whom the rule wrote to with those held out, none where nobody is.
    """

    rule: RuleLine
    total: AutomationFunnel
    held_out: int
    money: list[AutomationMoney]
    bought: RateOf
    bought_held_out: RateOf
    lift: ComparisonOf | None


class RuleSummaries(Answer):
    items: list[RuleSummary]


class AutomationArm(Answer):
    """`rates` are of the times that customers began; `bought` is of customers."""

    funnel: AutomationFunnel
    rates: dict[str, RateOf]
    bought: RateOf


class StepCounts(Answer):
    """Messages of a step (from 0) on a channel."""

    step: int
    channel: Literal["whatsapp", "sms"]
    messages: int
    sent: int
    delivered: int
    read: int
    clicked: int
    replied: int
    converted: int
    opted_out: int
    failed: int
    cancelled: int


class ReasonTimes(Answer):
    """Why nothing was sent; `waits`: not then."""

    verdict: Literal["waits", "skipped", "stopped"]
    reason: str
    times: int


class RuleResults(Answer):
    """`comparison`: of the arms that got something, by who bought within five days."""

    summary: RuleSummary
    arms: list[AutomationArm]
    steps: list[StepCounts]
    reasons: list[ReasonTimes]
    comparison: ComparisonOf | None


@router.get("/results")
async def list_automation_results(member: AMember, asked: AnAskedPeriod) -> RuleSummaries:
    """The last 30 days, unless asked otherwise."""
    span = _span(asked, await boutique_of(member))
    found = await judging.summaries(member.conn, span=span)
    return RuleSummaries(items=[RuleSummary.model_validate(one) for one in found])


@router.get("/rules/{rule_id}/results")
async def get_automation_results(
    rule_id: UUID, member: AMember, asked: AnAskedPeriod
) -> RuleResults:
    """The last 30 days, unless asked otherwise."""
    span = _span(asked, await boutique_of(member))
    found = await judging.results_of(member.conn, rule_id=str(rule_id), span=span)
    if found is None:
        raise NotFound("There is no such rule here.")
    return RuleResults.model_validate(found)


def _span(asked: AskedPeriod, boutique: Boutique) -> days.Span:
    """Raises InvalidValue."""
    last = asked.until or days.today(boutique.timezone)
    first = asked.since or last - timedelta(days=USUAL_DAYS - 1)
    period = AskedPeriod(first, last).period(boutique)
    return days.span(period.first, period.last, boutique.timezone)
