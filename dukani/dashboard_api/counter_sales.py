"""Sold in the shop: the piece leaves the stock at once; a slip is undone on the same day."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import Field

from dukani.core.store import counter_sales as store
from dukani.core.store.counter_sales import PaidBy
from dukani.dashboard_api.access import AMember, AnActingMember
from dukani.dashboard_api.bodies import Answer, Body, Minor
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.tools import counter

router = APIRouter(prefix="/boutiques/{boutique_id}/counter-sales", tags=["counter sales"])


class NewCounterSale(Body):
    variant_id: UUID
    quantity: Annotated[int, Field(ge=1, le=99)] = 1
    unit_price_minor: Minor
    paid_by: PaidBy


class CounterSale(Answer):
    id: UUID
    variant_id: UUID
    name: str
    colour: str
    size: str
    quantity: int
    unit_price_minor: Minor
    currency: str
    paid_by: PaidBy
    created_at: datetime
    undone_at: datetime | None


@router.get("")
async def list_counter_sales(member: AMember, asked: AskedPage) -> Page[CounterSale]:
    rows = await store.page(member.conn, after=asked.after(datetime), limit=asked.limit + 1)
    return asked.page(rows, lambda row: row.key, CounterSale.model_validate)


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
            variant_id=str(sale.variant_id),
            quantity=sale.quantity,
            unit_price_minor=sale.unit_price_minor,
            paid_by=sale.paid_by,
            user_id=member.signed_in.user_id,
        )
        return CounterSale.model_validate(sold)

    return await once(member, request, idempotency_key, sell, CounterSale)


@router.post("/{sale_id}/undone")
async def undo_counter_sale(member: AnActingMember, sale_id: UUID) -> CounterSale:
    undone = await counter.undo(member.conn, sale_id=str(sale_id), user_id=member.signed_in.user_id)
    return CounterSale.model_validate(undone)
