"""Today: the sales of the boutique's day, and what waits for a person."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter

from dukani.core.store import today as store
from dukani.dashboard_api.access import AMember
from dukani.dashboard_api.bodies import Answer, Minor

router = APIRouter(prefix="/boutiques/{boutique_id}/today", tags=["today"])


class Today(Answer):
    """Sales, and money given back, since the boutique's midnight; the rest as of now."""

    begins_at: datetime
    currency: str
    paid_orders: int
    paid_orders_minor: Minor
    counter_sales: int
    counter_sales_minor: Minor
    refunded_minor: Minor
    to_send: int
    to_review: int
    chats_waiting: int
    low_stock: int
    open_requests: int


@router.get("")
async def get_today(member: AMember) -> Today:
    return Today.model_validate(await store.today(member.conn))
