"""What a boutique uses of the platform, month by month, and the plan that limits it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field, StringConstraints, model_validator

from dukani.core import days
from dukani.core.store import audit, plans, usage
from dukani.core.store.boutiques import Boutique
from dukani.core.store.plans import MonthUsed, Over
from dukani.core.store.plans import Plan as StoredPlan
from dukani.dashboard_api.bodies import Answer, Body, Minor
from dukani.dashboard_api.platform.access import APlatformAdminOf, PlatformAdmin
from dukani.tools.figures import cost

router = APIRouter(prefix="/platform/boutiques/{boutique_id}", tags=["platform"])

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class PlatformPlan(Answer):
    name: str
    included: int
    over: Over
    extra_minor: int
    currency: str
    set_by: str
    created_at: datetime


class PlatformMonth(Answer):
    """`used`: conversations less gifts. `extra`: beyond the plan; `extra_minor`: what they cost."""

    month: date
    conversations: int
    gifts: int
    used: int
    extra: int
    extra_minor: int


class PlatformModel(Answer):
    model: str
    calls: int
    input_tokens: int
    output_tokens: int
    usd_micro: int | None


class PlatformUsage(Answer):
    """Messages and models are those of the current month. `plan`: none, no limit; those before it
    are in `plans_before`, the last first.
    """

    currency: str
    plan: PlatformPlan | None
    plans_before: list[PlatformPlan]
    is_near: bool
    is_over: bool
    months: list[PlatformMonth]
    messages_received: int
    messages_sent: int
    messages_failed: int
    models: list[PlatformModel]


class NewPlan(Body):
    """`over`: what is done beyond what is included in a month. stop: people of the shop answer
    whoever comes anew, and whoever has a cart is served on; bill: each costs `extra_minor`.
    """

    name: Name
    included: Annotated[int, Field(ge=0, le=10_000_000)]
    over: Over
    extra_minor: Minor = 0

    @model_validator(mode="after")
    def _fits_together(self) -> NewPlan:
        if self.over == "stop" and self.extra_minor:
            raise ValueError("extra_minor: nothing is billed where the plan stops; set it to 0")
        return self


class NewGift(Body):
    """Conversations of this month that do not count."""

    conversations: Annotated[int, Field(ge=1, le=1_000_000)]
    reason: Reason


@router.get("/usage")
async def get_platform_usage(admin: APlatformAdminOf) -> PlatformUsage:
    return await _usage(admin)


@router.put("/plan")
async def put_platform_plan(admin: APlatformAdminOf, new: NewPlan) -> PlatformUsage:
    """In force from now on; a month is billed by the plan in force when it ends."""
    boutique = admin.the_boutique
    await plans.put(
        admin.conn,
        boutique_id=boutique.id,
        currency=boutique.currency,
        **new.model_dump(),
    )
    await _note(admin, "plan_set", new.model_dump())
    return await _usage(admin)


@router.post("/gifts", status_code=201)
async def give_conversations(admin: APlatformAdminOf, gift: NewGift) -> PlatformUsage:
    await plans.give(admin.conn, boutique_id=admin.the_boutique.id, **gift.model_dump())
    await _note(admin, "conversations_given", gift.model_dump())
    return await _usage(admin)


async def _note(admin: PlatformAdmin, action: str, details: dict[str, object]) -> None:
    await audit.write_by_member(
        admin.conn, action=action, subject=f"boutiques:{admin.the_boutique.id}", details=details
    )


async def _usage(admin: PlatformAdmin) -> PlatformUsage:
    boutique = admin.the_boutique
    found = await plans.of_boutique(admin.conn, boutique_id=boutique.id)
    months = await plans.months(admin.conn, boutique_id=boutique.id)
    plan, now = (found[0] if found else None), months[0]
    today = days.today(boutique.timezone)
    span = days.span(now.month, today, boutique.timezone)
    sent = await usage.messages(
        admin.conn, boutique_id=boutique.id, since=span.since, until=span.until
    )
    return PlatformUsage(
        currency=boutique.currency,
        plan=PlatformPlan.model_validate(plan) if plan else None,
        plans_before=[PlatformPlan.model_validate(one) for one in found[1:]],
        is_near=plan is not None and now.used * 100 >= plan.included * plans.WARNED_FROM,
        is_over=plan is not None and now.used >= plan.included,
        months=[
            _month(one, _plan_of(one.month, found, timezone=boutique.timezone)) for one in months
        ],
        messages_received=sent.received,
        messages_sent=sent.sent,
        messages_failed=sent.failed,
        models=await _models(admin, boutique, span),
    )


async def _models(admin: PlatformAdmin, boutique: Boutique, span: days.Span) -> list[PlatformModel]:
    prices = admin.services.settings.gemini.prices
    used = await usage.models(
        admin.conn, boutique_id=boutique.id, since=span.since, until=span.until
    )
    return [
        PlatformModel(
            model=one.model,
            calls=one.calls,
            input_tokens=one.input_tokens,
            output_tokens=one.output_tokens,
            usd_micro=cost(prices.get(one.model), one.input_tokens, one.output_tokens),
        )
        for one in used
    ]


def _plan_of(month: date, found: list[StoredPlan], *, timezone: str) -> StoredPlan | None:
    """The one in force when the month ended, or now; `found` has the last first."""
    ended = days.begins((month + timedelta(days=31)).replace(day=1), timezone)
    return next((plan for plan in found if plan.created_at < ended), None)


def _month(one: MonthUsed, plan: StoredPlan | None) -> PlatformMonth:
    extra = max(0, one.used - plan.included) if plan else 0
    return PlatformMonth(
        month=one.month,
        conversations=one.conversations,
        gifts=one.gifts,
        used=one.used,
        extra=extra,
        extra_minor=extra * plan.extra_minor if plan else 0,
    )
