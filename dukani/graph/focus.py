"""The piece under discussion: a variant, a product, an option shown or a line of the cart."""

from __future__ import annotations

from dukani.agent.facts import Option
from dukani.core.store.carts import CartItem
from dukani.core.store.products import Product, Variant
from dukani.graph.state import Focus, LastSearch, QueuedAct
from dukani.tools.pieces import matching_colour


def focus_of(variant: Variant) -> Focus:
    """The piece in exactly this colour and size."""
    return Focus(
        product_id=variant.product_id,
        sku=variant.product_sku,
        name=variant.name,
        category=variant.category,
        colour=variant.colour,
        size=variant.size,
        quantity=None,
    )


def focus_of_line(line: CartItem) -> Focus:
    return Focus(
        product_id=line.product_id,
        sku=line.sku,
        name=line.name,
        category=line.category,
        colour=line.colour,
        size=line.size,
        quantity=line.quantity,
    )


def focus_of_product(product: Product) -> Focus:
    """The piece with everything still open."""
    return Focus(
        product_id=product.id,
        sku=product.sku,
        name=product.name,
        category=product.category,
        colour=None,
        size=None,
        quantity=None,
    )


def focus_on(option: Option, act: QueuedAct, *, search: LastSearch | None = None) -> Focus:
    """The option as the piece under discussion, with what the act and the search say of it."""
    size, quantity = _looked_for(search)
    colour = matching_colour(act.get("colour"), option.colours) or option.colour
    return Focus(
        product_id=option.product_id,
        sku=option.sku,
        name=option.name,
        category=option.category,
        colour=act.get("colour") if act.get("colour") and colour is None else colour,
        size=act.get("size") or (size if size in option.sizes or act.get("colour") else None),
        quantity=act.get("quantity") or quantity,
    )


def _looked_for(search: LastSearch | None) -> tuple[str | None, int | None]:
    """The size and number of pieces of the last search."""
    return (search["wish"].get("size"), search.get("quantity")) if search else (None, None)


def refine(focus: Focus, act: QueuedAct) -> Focus:
    """The same piece with what the act says anew; a size she does not want is forgotten."""
    refined = focus.copy()
    if act.get("colour") is not None:
        refined["colour"] = act["colour"]
        # "Nothing in white, size L" – "then black": she still wears L.
        refined["size"] = refined["size"] or refined.get("asked_size")
    if act.get("size") is not None:
        refined["size"] = act["size"]
    if act.get("quantity") is not None:
        refined["quantity"] = act["quantity"]
    if act.get("exclude_size") is not None and refined["size"] == act["exclude_size"]:
        refined["size"] = None
    if act.get("exclude_colour") is not None and refined["colour"] == act["exclude_colour"]:
        refined["colour"] = None
    return refined
