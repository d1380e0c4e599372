"""Where a customer's conversation stands."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

from fastapi import APIRouter

from dukani.agent.wording.commerce import cart_text
from dukani.core.languages import Language
from dukani.core.store import consents, conversations, customer_profile
from dukani.dashboard_api.bodies import Answer, MaskedPhone, Minor
from dukani.dashboard_api.commerce.access import AReader
from dukani.dashboard_api.commerce.shoppers import UserId, the_boutique, the_shopper, voice_for
from dukani.tools import cart
from dukani.tools.lines import as_lines
from dukani.tools.sending_rules import WINDOW, is_window_open

router = APIRouter(prefix="/whatsapp-commerce/sessions", tags=["whatsapp commerce"])


class Session(Answer):
    """`held_by`: who answers now. `open_until`: till then free text reaches the customer.

    `step`: what the assistant is at, as `products_found` or `payment_initiated`. A customer who
    never wrote has no conversation.
    """

    customer_id: UUID
    name: str | None
    phone: MaskedPhone
    language: Language
    conversation_id: UUID | None
    channel: Literal["whatsapp", "sms"] | None
    step: str | None
    held_by: Literal["assistant", "person"] | None
    last_inbound_at: datetime | None
    open_until: datetime | None
    may_write: bool
    may_market: bool
    cart_pieces: int
    cart_total_minor: Minor
    currency: str
    whatsapp_text: str


@router.get("/{user_id}")
async def get_session(member: AReader, user_id: UserId) -> Session:
    boutique = await the_boutique(member)
    customer = await the_shopper(member.conn, boutique, user_id)
    found = await customer_profile.conversation_of(member.conn, customer_id=customer.id)
    chat = await conversations.get(member.conn, conversation_id=found) if found else None
    last = chat.last_inbound_at if chat else None
    items = await cart.current_items(member.conn, customer_id=customer.id)
    voice = voice_for(boutique, customer)
    total = cart.total_minor(items)
    return Session(
        customer_id=UUID(customer.id),
        name=customer.name,
        phone=customer.phone,
        language=voice.language,
        conversation_id=UUID(chat.id) if chat else None,
        channel=chat.channel if chat else None,
        step=chat.step if chat else None,
        held_by=None if chat is None else "person" if chat.handed_off_at else "assistant",
        last_inbound_at=last,
        open_until=last + WINDOW if last and is_window_open(last, datetime.now(UTC)) else None,
        may_write=await consents.may_answer(member.conn, customer_id=customer.id),
        may_market=await consents.may_market(member.conn, customer_id=customer.id),
        cart_pieces=cart.pieces(items),
        cart_total_minor=total,
        currency=boutique.currency,
        whatsapp_text=cart_text(as_lines(items), total, voice),
    )
