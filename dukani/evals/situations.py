"""Sets a conversation up in a file's situation, with a real cart, order and memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dukani.core.database import Connection
from dukani.core.store import carts, consents, conversations, customers, memories, orders, products
from dukani.core.store.conversations import Conversation
from dukani.core.store.customers import Customer
from dukani.core.store.orders import Order, OrderPaymentStatus
from dukani.core.store.products import Variant
from dukani.evals.piece_in_view import focus_on, question_about
from dukani.evals.shop import Shop
from dukani.evals.shopper import Shopper
from dukani.evals.situation_pieces import NEEDS_CART
from dukani.evals.steps import NeutralStep, step_called
from dukani.evals.utterance_file import ContextLine, Situation
from dukani.tools import orders as order_tools
from dukani.tools.options import as_options

_NEEDS_ADDRESS = ("confirm", "payment", "payment_failed", "done", "paid")
_PAYMENT_STATUS: dict[str, OrderPaymentStatus] = {
    "payment_failed": "failed",
    "done": "paid",
    "paid": "paid",
}

ADDRESS = "Moi Avenue, Bihi Towers, 3rd floor"


@dataclass(frozen=True, slots=True)
class _Scene:
    """The connection and the customer for which a situation is set up."""

    conn: Connection
    shop: Shop
    customer: Customer
    conversation: Conversation

    async def variants(self, sku: str) -> list[Variant]:
        return await products.variants(self.conn, product_ids=[self.shop.products[sku]])


async def set_up(shopper: Shopper, situation: Situation) -> None:
    """Set the shopper's conversation up as the situation says."""
    shop = shopper.shop
    async with shopper.harness.database.tenant_connection(shop.boutique_id) as conn:
        customer = await customers.find_or_create(conn, phone=shopper.phone)
        conversation = await conversations.find_or_create(
            conn, customer_id=customer.id, provider="twilio"
        )
        scene = _Scene(conn, shop, customer, conversation)
        values = await _values(scene, situation)
        await memories.remember(conn, conversation_id=conversation.id, state=values)
        await conversations.set_step(conn, conversation_id=conversation.id, step=values["step"])


async def _values(scene: _Scene, situation: Situation) -> dict[str, Any]:
    step = step_called(situation.step)
    values: dict[str, Any] = {"step": step, "introduced": step != "start"}
    if situation.language:
        values["language"] = situation.language
    if situation.options:
        values |= await _shown(scene, situation.options)
    if situation.sku or (situation.step == "variant" and situation.options):
        values |= await _in_view(scene, situation.sku or situation.options[0], situation.step)
    if situation.cart or situation.step in NEEDS_CART:
        values["last_variant_id"] = await _fill_cart(scene, situation.cart)
    if situation.step in _NEEDS_ADDRESS:
        values["address"] = {"text": ADDRESS}
    if situation.step in ("payment", *_PAYMENT_STATUS) or situation.order:
        order = await _place_order(scene, situation)
        values |= {"order_id": order.id, "address": None}
    await _hand_off_or_opt_out(scene, situation.step)
    return values


async def _shown(scene: _Scene, skus: Sequence[str]) -> dict[str, Any]:
    ids = [scene.shop.products[sku] for sku in skus]
    options = await as_options(scene.conn, ids)
    return {
        "lists": [[option.model_dump(mode="json") for option in options]],
        "search": {"wish": {}, "photo": None, "shown": ids},
    }


async def _in_view(scene: _Scene, sku: str, step: NeutralStep) -> dict[str, Any]:
    variants = await scene.variants(sku)
    focus = focus_on(variants)
    question = question_about(focus, variants) if step == "variant" else None
    return {
        "focus": focus.model_dump(mode="json"),
        "questions": [question.model_dump(mode="json")] if question else [],
    }


async def _fill_cart(scene: _Scene, lines: Sequence[ContextLine]) -> str:
    """Fill the cart with `lines`, or with one piece; the id of the variant added last."""
    chosen: dict[str, tuple[str, int, int]] = {}
    for line in lines or (ContextLine(sku=next(iter(scene.shop.products))),):
        variant = _variant_of(await scene.variants(line.sku), line)
        chosen[variant.id] = (variant.id, line.quantity, variant.price_minor)
    cart_id = await carts.open_cart(
        scene.conn, boutique_id=scene.shop.boutique_id, customer_id=scene.customer.id
    )
    await carts.replace_items(scene.conn, cart_id=cart_id, items=list(chosen.values()))
    return next(reversed(chosen))


def _variant_of(variants: Sequence[Variant], line: ContextLine) -> Variant:
    fitting = [
        v
        for v in variants
        if (line.colour or v.colour).lower() == v.colour
        and line.size in (None, v.size)
        and v.available >= line.quantity
    ]
    return max(fitting, key=lambda variant: variant.available)


async def _place_order(scene: _Scene, situation: Situation) -> Order:
    """Place an order at the step's stage; its stock is not reserved, as others may need it."""
    if not await carts.items(scene.conn, customer_id=scene.customer.id):
        await _fill_cart(scene, ())
    items = await carts.items(scene.conn, customer_id=scene.customer.id)
    order = await order_tools.place(
        scene.conn,
        boutique_id=scene.shop.boutique_id,
        customer_id=scene.customer.id,
        conversation_id=scene.conversation.id,
        currency=scene.shop.currency,
        delivery=order_tools.Delivery(address=ADDRESS),
        delivery_minor=0,
        items=items,
    )
    await order_tools.release(scene.conn, order)
    status = _PAYMENT_STATUS.get(situation.step, "pending")
    if status == "paid":
        await orders.confirm_paid(scene.conn, order_id=order.id)
    else:
        await orders.set_payment_status(scene.conn, order_id=order.id, payment_status=status)
    return order


async def _hand_off_or_opt_out(scene: _Scene, step: NeutralStep) -> None:
    """Hand the conversation off to a person, or opt the customer out, as the step says."""
    if step == "human":
        await conversations.hand_off(
            scene.conn, conversation_id=scene.conversation.id, reason="asked"
        )
    if step == "stopped":
        await consents.record(
            scene.conn,
            customer_id=scene.customer.id,
            purpose="assistant",
            granted=False,
            source="measuring",
        )
