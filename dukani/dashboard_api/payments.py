"""Payments: all money that came to the shop, and whether it is known what it is for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from dukani.core import days
from dukani.core.errors import NotFound
from dukani.core.store import payment_list
from dukani.core.store.payment_list import PaymentSource, PaymentState, Wanted
from dukani.dashboard_api.access import AnActingMember, Member, boutique_of
from dukani.dashboard_api.bodies import Answer, MaskedPhone, Minor, PlainText
from dukani.dashboard_api.pages import AskedPage, Page

router = APIRouter(prefix="/boutiques/{boutique_id}", tags=["payments"])

_A_DAY = timedelta(days=1)


class ListedPayment(Answer):
    """`id` is of an order's payment, of a sale in the shop, or of a statement's line."""

    id: UUID
    source: PaymentSource
    state: PaymentState
    amount_minor: Minor
    currency: str
    at: datetime
    phone: MaskedPhone
    name: str | None
    receipt: str | None
    provider: str | None
    review_reason: str | None
    result_text: str | None
    order_id: UUID | None
    order_number: str | None
    sale_id: UUID | None
    sale_number: str | None
    line_id: UUID | None
    reversal_line_id: UUID | None


class PaymentSum(Answer):
    state: PaymentState
    payments: int
    sum_minor: Minor


class PaymentSums(Answer):
    """One line for each state; a state that no payment is in is left out."""

    items: list[PaymentSum]


@dataclass(frozen=True, slots=True)
class Asked:
    state: PaymentState | None
    since: date | None
    until: date | None
    search: str


def asked_payments(
    state: PaymentState | None = None,
    since: Annotated[date | None, Query(description="the boutique's day")] = None,
    until: Annotated[date | None, Query(description="the boutique's day, inclusive")] = None,
    q: Annotated[
        PlainText, Query(max_length=40, description="a receipt, an order, digits of a phone")
    ] = "",
) -> Asked:
    return Asked(state, since, until, q)


AskedPayments = Annotated[Asked, Depends(asked_payments)]


@router.get("/payments")
async def list_payments(
    member: AnActingMember, asked: AskedPage, which: AskedPayments
) -> Page[ListedPayment]:
    """The newest first."""
    rows = await payment_list.page(
        member.conn,
        await _wanted(member, which),
        after=asked.after(datetime),
        limit=asked.limit + 1,
    )
    return asked.page(rows, lambda row: row.key, ListedPayment.model_validate)


@router.get("/payment-sums")
async def sum_payments(member: AnActingMember, which: AskedPayments) -> PaymentSums:
    """How many and how much in each state, whichever state is asked for."""
    found = await payment_list.sums(member.conn, await _wanted(member, which))
    return PaymentSums(items=[PaymentSum.model_validate(one) for one in found])


@router.get("/payments/{payment_id}")
async def get_payment(member: AnActingMember, payment_id: UUID) -> ListedPayment:
    found = await payment_list.get(member.conn, payment_id=str(payment_id))
    if found is None:
        raise NotFound("There is no such payment here.")
    return ListedPayment.model_validate(found)


async def _wanted(member: Member, which: Asked) -> Wanted:
    boutique = await boutique_of(member)
    return Wanted(
        state=which.state,
        since=_begins(which.since, boutique.timezone),
        until=_begins(which.until, boutique.timezone, later=_A_DAY),
        search=which.search,
    )


def _begins(day: date | None, timezone: str, *, later: timedelta = timedelta()) -> datetime | None:
    if day is None or not days.FIRST <= day <= days.LAST:
        return None
    return days.begins(day + later, timezone)
