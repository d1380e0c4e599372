"""A cart of the shop's window that a customer brings into the chat by its code.

A code without pieces is her yes to the shop's offers, where the shop sends no SMS.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dukani.agent.facts import Fact, PromotionsResumed, WindowCartOver
from dukani.core.store import cart_codes, consents, window_carts
from dukani.core.store.cart_codes import CartCode
from dukani.core.store.messages import Message
from dukani.domain.brought import CatalogueOrder, OrderedItem, catalogue_order
from dukani.graph.context import Context
from dukani.tools.consent_codes import wait_for

SOURCE = "storefront"
# As the window writes it, whatever stands around it.
_SIX = r"\s+([2-9A-HJ-NP-Za-hj-np-z]{6})\b\W*"
_CART = re.compile(rf"\b(?:cart|kikapu){_SIX}", re.IGNORECASE)
_CODE = re.compile(rf"\b(?:cart|kikapu|offers|ofa){_SIX}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WindowCarts:
    """`written`: the messages without the codes. `found`: whether any of them was one of ours.

    `message`: code of the shop's message that led her to the window.
    """

    written: list[Message]
    orders: tuple[CatalogueOrder, ...] = ()
    facts: tuple[Fact, ...] = ()
    found: bool = False
    message: str | None = None


def bring_a_cart(written: Iterable[Message]) -> bool:
    """Whether a cart comes with the messages: of the window by its code, or of WhatsApp's own."""
    return any(_CART.search(m.body) or catalogue_order(m.payload) for m in written)


async def taken_from(context: Context, written: Sequence[Message]) -> WindowCarts:
    """Takes the carts whose codes are in the messages; a code of nobody is words like others."""
    orders: list[CatalogueOrder] = []
    facts: list[Fact] = []
    left: list[Message] = []
    found, led_by = False, None
    for message in written:
        said = _CODE.search(message.body)
        cart = await _take(context, said[1].upper()) if said else None
        if said is None or cart is None:
            left.append(message)
            continue
        found = True
        left.append(replace(message, body=(_CODE.sub("", message.body, count=1)).strip()))
        if cart.state != "open":
            facts.append(WindowCartOver())
            continue
        if cart.lines:
            orders.append(_order_of(cart))
            led_by = await _led_by(context, cart) or led_by
        facts += await _agreed(context, cart)
    return WindowCarts(left, tuple(orders), tuple(facts), found, led_by)


async def _take(context: Context, code: str) -> CartCode | None:
    return await cart_codes.take(context.conn, code=code, customer_id=context.customer.id)


def _order_of(cart: CartCode) -> CatalogueOrder:
    return CatalogueOrder(tuple(OrderedItem(variant, count) for variant, count in cart.lines))


async def _led_by(context: Context, cart: CartCode) -> str | None:
    if cart.anonymous_id is None:
        return None
    left = await window_carts.open_of(context.conn, anonymous_id=cart.anonymous_id)
    return left.utm_message_id if left else None


async def _agreed(context: Context, cart: CartCode) -> list[Fact]:
    """Joins the visitor to the customer, and keeps what she agreed to, in its words."""
    if cart.anonymous_id is not None:
        await cart_codes.join_visitor(
            context.conn, anonymous_id=cart.anonymous_id, customer_id=context.customer.id
        )
        if cart.lines:
            await window_carts.end(context.conn, anonymous_id=cart.anonymous_id)
    if cart.waits_for is not None:
        await wait_for(context.conn, customer_id=context.customer.id, variant_id=cart.waits_for)
    if cart.offers_words is None or context.opted_out:
        return []
    if await consents.may_market(context.conn, customer_id=context.customer.id):
        return [] if cart.lines else [PromotionsResumed()]
    await consents.record(
        context.conn,
        customer_id=context.customer.id,
        purpose="marketing",
        granted=True,
        source=SOURCE,
        words=f"{cart.offers_words} [{cart.code}]",
    )
    return [PromotionsResumed()]
