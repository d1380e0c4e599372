"""Sold in the shop: the pieces leave the stock at once; a slip is undone on the same day."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import AfterValidator, Field, StringConstraints

from dukani.core.store import counter_sales as store
from dukani.core.store.counter_sales import Buyer, PaidBy, SaleFilter, SoldPiece
from dukani.dashboard_api.access import AMember, AnActingMember
from dukani.dashboard_api.bodies import Answer, Body, MaskedPhone, Minor
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.tools import counter

router = APIRouter(prefix="/boutiques/{boutique_id}/counter-sales", tags=["counter sales"])

MOST_LINES = 30
Reference = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        to_upper=True,
        min_length=3,
        max_length=40,
        pattern=r"^[A-Za-z0-9 -]+$",
    ),
    AfterValidator(lambda said: said.replace(" ", "")),  # as M-Pesa has it, however it was copied
]


class NewSoldPiece(Body):
    variant_id: UUID
    quantity: Annotated[int, Field(ge=1, le=99)] = 1
    unit_price_minor: Minor


class NewCounterSale(Body):
    """`buyer_name` says who will pay, for a sale on credit."""

    items: Annotated[list[NewSoldPiece], Field(min_length=1, max_length=MOST_LINES)]
    paid_by: PaidBy
    reference: Reference | None = None
    buyer_name: (
        Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)] | None
    ) = None
    buyer_phone: Annotated[str, StringConstraints(min_length=1, max_length=40)] | None = None

    def pieces(self) -> list[SoldPiece]:
        return [
            SoldPiece(str(one.variant_id), one.quantity, one.unit_price_minor) for one in self.items
        ]


class CounterSaleItem(Answer):
    product_id: UUID | None
    variant_id: UUID | None
    sku: str
    name: str
    colour: str
    size: str
    quantity: int
    unit_price_minor: Minor


class CounterSale(Answer):
    id: UUID
    number: str
    total_minor: Minor
    currency: str
    paid_by: PaidBy | Literal["unsaid"]
    reference: str | None
    customer_id: UUID | None
    buyer_name: str | None
    buyer_phone: MaskedPhone
    created_at: datetime
    undone_at: datetime | None
    is_of_today: bool
    items: list[CounterSaleItem]


class DaysTotal(Answer):
    paid_by: PaidBy | Literal["unsaid"]
    sales: int
    total_minor: Minor


class DaysTotals(Answer):
    """Since the boutique's midnight, without what was undone; one line for each way of paying."""

    items: list[DaysTotal]


@router.get("")
async def list_counter_sales(
    member: AMember,
    asked: AskedPage,
    which: Annotated[SaleFilter, Query(alias="filter")] = "all",
) -> Page[CounterSale]:
    after = asked.after(datetime)
    rows = await store.page(member.conn, which=which, after=after, limit=asked.limit + 1)
    return asked.page(rows, lambda row: row.key, CounterSale.model_validate)


@router.get("/totals")
async def get_counter_totals(member: AMember) -> DaysTotals:
    rows = await store.totals_of_today(member.conn)
    return DaysTotals(items=[DaysTotal.model_validate(row) for row in rows])


@router.get("/{sale_id}")
async def get_counter_sale(member: AMember, sale_id: UUID) -> CounterSale:
    return CounterSale.model_validate(await counter.the_sale(member.conn, sale_id=str(sale_id)))


@router.post("", status_code=201)
async def sell_over_the_counter(
    member: AnActingMember,
    sale: NewCounterSale,
    request: Request,
    idempotency_key: IdempotencyKey = None,
) -> CounterSale:
    async def sell() -> CounterSale:
        sold = await counter.sell(
            member.conn,
            boutique_id=member.boutique_id,
            pieces=sale.pieces(),
            paid_by=sale.paid_by,
            reference=sale.reference,
            buyer=Buyer(sale.buyer_name, sale.buyer_phone),
            user_id=member.signed_in.user_id,
        )
        return CounterSale.model_validate(sold)

    return await once(member, request, idempotency_key, sell, CounterSale)


@router.post("/{sale_id}/undone")
async def undo_counter_sale(member: AnActingMember, sale_id: UUID) -> CounterSale:
    undone = await counter.undo(member.conn, sale_id=str(sale_id), user_id=member.signed_in.user_id)
    return CounterSale.model_validate(undone)
