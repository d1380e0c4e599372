"""Carts that were filled and left, a reminder for each, and what carts came to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from dukani.agent.wording.commerce import left_text, stats_text
from dukani.campaigns import cart_reminders
from dukani.campaigns.cart_reminders import NotSent
from dukani.core.store import left_carts
from dukani.core.store.left_carts import LeftCart
from dukani.dashboard_api.bodies import Answer, MaskedPhone, Minor
from dukani.dashboard_api.commerce.access import AReader, AWriter
from dukani.dashboard_api.commerce.shoppers import the_boutique, voice_for
from dukani.dashboard_api.pages import AskedPage, write_cursor

router = APIRouter(prefix="/whatsapp-commerce", tags=["whatsapp commerce"])

Hours = Annotated[int, Query(ge=0, le=24 * 60)]  # 0: also one that is being filled


class AbandonedCart(Answer):
    """`reminded_at`: of the cart as it is now."""

    cart_id: UUID
    customer_id: UUID
    customer_name: str | None
    phone: MaskedPhone
    conversation_id: UUID | None
    pieces: int
    first_piece: str
    total_minor: Minor
    currency: str
    changed_at: datetime
    reminded_at: datetime | None


class AbandonedCarts(Answer):
    items: list[AbandonedCart]
    next_cursor: str | None
    whatsapp_text: str


class Recovery(Answer):
    """`sent`: the reminder is on its way. Else `why_not`; the words can be sent otherwise."""

    sent: bool
    message_id: UUID | None
    why_not: NotSent | None
    whatsapp_text: str


class CommerceStats(Answer):
    """Of carts begun in the last `days`. `conversion`: paid by begun. `recovered`: paid after a
    reminder."""

    days: int
    currency: str
    begun: int
    open: int
    left: int
    ordered: int
    paid: int
    paid_minor: Minor
    conversion: float
    reminded: int
    recovered: int
    recovered_minor: Minor
    whatsapp_text: str


@router.get("/carts/abandoned")
async def list_abandoned_carts(
    member: AReader, asked: AskedPage, hours: Hours = 24
) -> AbandonedCarts:
    """Unchanged for so many hours and not ordered, the ones left last first; of 60 days."""
    rows = await left_carts.page(
        member.conn,
        idle=timedelta(hours=hours),
        after=asked.after(datetime),
        limit=asked.limit + 1,
    )
    shown = rows[: asked.limit]
    boutique = await the_boutique(member)
    voice = voice_for(boutique, None)
    return AbandonedCarts(
        items=[_cart(row, boutique.currency) for row in shown],
        next_cursor=write_cursor(shown[-1].key) if len(rows) > asked.limit else None,
        whatsapp_text=left_text(len(shown), sum(row.total_minor for row in shown), voice),
    )


@router.post("/carts/{cart_id}/recover")
async def recover_cart(member: AWriter, cart_id: UUID) -> Recovery:
    """Remind the customer in the chat, once for each state of the cart.

    Only with her consent to marketing, within a day of her last message, and as rarely as campaigns
    may; never while an M-Pesa prompt is open.
    """
    made = await cart_reminders.remind(
        member.conn,
        await the_boutique(member),
        cart_id=str(cart_id),
        by=member.signed_in.user_id,
    )
    return Recovery(
        sent=made.message_id is not None,
        message_id=UUID(made.message_id) if made.message_id else None,
        why_not=made.why_not,
        whatsapp_text=made.text,
    )


@router.get("/stats")
async def get_commerce_stats(
    member: AReader,
    days: Annotated[int, Query(ge=1, le=365)] = 30,
    hours: Hours = 24,
) -> CommerceStats:
    """A cart is left when nothing of it changed for `hours`."""
    found = await left_carts.figures(
        member.conn, span=timedelta(days=days), idle=timedelta(hours=hours)
    )
    boutique = await the_boutique(member)
    voice = voice_for(boutique, None)
    return CommerceStats(
        days=days,
        currency=boutique.currency,
        conversion=round(found.paid / found.begun, 4) if found.begun else 0.0,
        whatsapp_text=stats_text(
            days, begun=found.begun, paid=found.paid, minor=found.paid_minor, voice=voice
        ),
        **{name: getattr(found, name) for name in found.__slots__},
    )


def _cart(row: LeftCart, currency: str) -> AbandonedCart:
    fields = {n: getattr(row, n) for n in AbandonedCart.model_fields if hasattr(row, n)}
    return AbandonedCart(**fields, cart_id=UUID(row.id), currency=currency)
