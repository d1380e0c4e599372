"""The timeline of automations: what happened, what was decided and why, what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from dukani.core.store import automation_timeline
from dukani.core.store.automation_timeline import Of, TimelineRow
from dukani.core.store.keyset import Key
from dukani.dashboard_api.access import AMember
from dukani.dashboard_api.bodies import Answer, MaskedPhone
from dukani.dashboard_api.pages import AskedPage, Page

router = APIRouter(prefix="/boutiques/{boutique_id}/automations/timeline", tags=["automations"])

_DECIDED, _TOLD = "automation_decided", "automation_told"


class Whose(Answer):
    id: UUID
    name: str | None
    phone: MaskedPhone


class About(Answer):
    """What the event says of its cart, order or piece; what it does not say is none."""

    product: str | None = None
    number: str | None = None
    pieces: int | None = None
    quantity: int | None = None
    was_minor: int | None = None
    now_minor: int | None = None
    total_minor: int | None = None
    amount_minor: int | None = None
    purpose: str | None = None
    granted: bool | None = None


class TimelineEntry(Answer):
    """`what`: the kind of an event, the verdict of a decision, or how far a message came.
    `reason`: of a decision (`Reason`), or the code with which a message failed.

    `customer`: none where nobody in particular is meant, or a visitor of the shop's window who has
    not said who she is (`is_visitor`). `step` counts from 0.
    """

    id: int
    at: datetime
    of: Of
    what: str
    reason: str | None
    step: int | None
    channel: str | None
    rule_id: UUID | None
    rule_name: str | None
    customer: Whose | None
    is_visitor: bool
    about: About


@router.get("")
async def list_automation_timeline(
    member: AMember,
    asked: AskedPage,
    of: Annotated[Of | None, Query(description="only these")] = None,
    customer_id: UUID | None = None,
    rule_id: Annotated[
        UUID | None, Query(description="only what this rule decided and had sent")
    ] = None,
) -> Page[TimelineEntry]:
    """The newest first."""
    after = asked.after(int)
    rows = await automation_timeline.page(
        member.conn,
        only=of,
        customer_id=str(customer_id) if customer_id else None,
        rule_id=str(rule_id) if rule_id else None,
        before=int(after.value) if after is not None else None,  # type: ignore[arg-type]
        limit=asked.limit + 1,
    )
    return asked.page(rows, lambda row: Key(row.id, row.subject_id), entry_of)


def entry_of(row: TimelineRow) -> TimelineEntry:
    told: dict[str, Any] = row.payload
    of: Of = "decision" if row.kind == _DECIDED else "message" if row.kind == _TOLD else "event"
    named = {"event": row.kind, "decision": told.get("verdict"), "message": told.get("what")}
    about = {name: told.get(name) for name in About.model_fields if name != "product"}
    return TimelineEntry(
        id=row.id,
        at=row.occurred_at,
        of=of,
        what=str(named[of]),
        reason=told.get("code" if of == "message" else "reason"),
        step=told.get("step"),
        channel=told.get("channel"),
        rule_id=UUID(row.rule_id) if row.rule_id else None,
        rule_name=row.rule_name,
        customer=_whose(row),
        is_visitor=row.is_visitor,
        about=About(product=row.product_name, **about),
    )


def _whose(row: TimelineRow) -> Whose | None:
    if row.customer_id is None:
        return None
    return Whose(id=UUID(row.customer_id), name=row.customer_name, phone=row.customer_phone)
