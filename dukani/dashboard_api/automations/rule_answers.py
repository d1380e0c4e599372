"""A rule as the API answers it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from pydantic import Field

from dukani.campaigns.automations import rule_warnings, writing
from dukani.campaigns.automations.rule_warnings import WarningCode
from dukani.core.store import automation_rule_sums
from dukani.core.store.automation_rules import Rule as Stored
from dukani.dashboard_api.access import Member, boutique_of
from dukani.dashboard_api.bodies import Answer
from dukani.domain.automations import RuleDefinition

LATELY = timedelta(days=30)


class RuleWarning(Answer):
    """What would stop a message of it: `field` within the definition, `value` the template or the
    language that is missing."""

    code: WarningCode
    field: str
    value: str | None


class Lately(Answer):
    """Of the last 30 days: messages, orders that came of them, and their money."""

    sent: int = 0
    sales: int = 0
    sold_minor: int = Field(0, description="in minor units of the shop's currency")


class AutomationRule(Answer):
    """`version` counts the changes of its definition from 1."""

    id: UUID
    is_on: bool
    version: int
    definition: RuleDefinition
    warnings: list[RuleWarning]
    lately: Lately
    created_at: datetime
    updated_at: datetime


class AutomationRules(Answer):
    """`sold_minor` of each is in `currency`."""

    items: list[AutomationRule]
    currency: str


async def answers_of(member: Member, rules: list[Stored]) -> AutomationRules:
    """In the order in which they are given."""
    boutique = await boutique_of(member)
    sums = await automation_rule_sums.since(member.conn, at=datetime.now(UTC) - LATELY)
    lately = {one.rule_id: Lately.model_validate(one) for one in sums}
    items = []
    for rule in rules:
        definition = writing.definition_of(rule)
        warnings = await rule_warnings.warnings_of(
            member.conn, definition, provider=boutique.whatsapp_provider
        )
        items.append(
            AutomationRule(
                id=UUID(rule.id),
                is_on=rule.is_on,
                version=rule.version,
                definition=definition,
                warnings=[RuleWarning.model_validate(one) for one in warnings],
                lately=lately.get(rule.id, Lately()),
                created_at=rule.created_at,
                updated_at=rule.updated_at,
            )
        )
    return AutomationRules(items=items, currency=boutique.currency)


async def answer_of(member: Member, rule: Stored) -> AutomationRule:
    (answer,) = (await answers_of(member, [rule])).items
    return answer
