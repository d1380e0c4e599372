"""From a piece under discussion to a line in the cart, asking for what is open."""

from __future__ import annotations

from typing import Literal

from dukani.agent.facts import (
    AddedToCart,
    AskVariant,
    Fact,
    LineChanged,
    OutOfStock,
    SizeAdvised,
)
from dukani.core.store import carts, products
from dukani.core.store.carts import CartItem
from dukani.core.store.products import Variant
from dukani.graph.context import Context
from dukani.graph.state import Focus, LastSearch, QueuedAct, State, rest, said
from dukani.tools import cart, pieces, sizing

Gap = Literal["colour", "size"]  # what has to be known of a piece before it can be bought


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
        return await _ask(state, context, focus, gap, variants)
    variant = pieces.pick(variants, colour=focus["colour"], size=focus["size"])
    wanted = focus["quantity"] or 1
    items = await cart.current_items(context.conn, customer_id=context.customer.id)
    present = next((i.quantity for i in items if variant and i.variant_id == variant.id), 0)
    if variant is None or variant.available < wanted + present:
        return sold_out(state, focus, variants, wanted=wanted + present)
    if replaces is not None and replaces != variant.id and items:
        await carts.take_item_out(context.conn, cart_id=items[0].cart_id, variant_id=replaces)
    items = await cart.put(
        context.conn,
        boutique_id=context.boutique.id,
        customer_id=context.customer.id,
        variant=variant,
        quantity=wanted + present,
    )
    return _added(state, focus, variant, items)


def settled(focus: Focus, variants: list[Variant]) -> Focus:
    """The piece with what can only be one thing filled in."""
    colours = pieces.colours_of(variants)
    colour = pieces.matching_colour(focus["colour"], colours) if focus["colour"] else None
    if colour is None and focus["colour"] is None:
        stocked = [v for v in pieces.in_stock(variants) if focus["size"] in (None, v.size)]
        choices = pieces.colours_of(stocked)
        colour = choices[0] if len(choices) == 1 else None
    return {**focus, "colour": colour or focus["colour"], "size": _size(focus, variants)}


def _size(focus: Focus, variants: list[Variant]) -> str | None:
    """Her size as the piece counts; a lone digit is no size of a piece sized S, M, L."""
    sizes, said = pieces.sizes_of(variants), focus["size"]
    if sizes == ("ONE",):
        return "ONE"
    lettered = not any(size.isdigit() for size in sizes)
    return None if said is not None and said.isdigit() and len(said) == 1 and lettered else said


def missing(focus: Focus, variants: list[Variant]) -> Gap | None:
    """What has to be known before it can be bought; a wrong colour or size is not missing."""
    if focus["colour"] is None:
        known_size = focus["size"] in (None, *pieces.sizes_of(pieces.in_stock(variants)))
        return "colour" if known_size else None
    in_colour = [v for v in pieces.in_stock(variants) if v.colour == focus["colour"]]
    return "size" if focus["size"] is None and in_colour else None


async def _ask(
    state: State, context: Context, focus: Focus, gap: Gap, variants: list[Variant]
) -> State:
    stocked = pieces.in_stock(variants)
    facts = state.get("facts", [])
    if gap == "colour":
        fitting = [v for v in stocked if focus["size"] in (None, v.size)]
        choices = pieces.colours_of(fitting)
    else:
        choices = pieces.sizes_of(stocked, colour=focus["colour"])
        advice = await _advice(context, focus, choices)
        facts = [*facts, advice.model_dump(mode="json")] if advice else facts
    ask = AskVariant(
        name=focus["name"],
        missing=gap,
        choices=choices,
        colour=focus["colour"],
        size=focus["size"],
        price_minor=_price(variants, focus),
    )
    return {
        "acts": [],
        "later": rest(state),
        "focus": focus,
        "question": gap,
        "step": "size_recommended",
        "facts": [*facts, ask.model_dump(mode="json")],
    }


async def _advice(context: Context, focus: Focus, choices: tuple[str, ...]) -> SizeAdvised | None:
    advice = await sizing.size_of(
        context.conn, customer_id=context.customer.id, category=focus["category"]
    )
    if advice is None:
        return None
    return SizeAdvised(
        size=advice.size,
        confidence=advice.confidence,
        orders=advice.orders,
        category=advice.category,
        in_stock=advice.size in choices,
    )


