"""Gathers what is to be judged of an enrolment at this moment."""

from __future__ import annotations

from datetime import UTC, datetime

from dukani.campaigns.automations.judging import Case
from dukani.core.database import Connection
from dukani.core.store import automation_situations, saved_segments, segments
from dukani.core.store.automation_enrolments import Enrolment
from dukani.core.store.automation_rules import Rule
from dukani.core.store.boutiques import Boutique
from dukani.domain.automations import RuleDefinition
from dukani.domain.segments import WrittenGroup


async def case_of(conn: Connection, boutique: Boutique, rule: Rule, enrolment: Enrolment) -> Case:
    """As things stand now. Raises LookupError when the customer is gone."""
    definition = RuleDefinition.model_validate(rule.definition)
    stands = await automation_situations.of_enrolment(conn, enrolment, cap_days=definition.cap.days)
    now = datetime.now(UTC)
    provider = stands.provider or boutique.whatsapp_provider
    return Case(
        enrolment=enrolment,
        definition=definition,
        situation=stands,
        now=now,
        shop_zone=boutique.timezone,
        shop_paused=boutique.paused_at is not None or boutique.stopped_since(provider) is not None,
        rule_on=rule.is_on,
        in_segment=await _is_in_segment(conn, definition, enrolment.customer_id),
    )


async def _is_in_segment(conn: Connection, definition: RuleDefinition, customer_id: str) -> bool:
    """A segment that was removed has nobody in it."""
    segment_id = definition.conditions.segment_id
    if segment_id is None:
        return True
    saved = await saved_segments.get(conn, segment_id=str(segment_id))
    if saved is None:
        return False
    group = WrittenGroup.model_validate(saved.rule).typed()
    return await segments.has(conn, group, customer_id=customer_id)
