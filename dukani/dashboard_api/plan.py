"""How much of its plan the boutique has used this month, for its owners."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter

from dukani.core.store import plans
from dukani.core.store.plans import WARNED_FROM, Over
from dukani.dashboard_api.access import AnOwner
from dukani.dashboard_api.bodies import Answer

router = APIRouter(prefix="/boutiques/{boutique_id}", tags=["plan"])


class Plan(Answer):
    """`included`: conversations of the assistant in a month; none, without a limit. Beyond them
    people of the shop answer whoever comes anew (stop), or each is billed (bill).
    """

    name: str | None
    included: int | None
    over: Over | None
    month: date
    used: int
    is_near: bool  # 80 % and more
    is_over: bool


@router.get("/plan")
async def get_plan(owner: AnOwner) -> Plan:
    found = await plans.of_boutique(owner.conn, boutique_id=owner.boutique_id)
    now, *_ = await plans.months(owner.conn, boutique_id=owner.boutique_id, limit=1)
    plan = found[0] if found else None
    return Plan(
        name=plan.name if plan else None,
        included=plan.included if plan else None,
        over=plan.over if plan else None,
        month=now.month,
        used=now.used,
        is_near=plan is not None and now.used * 100 >= plan.included * WARNED_FROM,
        is_over=plan is not None and now.used >= plan.included,
    )