def _price(variants: list[Variant], focus: Focus) -> int:
    fitting = [v for v in variants if focus["colour"] in (None, v.colour)] or variants
    return min(v.price_minor for v in fitting)


def sold_out(state: State, focus: Focus, variants: list[Variant], *, wanted: int) -> State:
    """Say so, offer the other sizes and colours, and keep the piece in view."""
    stocked = pieces.in_stock(variants)
    variant = pieces.pick(variants, colour=focus["colour"], size=focus["size"])
    fact = OutOfStock(
        name=focus["name"],
        colour=focus["colour"],
        size=focus["size"],
        other_sizes=tuple(
            s for s in pieces.sizes_of(stocked, colour=focus["colour"]) if s != focus["size"]
        ),
        other_colours=tuple(
            c
            for c in pieces.colours_of(v for v in stocked if focus["size"] in (None, v.size))
            if c != focus["colour"]
        ),
        wanted=wanted,
        left=max(variant.available, 0) if variant else 0,
    )
    known_colour = focus["colour"] in pieces.colours_of(stocked)
    return {
        "acts": [],
        "later": [],
        "focus": {
            **focus,
            "size": focus["size"] if fact.left else None,
            "colour": focus["colour"] if known_colour else None,
            "quantity": None if fact.left else focus["quantity"],
            "asked_size": focus["size"],
        },
        "question": "quantity" if fact.left else "size" if known_colour else "colour",
        "step": "size_recommended",
        "facts": said(state, fact),
    }


def _added(state: State, focus: Focus, variant: Variant, items: list[CartItem]) -> State:
    lines = cart.lines(items)
    line = next(
        line for line, item in zip(lines, items, strict=True) if item.variant_id == variant.id
    )
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
        "search": without_quantity(state.get("search")),
        "last_variant_id": variant.id,
        "question": None,
        "step": "cart_updated",
        "facts": said(state, fact),
    }


def without_quantity(search: LastSearch | None) -> LastSearch | None:
    """The number wanted was for the piece that is in the cart now."""
    return {**search, "quantity": None} if search else None


async def change_line(state: State, context: Context, line: CartItem, act: QueuedAct) -> State:
    """Another size, colour or number of a piece in the cart."""
    variants = await products.variants(context.conn, product_ids=[line.product_id])
    colours = pieces.colours_of(variants)
    colour = pieces.matching_colour(act.get("colour"), colours) if act.get("colour") else None
    focus = Focus(
        product_id=line.product_id,
        sku=line.sku,
        name=line.name,
        category=line.category,
        colour=colour or act.get("colour") or line.colour,
        size=act.get("size") or line.size,
        quantity=act.get("quantity") or line.quantity,
    )
    excluded = act.get("exclude_size") == focus["size"] and act.get("size") is None
    if excluded or act.get("exclude_colour") == focus["colour"]:
        opened: Focus = {**focus, "size": None} if excluded else {**focus, "colour": None}
        return await _ask(state, context, opened, "size" if excluded else "colour", variants)
    variant = pieces.pick(variants, colour=focus["colour"], size=focus["size"])
    wanted = focus["quantity"] or 1
    if variant is None or variant.available < wanted:
        refused = sold_out(state, focus, variants, wanted=wanted)
        return refused | {"acts": rest(state), "step": state.get("step", "cart_updated")}
    if variant.id != line.variant_id:
        await carts.take_item_out(context.conn, cart_id=line.cart_id, variant_id=line.variant_id)
    items = await cart.put(
        context.conn,
        boutique_id=context.boutique.id,
        customer_id=context.customer.id,
        variant=variant,
        quantity=wanted,
    )
    return _changed(state, variant, items)


def _changed(state: State, variant: Variant, items: list[CartItem]) -> State:
    changed = next(
        line
        for line, item in zip(cart.lines(items), items, strict=True)
        if item.variant_id == variant.id
    )
    fact: Fact = LineChanged(line=changed, total_minor=cart.total_minor(items))
    again = state.get("step") in ("awaiting_confirmation", "payment_failed")
    return {
        "acts": [*rest(state), *([{"kind": "checkout"}] if again else [])],
        "last_variant_id": variant.id,
        "question": None,
        "step": "cart_updated" if again else state.get("step", "cart_updated"),
        "facts": said(state, fact),
    }
