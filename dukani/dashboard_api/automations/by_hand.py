"""By hand: what each rule would do for a customer, and one message sent to one customer now."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from fastapi import APIRouter

from dukani.campaigns.automations import forcing, recovering
from dukani.campaigns.automations.dry_run import dry_run
from dukani.core.errors import NotFound
from dukani.core.store import customers
from dukani.dashboard_api.access import AnActingMember, AnActingOwner, Member, boutique_of
from dukani.dashboard_api.automations.forced_answers import ByHand, ForcedMessage
from dukani.dashboard_api.bodies import Answer, Body
from dukani.domain.automations import Reason, Trigger

router = APIRouter(prefix="/boutiques/{boutique_id}/automations", tags=["automations"])


class DryRunAsked(Body):
    """Without `rule_id`: every rule, switched on or not."""

    customer_id: UUID
    rule_id: UUID | None = None


class RuleCheck(Answer):
    """`detail`: what stands against it, where there is more to say than the name."""

    name: Reason
    passed: bool
    detail: str | None


class RuleDryRun(Answer):
    """`until`: when it would go, or be asked again. `text`: as the channel would show it."""

    rule_id: UUID
    name: str
    trigger: Trigger
    would: Literal["send", "wait", "not"]
    reason: Reason | None
    until: datetime | None
    checks: list[RuleCheck]
    text: str | None
    channel: Literal["whatsapp", "sms"] | None


class RuleDryRuns(Answer):
    items: list[RuleDryRun]


class SendByHand(ByHand):
    customer_id: UUID


class RecoverByHand(ByHand):
    cart_id: UUID


@router.post("/dry-run")
async def dry_run_automations(member: AnActingMember, asked: DryRunAsked) -> RuleDryRuns:
    """Nothing is written and nothing is sent."""
    await _check_customer(member, asked.customer_id)
    found = await dry_run(
        member.conn,
        member.services,
        await boutique_of(member),
        customer_id=str(asked.customer_id),
        rule_id=str(asked.rule_id) if asked.rule_id else None,
    )
    return RuleDryRuns(items=[RuleDryRun.model_validate(one) for one in found])


@router.post("/rules/{rule_id}/send")
async def send_automation_by_hand(
    owner: AnActingOwner, rule_id: UUID, asked: SendByHand
) -> ForcedMessage:
    """Her next step, or the first. Consent, a stop and an open payment hold whoever asks."""
    await _check_customer(owner, asked.customer_id)
    sent = await forcing.force(
        owner.conn,
        owner.services,
        await boutique_of(owner),
        rule_id=str(rule_id),
        customer_id=str(asked.customer_id),
        by=owner.signed_in.user_id,
        override=asked.override,
        reason=asked.why(),
    )
    return ForcedMessage.model_validate(sent)


@router.post("/recover")
async def recover_cart_by_hand(owner: AnActingOwner, asked: RecoverByHand) -> ForcedMessage:
    """Of a left cart, by the rule for left carts that goes first."""
    sent = await recovering.recover(
        owner.conn,
        owner.services,
        await boutique_of(owner),
        cart_id=str(asked.cart_id),
        by=owner.signed_in.user_id,
        override=asked.override,
        reason=asked.why(),
    )
    return ForcedMessage.model_validate(sent)


async def _check_customer(member: Member, customer_id: UUID) -> None:
    if await customers.get(member.conn, customer_id=str(customer_id)) is None:
        raise NotFound("There is no such customer here.")
