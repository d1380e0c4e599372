"""Recommends a size from the customer's past orders, and says why."""

from __future__ import annotations

from langgraph.runtime import Runtime

from dukani.agent.facts import Fact, SizeAdvised, SizeUnknown
from dukani.core.store import products
from dukani.domain.acts import AskSize
from dukani.domain.resolver import pieces_meant
from dukani.graph.context import Context
from dukani.graph.hearing.in_view import lines_in_view, view_of
from dukani.graph.state import State, Task, tasks_of, tasks_without, with_facts
from dukani.tools import pieces, sizing


async def recommend_size(state: State, runtime: Runtime[Context]) -> State:
    """Answers a question for the size; focus and step stay unchanged."""
    context, act = runtime.context, tasks_of(state, AskSize)[0]
    others: list[Task] = tasks_without(state, act)
    product_id, category = await _piece(state, context, act)
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
    return {"acts": others, "facts": with_facts(state, fact)}


async def _piece(state: State, context: Context, act: AskSize) -> tuple[str | None, str | None]:
    sold = await context.senses.assortments.of(context.conn, boutique_id=context.boutique.id)
    view = view_of(state, await lines_in_view(state, context), sold)
    meant = pieces_meant(act.target, view)
    if len(meant) == 1:
        return meant[0].product_id, meant[0].category
    kinds = {piece.category for piece in meant}
    return None, act.target.category or (kinds.pop() if len(kinds) == 1 else None)
