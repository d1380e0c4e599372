"""Where a placed order goes, and what is noted for it: changed until it is sent out."""

from __future__ import annotations

from dukani.agent.facts import PlacedOrderChanged
from dukani.core.store import orders
from dukani.core.store.orders import Order
from dukani.domain.acts import SetAddress
from dukani.graph.context import Context
from dukani.graph.money.owner_notes import delivery_note
from dukani.graph.ordering.placed import request_change
from dukani.graph.state import State, said


async def change_placed(
    state: State,
    context: Context,
    order: Order,
    *,
    address: SetAddress | None = None,
    note: str | None = None,
) -> State:
    """The order row, the words and the owner's note change together; too late, a person is told."""
    what, text = ("address", address.text) if address else ("note", note or "")
    changed = await orders.set_delivery(
        context.conn,
        order_id=order.id,
        address=address.text if address else order.address,
        latitude=address.latitude if address else order.latitude,
        longitude=address.longitude if address else order.longitude,
        note=note or order.note,
    )
    if changed:
        await delivery_note(context, order, what=what, text=text)
    else:
        await request_change(context, order, edits=(), kind="address_change")
    fact = PlacedOrderChanged(
        order_number=order.number,
        what="address" if address else "note",
        text=text,
        too_late=not changed,
    )
    return {"facts": said(state, fact)}
