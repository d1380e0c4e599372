"""Another size, colour or number of a piece that is in the cart."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import LineChanged
from dukani.core.store import products
from dukani.core.store.carts import CartItem
from dukani.core.store.products import Variant
from dukani.graph.context import Context
from dukani.graph.focus import focus_of_line
from dukani.graph.sold_out import sold_out
from dukani.graph.state import Focus, QueuedAct, State, rest, said
from dukani.graph.variant_questions import Gap, ask_for
from dukani.tools import cart, pieces
from dukani.tools.lines import line_of


async def change_line(state: State, context: Context, line: CartItem, act: QueuedAct) -> State:
    """The line as the act wants it, where that is there; what she no longer wants is asked."""
    variants = await products.variants(context.conn, product_ids=[line.product_id])
    wanted = wanted_variant(line, act, colours=pieces.colours_of(variants))
    gap = refused(wanted, act)
    if gap is not None:
        wanted[gap] = None
        return await ask_for(state, context, wanted, gap, variants)
    variant = pieces.pick(variants, colour=wanted["colour"], size=wanted["size"])
    quantity = wanted["quantity"] or 1
    if variant is None or variant.available < quantity:
        told = sold_out(state, wanted, variants, wanted=quantity)
        return told | {"acts": rest(state), "step": state.get("step", "cart_updated")}
    items = await cart.put(
        context.conn,
        boutique_id=context.boutique.id,
        customer_id=context.customer.id,
        variant=variant,
        quantity=quantity,
        replaces=line.variant_id,
    )
    return _changed(state, variant, items)


def wanted_variant(line: CartItem, act: QueuedAct, *, colours: Sequence[str]) -> Focus:
    """The line's piece with what the act says anew, in the colour of `colours` she means."""
    colour = act.get("colour")
    return {
        **focus_of_line(line),
        "colour": pieces.matching_colour(colour, colours) or colour or line.colour,
        "size": act.get("size") or line.size,
        "quantity": act.get("quantity") or line.quantity,
    }


def refused(wanted: Focus, act: QueuedAct) -> Gap | None:
    """What the act takes back of the piece without saying what it should be instead."""
    if act.get("size") is None and act.get("exclude_size") == wanted["size"]:
        return "size"
    return "colour" if act.get("exclude_colour") == wanted["colour"] else None


def _changed(state: State, variant: Variant, items: list[CartItem]) -> State:
    line = line_of(items, variant_id=variant.id)
    fact = LineChanged(line=line, total_minor=cart.total_minor(items))
    again = state.get("step") in ("awaiting_confirmation", "payment_failed")
    return {
        "acts": [*rest(state), *([{"kind": "checkout"}] if again else [])],
        "last_variant_id": variant.id,
        "question": None,
        "step": "cart_updated" if again else state.get("step", "cart_updated"),
        "facts": said(state, fact),
    }
