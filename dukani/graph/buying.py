"""From a piece under discussion to a line in the cart, asking for what is open."""

from __future__ import annotations

from dukani.agent.facts import AddedToCart
from dukani.core.store import products
from dukani.core.store.carts import CartItem
from dukani.core.store.products import Variant
from dukani.graph.context import Context
from dukani.graph.sold_out import sold_out
from dukani.graph.state import Focus, LastSearch, State, rest, said
from dukani.graph.variant_questions import ask_for, missing, settled
from dukani.tools import cart, pieces
from dukani.tools.lines import line_of


async def buy(
    state: State, context: Context, focus: Focus, *, replaces: str | None = None
) -> State:
    """Put the piece in the cart, or ask for the colour or size still open."""
    variants = await products.variants(context.conn, product_ids=[focus["product_id"]])
    if not variants:
        return {"acts": rest(state), "focus": None}
    focus = settled(focus, variants)
    gap = missing(focus, variants)
    if gap is not None:
        return await ask_for(state, context, focus, gap, variants)
    variant = pieces.pick(variants, colour=focus["colour"], size=focus["size"])
    wanted = focus["quantity"] or 1
    items = await cart.current_items(context.conn, customer_id=context.customer.id)
    present = next((i.quantity for i in items if variant and i.variant_id == variant.id), 0)
    if variant is None or variant.available < wanted + present:
        return sold_out(state, focus, variants, wanted=wanted + present)
    items = await cart.put(
        context.conn,
        boutique_id=context.boutique.id,
        customer_id=context.customer.id,
        variant=variant,
        quantity=wanted + present,
        replaces=replaces,
    )
    return _added(state, focus, variant, items)


def _added(state: State, focus: Focus, variant: Variant, items: list[CartItem]) -> State:
    line = line_of(items, variant_id=variant.id)
    fact = AddedToCart(line=line, total_minor=cart.total_minor(items), pieces=cart.pieces(items))
    return {
        # What she had said before we asked ("… and pay") goes on now.
        "acts": [*rest(state), *state.get("later", [])],
        "later": [],
        "focus": {
            **focus,
            "colour": variant.colour,
            "size": None,
            "quantity": None,
            "asked_size": None,
        },
        "search": _without_quantity(state.get("search")),
        "last_variant_id": variant.id,
        "question": None,
        "step": "cart_updated",
        "facts": said(state, fact),
    }


def _without_quantity(search: LastSearch | None) -> LastSearch | None:
    """The number wanted was for the piece that is in the cart now."""
    return {**search, "quantity": None} if search else None
