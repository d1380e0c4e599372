"""Changes the address or the note of a placed order, until the shop sends the order out."""

from __future__ import annotations

from dukani.agent.facts import Fact, FeeDiffers, PlacedOrderChanged
from dukani.core.store import orders, requests
from dukani.core.store.orders import Order
from dukani.domain.acts import SetAddress
from dukani.domain.notes import noted_also
from dukani.graph.context import Context
from dukani.graph.money.owner_notes import delivery_note
from dukani.graph.ordering.placed import request_change
from dukani.graph.ordering.quote import fee_of
from dukani.graph.state import State, with_facts
from dukani.tools.delivery_zones import Delivered, delivery_of


async def change_placed(
    state: State,
    context: Context,
    order: Order,
    *,
    address: SetAddress | None = None,
    note: str | None = None,
) -> State:
    """Changes the order row and tells customer and owner; after dispatch, requests it of the shop.

    If the new address has another delivery fee, shop and customer must agree on the difference.
    """
    what, text = ("address", address.text) if address else ("note", note or "")
    if address is not None and _is_same_address(order, address):
        there = PlacedOrderChanged(
            order_number=order.number,
            what="address",
            text=text,
            total_minor=order.total_minor,
        )
        return {"facts": with_facts(state, there)}
    fee = await fee_to(context, address) if address else None
    changed = await orders.set_delivery(
        context.conn,
        order_id=order.id,
        address=address.text if address else order.address,
        latitude=address.latitude if address else order.latitude,
        longitude=address.longitude if address else order.longitude,
        note=noted_also(order.note, note) if note else order.note,
        zone=fee.zone if fee else order.zone,
    )
    if not changed:
        await request_change(context, order, edits=(), kind="address_change")
    differs = changed and fee is not None and differs_from(order, fee)
    if changed:
        await delivery_note(context, order, what=what, text=text, fee=fee if differs else None)
    told: list[Fact] = [
        PlacedOrderChanged(
            order_number=order.number,
            what="address" if address else "note",
            text=text,
            too_late=not changed,
            total_minor=order.total_minor if changed and not differs else None,
        )
    ]
    if fee is not None and differs:
        told.append(await _fee_to_agree(context, order, text, fee))
    return {"facts": with_facts(state, *told)}


def _is_same_address(order: Order, address: SetAddress) -> bool:
    said_now = (address.text, address.latitude, address.longitude)
    return said_now == (order.address, order.latitude, order.longitude)


async def fee_to(context: Context, act: SetAddress) -> Delivered:
    """The delivery fee to that address by the shop's zones."""
    return await delivery_of(
        context.conn,
        context.boutique,
        address=act.text,
        latitude=act.latitude,
        longitude=act.longitude,
    )


def differs_from(order: Order, fee: Delivered) -> bool:
    """Whether the fee differs from the one the order was placed with."""
    return fee.fee_minor != fee_of(order)


async def _fee_to_agree(context: Context, order: Order, words: str, fee: Delivered) -> Fact:
    """Records the fee difference for the shop to settle: no second prompt is sent for it."""
    await requests.add(
        context.conn,
        customer_id=context.customer.id,
        conversation_id=context.conversation.id,
        order_id=order.id,
        kind="address_change",
        words=words,
        details={"fee_paid_minor": fee_of(order), "fee_now_minor": fee.fee_minor},
    )
    return FeeDiffers(order_number=order.number, paid_minor=fee_of(order), fee_minor=fee.fee_minor)
