"""The products and cart lines that the situations of a file need. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dukani.domain.pieces import Line
from dukani.evals.catalogue_file import Catalogue
from dukani.evals.utterance_file import ContextLine, Situation
from dukani.tools.catalogue import NewProduct

# Steps that need a cart: a situation that lists none has one piece in it.
NEEDS_CART = ("address", "confirm", "payment", "payment_failed", "done", "paid")

PLENTY = 10_000
# The stock of a SKU that the file's catalogue lacks.
_UNKNOWN_STOCK = {
    colour: dict.fromkeys(("S", "M", "L", "XL"), PLENTY) for colour in ("black", "blue")
}


def products_for(catalogue: Catalogue, situations: Iterable[Situation]) -> list[NewProduct]:
    """The catalogue plus every SKU of the situations, with enough in stock."""
    found = {p.sku: p.as_new_product(catalogue.currency) for p in catalogue.products}
    for situation in situations:
        for sku in situation.skus:
            found.setdefault(sku, _placeholder(sku))
        for line in situation.cart:
            found[line.sku] = _with_stock(found[line.sku], line)
    first = next(iter(found))
    found[first] = _with_stock(found[first], ContextLine(sku=first, qty=PLENTY))
    return list(found.values())


def _placeholder(sku: str) -> NewProduct:
    return NewProduct(
        sku=sku,
        name=f"Plain Dress {sku}",
        category="dress",
        price_minor=300_000,
        stock=_UNKNOWN_STOCK,
    )


def _with_stock(product: NewProduct, line: ContextLine) -> NewProduct:
    stock = {colour: dict(sizes) for colour, sizes in product.stock.items()}
    colour = line.colour.lower() if line.colour else next(iter(stock))
    sizes = stock.setdefault(colour, {})
    size = line.size or next(iter(sizes), "M")
    sizes[size] = max(sizes.get(size, 0), line.quantity)
    return replace(product, stock=stock)


def lines_seen(situation: Situation, products: Sequence[NewProduct]) -> tuple[Line, ...]:
    """The lines of the cart or order the customer sees; values not given are empty."""
    by_sku = {product.sku: product for product in products}
    listed = situation.cart
    if not listed and situation.step in NEEDS_CART:
        listed = (ContextLine(sku=products[0].sku),)
    return tuple(
        Line(
            number=number,
            name=by_sku[line.sku].name,
            colour=(line.colour or "").lower(),
            size=line.size or "",
            quantity=line.quantity,
            unit_price_minor=by_sku[line.sku].price_minor,
            sku=line.sku,
            category=by_sku[line.sku].category,
        )
        for number, line in enumerate(listed, start=1)
    )
