"""Places the order the customer agreed to, which reserves its stock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dukani.agent.facts import OrderEdited, TooManyHeld
from dukani.core.errors import HeldEnough, OutOfStock
from dukani.core.store import orders as order_store
from dukani.core.store import products
from dukani.core.store.carts import CartItem
from dukani.core.store.orders import Order
from dukani.core.store.products import Variant
from dukani.domain.changes import Change
from dukani.graph.context import Context
from dukani.graph.happenings import AskForMoney
from dukani.graph.money.reservation import set_reservation_timer
from dukani.graph.ordering.quote import Draft
from dukani.graph.state import State, with_facts
from dukani.tools import cart, orders, pieces
from dukani.tools.lines import as_lines

CAME_BY_LASTS = timedelta(days=5)


async def place(state: State, context: Context, draft: Draft, items: list[CartItem]) -> State:
    """Stores the order and reserves its pieces, or tells what was sold meanwhile."""
    address = state.get("address") or {}
    try:
        async with context.conn.transaction():
            order = await orders.place(
                context.conn,
                boutique_id=context.boutique.id,
                customer_id=context.customer.id,
                conversation_id=context.conversation.id,
                currency=context.boutique.currency,
                delivery=orders.Delivery(
                    address=draft.quote["address"],
                    latitude=address.get("latitude"),
                    longitude=address.get("longitude"),
                    note=state.get("note"),
                    zone=draft.delivery.zone,
                ),
                delivery_minor=draft.delivery.fee_minor or 0,
                items=items,
                replaces=state.get("replaces"),
            )
    except OutOfStock as gone:
        return await sold_meanwhile(state, context, gone)
    except HeldEnough as enough:
        facts = with_facts(state, TooManyHeld(most=enough.most))
        return {"facts": facts, "step": "cart_updated", "checking_out": False}
    await set_reservation_timer(context, order)
    await _note_message(state, context, order)
    return {
        "acts": [AskForMoney(order.id)],
        "order_id": order.id,
        "replaces": None,
        "undo": None,
    }


async def _note_message(state: State, context: Context, order: Order) -> None:
    """Writes down of which message of a rule the order comes, if she answered one lately."""
    came_by = state.get("came_by")
    if came_by and datetime.now(UTC) - datetime.fromisoformat(came_by["at"]) < CAME_BY_LASTS:
        await order_store.note_message(
            context.conn, order_id=order.id, utm_message_id=came_by["code"]
        )


async def sold_meanwhile(state: State, context: Context, gone: OutOfStock) -> State:
    """Tells that a piece was sold to others, and what is left; the cart stays to be changed."""
    variant = await products.variant(context.conn, variant_id=gone.variant_id)
    lines = as_lines(await cart.current_items(context.conn, customer_id=context.customer.id))
    change = Change(
        what="refused",
        reason="out_of_stock",
        name=variant.name if variant else "",
        colour=variant.colour if variant else None,
        size=variant.size if variant else None,
        wanted=gone.wanted,
        left=max(gone.available, 0),
        choices=await alternatives(context, variant) if variant and gone.available < 1 else (),
    )
    told = OrderEdited(
        changes=(change,),
        lines=lines,
        total_minor=cart.total_minor(lines),
        pieces=cart.pieces(lines),
    )
    return {
        "facts": with_facts(state, told),
        "step": "cart_updated",
        "last_variant_id": gone.variant_id,
        "checking_out": False,
    }


async def alternatives(context: Context, variant: Variant) -> tuple[str, ...]:
    """Instead of what is gone: other sizes had in that colour, else other colours in that size."""
    others = await products.variants(context.conn, product_ids=[variant.product_id])
    sizes = pieces.other_sizes(others, colour=variant.colour, size=variant.size)
    return sizes or pieces.other_colours(others, colour=variant.colour, size=variant.size)
