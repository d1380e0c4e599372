"""Says which size fits her, from what she bought here, and why."""

from __future__ import annotations

from langgraph.runtime import Runtime

from dukani.agent.facts import Fact, SizeAdvised, SizeUnknown
from dukani.core.store import products
from dukani.graph.choosing import candidates
from dukani.graph.context import Context
from dukani.graph.state import QueuedAct, State, current, rest, said
from dukani.tools import pieces, sizing


async def recommend_size(state: State, runtime: Runtime[Context]) -> State:
    """A digression: the piece under discussion and the step stay as they are."""
    context, act = runtime.context, current(state)
    product_id, category = _piece(state, act)
    sizes: tuple[str, ...] = ()
    if product_id is not None:
        variants = await products.variants(context.conn, product_ids=[product_id])
        sizes = pieces.sizes_of(pieces.in_stock(variants))
    advice = await sizing.size_of(context.conn, customer_id=context.customer.id, category=category)
    fact: Fact = SizeUnknown(choices=sizes)
    if advice is not None:
        fact = SizeAdvised(
            size=advice.size,
            confidence=advice.confidence,
            orders=advice.orders,
            category=advice.category,
            in_stock=advice.size in sizes if product_id else None,
        )
    return {"acts": rest(state), "facts": said(state, fact)}


def _piece(state: State, act: QueuedAct) -> tuple[str | None, str | None]:
    focus = state.get("focus")
    if focus is not None and act.get("option") is None:
        return focus["product_id"], act.get("category") or focus["category"]
    meant = candidates(state, act)
    if len(meant) == 1:
        return meant[0].product_id, meant[0].category
    kinds = {option.category for option in meant}
    return None, act.get("category") or (kinds.pop() if len(kinds) == 1 else None)
