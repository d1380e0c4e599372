"""Who owes the shop, for how long, what they pay of it, and the polite reminder."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import Field

from dukani.core.store import debtors as store
from dukani.core.store.debtors import Age
from dukani.core.store.debts import PaymentMethod
from dukani.dashboard_api.access import AnActingMember, AnActingOwner
from dukani.dashboard_api.bodies import Answer, Body, MaskedPhone, Minor
from dukani.dashboard_api.counter_sales import Reference
from dukani.dashboard_api.debts import ListedDebt, WriteOff
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.dashboard_api.messages import silent_for
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.domain.acts import Language
from dukani.tools import debt_reminders, debts
from dukani.tools.debt_reminders import Obstacle

router = APIRouter(prefix="/boutiques/{boutique_id}", tags=["debts"])


class Debtor(Answer):
    """Somebody with sales on credit that are not paid off; `since` and `days` of the oldest."""

    id: UUID
    customer_id: UUID | None
    name: str
    phone: MaskedPhone
    currency: str
    owed_minor: Minor
    sales: int
    since: datetime
    days: int
    reminded_at: datetime | None


class ShownDebtor(Debtor):
    debts: list[ListedDebt]


class AgeSum(Answer):
    """`week`: sales of up to 7 days, `month`: of up to 30, `older`: all others."""

    age: Age
    sales: int
    owed_minor: Minor


class AgeSums(Answer):
    """One line for each age of which something is owed."""

    items: list[AgeSum]


class NewPayment(Body):
    """M-Pesa has a `reference`, cash has none."""

    amount_minor: Annotated[Minor, Field(ge=1)]
    method: PaymentMethod
    reference: Reference | None = None


class TakenPayment(Answer):
    """`owed_minor`: what she owes after it."""

    id: UUID
    amount_minor: Minor
    owed_minor: Minor


class Reminder(Answer):
    """What she would read. `obstacle`: why it cannot be sent; the text can still be copied."""

    text: str
    language: Language
    obstacle: Obstacle | None


@router.get("/debtors")
async def list_debtors(
    member: AnActingMember, asked: AskedPage, age: Age | None = None
) -> Page[Debtor]:
    """Who owes longest comes first; `age` is of the oldest sale."""
    rows = await store.page(
        member.conn, age=age, after=asked.after(datetime), limit=asked.limit + 1
    )
    return asked.page(rows, lambda row: row.key, Debtor.model_validate)


@router.get("/debt-sums")
async def sum_debts(member: AnActingMember) -> AgeSums:
    found = await store.sums(member.conn)
    return AgeSums(items=[AgeSum.model_validate(one) for one in found])


@router.get("/debtors/{debtor_id}")
async def get_debtor(member: AnActingMember, debtor_id: UUID) -> ShownDebtor:
    found = await debts.the_debtor(member.conn, debtor_id=str(debtor_id))
    owed = await store.debts_of(member.conn, debtor_id=found.id)
    return ShownDebtor(
        **Debtor.model_validate(found).model_dump(),
        debts=[ListedDebt.model_validate(one) for one in owed],
    )


@router.post("/debtors/{debtor_id}/payments", status_code=201)
async def pay_debts(
    member: AnActingMember,
    debtor_id: UUID,
    paid: NewPayment,
    request: Request,
    idempotency_key: IdempotencyKey = None,
) -> TakenPayment:
    """Goes to her oldest sale first; never more than she owes."""

    async def pay() -> TakenPayment:
        payment_id = await debts.take_payment_of(
            member.conn,
            debtor_id=str(debtor_id),
            amount_minor=paid.amount_minor,
            method=paid.method,
            reference=paid.reference,
            user_id=member.signed_in.user_id,
        )
        left = await store.get(member.conn, debtor_id=str(debtor_id))
        return TakenPayment(
            id=UUID(payment_id),
            amount_minor=paid.amount_minor,
            owed_minor=left.owed_minor if left else 0,
        )

    return await once(member, request, idempotency_key, pay, TakenPayment)


@router.post("/debt-payments/{payment_id}/taken-back", status_code=204)
async def take_debt_payment_back(owner: AnActingOwner, payment_id: UUID, why: WriteOff) -> None:
    """A payment that was a slip, or that M-Pesa took back: what it paid is owed again."""
    await debts.take_back(
        owner.conn,
        payment_id=str(payment_id),
        reason=why.reason,
        user_id=owner.signed_in.user_id,
    )


@router.get("/debtors/{debtor_id}/reminder")
async def preview_debt_reminder(member: AnActingMember, debtor_id: UUID) -> Reminder:
    found = await debt_reminders.preview(
        member.conn, boutique_id=member.boutique_id, debtor_id=str(debtor_id)
    )
    return Reminder.model_validate(found)


@router.post("/debtors/{debtor_id}/reminder", status_code=201)
async def remind_of_debt(
    member: AnActingMember,
    debtor_id: UUID,
    request: Request,
    idempotency_key: IdempotencyKey = None,
) -> Reminder:
    """Sends it in WhatsApp, at most once in seven days; her chat is then the member's."""

    async def remind() -> Reminder:
        sent = await debt_reminders.send(
            member.conn,
            boutique_id=member.boutique_id,
            debtor_id=str(debtor_id),
            user_id=member.signed_in.user_id,
            silent_for=silent_for(member.services),
        )
        return Reminder.model_validate(sent)

    return await once(member, request, idempotency_key, remind, Reminder)
