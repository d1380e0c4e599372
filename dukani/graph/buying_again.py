"""The same piece once more: what she bought last, for "another one, same size"."""

from __future__ import annotations

from dukani.agent.facts import AskWhichOption
from dukani.core.store import orders, products
from dukani.graph.buying import buy
from dukani.graph.choosing import as_plain
from dukani.graph.context import Context
from dukani.graph.focus import focus_of, refine
from dukani.graph.state import QueuedAct, State, rest, said
from dukani.tools.options import as_options


async def buy_again(state: State, context: Context, act: QueuedAct) -> State:
    """Of one piece bought, that one; of several she is asked which; of none it is a search."""
    last = await orders.latest(context.conn, customer_id=context.customer.id)
    items = await orders.items(context.conn, order_id=last.id) if last else []
    found = [
        await products.variant(context.conn, variant_id=item.variant_id)
        for item in items
        if item.variant_id
    ]
    bought = [variant for variant in found if variant is not None]
    if not bought:
        return {"acts": [{"kind": "search"}, *rest(state)]}
    if len(bought) > 1:
        ids = list(dict.fromkeys(variant.product_id for variant in bought))
        options = await as_options(context.conn, ids)
        return {
            "acts": [],
            "later": rest(state),
            "options": as_plain(options),
            "focus": None,
            "question": "which",
            "step": "products_found",
            "facts": said(state, AskWhichOption(options=options)),
        }
    [piece] = bought
    return await buy(state, context, refine(focus_of(piece), act))
