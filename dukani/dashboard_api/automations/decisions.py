"""The log of decisions: what was sent or not, to whom, and why."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from dukani.core.store import automation_decisions
from dukani.core.store.automation_decisions import Decision, Verdict
from dukani.core.store.keyset import Key
from dukani.dashboard_api.access import AMember
from dukani.dashboard_api.bodies import Answer
from dukani.dashboard_api.pages import AskedPage, Page

router = APIRouter(prefix="/boutiques/{boutique_id}/automations/decisions", tags=["automations"])


class AutomationDecision(Answer):
    """`step` from 0; `by`: the person who did it by hand."""

    id: int
    rule_id: UUID
    rule_name: str
    customer_id: UUID | None
    customer_name: str | None
    step: int | None
    verdict: Verdict
    reason: str | None
    details: dict[str, Any]
    send_id: UUID | None
    by: UUID | None
    created_at: datetime


@router.get("")
async def list_automation_decisions(
    member: AMember,
    asked: AskedPage,
    rule_id: Annotated[UUID | None, Query()] = None,
    customer_id: Annotated[UUID | None, Query()] = None,
    verdict: Annotated[Verdict | None, Query()] = None,
) -> Page[AutomationDecision]:
    """The newest first."""
    after = asked.after(int)
    rows = await automation_decisions.page(
        member.conn,
        rule_id=str(rule_id) if rule_id else None,
        customer_id=str(customer_id) if customer_id else None,
        verdict=verdict,
        before=after.value if after and isinstance(after.value, int) else None,
        limit=asked.limit + 1,
    )
    return asked.page(rows, _key, AutomationDecision.model_validate)


def _key(row: Decision) -> Key:
    return Key(row.id, row.rule_id)
