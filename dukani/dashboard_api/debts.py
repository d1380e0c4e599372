"""Who owes the shop for a sale on credit, since when, and what was paid of it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import Field, StringConstraints

from dukani.core.database import Connection
from dukani.core.store import debts as store
from dukani.core.store.debts import PaymentMethod
from dukani.dashboard_api.access import AnActingMember, AnActingOwner
from dukani.dashboard_api.bodies import Answer, Body, MaskedPhone, Minor
from dukani.dashboard_api.counter_sales import Reference
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.tools import debts

router = APIRouter(prefix="/boutiques/{boutique_id}/debts", tags=["debts"])


class ListedDebt(Answer):
    """A sale on credit of which something is owed; `id` is the sale's."""

    id: UUID
    number: str
    customer_id: UUID | None
    buyer_name: str
    buyer_phone: MaskedPhone
    currency: str
    total_minor: Minor
    owed_minor: Minor
    created_at: datetime
    days: int


class CreditEntry(Answer):
    """`amount_minor` is above zero where more is owed, and below where less is."""

    id: UUID
    kind: Literal["debt", "payment", "taken_back", "undone", "write_off"]
    amount_minor: int
    method: PaymentMethod | None
    reference: str | None
    reason: str | None
    payment_id: UUID | None
    made_by: UUID | None
    created_at: datetime


class Debt(ListedDebt):
    entries: list[CreditEntry]


class NewDebtPayment(Body):
    """M-Pesa has a `reference`, cash has none."""

    amount_minor: Annotated[Minor, Field(ge=1)]
    method: PaymentMethod
    reference: Reference | None = None


class WriteOff(Body):
    """Why what is left will not come."""

    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


@router.get("")
async def list_debts(member: AnActingMember, asked: AskedPage) -> Page[ListedDebt]:
    """The oldest first."""
    rows = await store.page(member.conn, after=asked.after(datetime), limit=asked.limit + 1)
    return asked.page(rows, lambda row: row.key, ListedDebt.model_validate)


@router.get("/{debt_id}")
async def get_debt(member: AnActingMember, debt_id: UUID) -> Debt:
    return await _shown(member.conn, str(debt_id))


@router.post("/{debt_id}/payments", status_code=201)
async def pay_debt(
    member: AnActingMember,
    debt_id: UUID,
    paid: NewDebtPayment,
    request: Request,
    idempotency_key: IdempotencyKey = None,
) -> Debt:
    """The debt after the payment."""

    async def pay() -> Debt:
        await debts.take_payment(
            member.conn,
            debt_id=str(debt_id),
            amount_minor=paid.amount_minor,
            method=paid.method,
            reference=paid.reference,
            user_id=member.signed_in.user_id,
        )
        return await _shown(member.conn, str(debt_id))

    return await once(member, request, idempotency_key, pay, Debt)


@router.post("/{debt_id}/write-off")
async def write_off_debt(owner: AnActingOwner, debt_id: UUID, why: WriteOff) -> Debt:
    """What is left of the sale is owed no more; the sale and what was paid of it stay."""
    await debts.write_off(
        owner.conn,
        debt_id=str(debt_id),
        reason=why.reason,
        user_id=owner.signed_in.user_id,
    )
    return await _shown(owner.conn, str(debt_id))


async def _shown(conn: Connection, debt_id: str) -> Debt:
    debt = await debts.the_debt(conn, debt_id=debt_id)
    made = await store.entries(conn, debt_id=debt_id)
    return Debt.model_validate(asdict(debt) | {"entries": made})
