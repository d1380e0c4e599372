"""A customer's cart, as the chat has it too; and a link to pay it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from pydantic import Field, StringConstraints

from dukani.agent.wording.commerce import cart_text, payment_text
from dukani.core.store.boutiques import Boutique
from dukani.core.store.carts import CartItem
from dukani.core.store.customers import Customer
from dukani.dashboard_api.access import Member
from dukani.dashboard_api.bodies import Answer, Body, Minor
from dukani.dashboard_api.commerce.access import AReader, AWriter
from dukani.dashboard_api.commerce.shoppers import (
    UserId,
    shopper_or_new,
    the_boutique,
    the_shopper,
    voice_for,
)
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.tools import cart, cart_desk, cart_links
from dukani.tools.lines import as_lines

router = APIRouter(prefix="/whatsapp-commerce/cart", tags=["whatsapp commerce"])

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]


class NewItem(Body):
    """A piece comes in one colour and size at least; what it has one of need not be said."""

    user_id: Annotated[str, StringConstraints(min_length=3, max_length=140)]
    product_id: UUID
    colour: Word | None = None
    size: Word | None = None
    quantity: Annotated[int, Field(ge=1, le=99)] = 1


class CartLine(Answer):
    product_id: UUID
    variant_id: UUID
    sku: str
    name: str
    colour: str
    size: str
    quantity: int
    unit_price_minor: Minor
    total_minor: Minor


class Cart(Answer):
    """`cart_id` None: there is no cart. Prices are today's."""

    customer_id: UUID
    cart_id: UUID | None
    currency: str
    items: list[CartLine]
    pieces: int
    total_minor: Minor
    whatsapp_text: str


class PaymentLink(Answer):
    """Whoever opens the link may pay; it shows no name and no number, and ends."""

    url: str
    expires_at: datetime
    total_minor: Minor
    currency: str
    whatsapp_text: str


@router.post("/add", status_code=201)
async def add_to_cart(
    member: AWriter, item: NewItem, request: Request, idempotency_key: IdempotencyKey = None
) -> Cart:
    """Put so many more into the cart; who is no customer yet becomes one."""

    async def add() -> Cart:
        boutique = await the_boutique(member)
        variant = await cart_desk.variant_of(
            member.conn, product_id=str(item.product_id), colour=item.colour, size=item.size
        )
        customer = await shopper_or_new(member.conn, boutique, item.user_id)
        items = await cart_desk.add(
            member.conn,
            boutique_id=member.boutique_id,
            customer_id=customer.id,
            variant=variant,
            quantity=item.quantity,
        )
        return _answer(items, boutique, customer)

    return await once(member, request, idempotency_key, add, Cart)


@router.get("/{user_id}")
async def get_cart(member: AReader, user_id: UserId) -> Cart:
    boutique, customer = await _whose(member, user_id)
    items = await cart.current_items(member.conn, customer_id=customer.id)
    return _answer(items, boutique, customer)


@router.delete("/{user_id}/item/{product_id}")
async def remove_from_cart(
    member: AWriter, user_id: UserId, product_id: UUID, variant_id: UUID | None = None
) -> Cart:
    """Take a piece out, in all its colours and sizes; with `variant_id` in one."""
    boutique, customer = await _whose(member, user_id)
    items = await cart_desk.remove(
        member.conn,
        boutique_id=member.boutique_id,
        customer_id=customer.id,
        product_id=str(product_id),
        variant_id=str(variant_id) if variant_id else None,
    )
    return _answer(items, boutique, customer)


@router.delete("/{user_id}")
async def clear_cart(member: AWriter, user_id: UserId) -> Cart:
    """Take everything out. An empty cart stays as it is."""
    boutique, customer = await _whose(member, user_id)
    await cart_desk.clear(member.conn, customer_id=customer.id)
    return _answer((), boutique, customer)


@router.post("/{user_id}/checkout", status_code=201)
async def check_out_cart(
    member: AWriter, user_id: UserId, request: Request, idempotency_key: IdempotencyKey = None
) -> PaymentLink:
    """A link to the page that takes the address and asks M-Pesa for the money."""

    async def link() -> PaymentLink:
        boutique, customer = await _whose(member, user_id)
        made = await cart_links.payment_link(member.conn, member.services, customer_id=customer.id)
        items = await cart.current_items(member.conn, customer_id=customer.id)
        total, lines = cart.total_minor(items), as_lines(items)
        until = made.expires_at.astimezone(ZoneInfo(boutique.timezone))
        voice = voice_for(boutique, customer)
        return PaymentLink(
            url=made.url,
            expires_at=made.expires_at,
            total_minor=total,
            currency=boutique.currency,
            whatsapp_text=payment_text(lines, total, made.url, until, voice),
        )

    return await once(member, request, idempotency_key, link, PaymentLink)


async def _whose(member: Member, user_id: str) -> tuple[Boutique, Customer]:
    boutique = await the_boutique(member)
    return boutique, await the_shopper(member.conn, boutique, user_id)


def _answer(items: Sequence[CartItem], boutique: Boutique, customer: Customer) -> Cart:
    total = cart.total_minor(items)
    return Cart(
        customer_id=UUID(customer.id),
        cart_id=UUID(items[0].cart_id) if items else None,
        currency=boutique.currency,
        items=[CartLine.model_validate(item) for item in items],
        pieces=cart.pieces(items),
        total_minor=total,
        whatsapp_text=cart_text(as_lines(items), total, voice_for(boutique, customer)),
    )
