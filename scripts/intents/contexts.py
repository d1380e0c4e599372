"""Shops and steps to read a clause in, as generated shoppers have them."""

from __future__ import annotations

from functools import lru_cache
from random import Random

from dukani.core.money import to_minor
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Assortment, Line, Option, SoldPiece
from dukani.domain.steps import Step
from dukani.evals.shoppers.shops import Product, Shop, Variant, generate

SEED, SHOPS = 2026, 60
STEPS: dict[str, Step] = {
    "start": "start", "shown": "products_found", "asked": "size_recommended",
    "cart": "cart_updated", "address": "awaiting_delivery_address",
    "total": "awaiting_confirmation", "prompt": "payment_initiated", "failed": "payment_failed",
    "paid": "order_completed",
}  # fmt: skip
ORDERED = ("cart", "address", "total", "prompt", "failed")


def context_at(where: str, rng: Random) -> tuple[TurnContext, list[str]]:
    """A conversation at this step, and what the pieces in it may be called for short."""
    shop = _shop(rng.randrange(SHOPS))
    shown = rng.sample(shop.products, k=min(rng.randint(1, 3), len(shop.products)))
    ordered = rng.sample(shop.products, k=min(rng.randint(1, 3), len(shop.products)))
    given: dict[str, object] = {"step": STEPS[where], "currency": shop.currency}
    if where == "shown":
        given["options"] = tuple(_option(shop, p, n) for n, p in enumerate(shown, start=1))
    if where == "asked":
        given |= _asked(shop, shown[0], rng)
    if where in ORDERED:
        given["cart"] = tuple(_line(shop, p, n, rng) for n, p in enumerate(ordered, start=1))
    if where in ("prompt", "failed", "paid"):
        given["has_order"] = True
    near = ordered if where in ORDERED else shown if where in ("shown", "asked") else []
    called = [name for piece in near or shop.products for name in shop.short_names(piece)]
    context = TurnContext.model_validate({**given, "sold": _assortment(shop)})
    return context, called or [piece.name for piece in near or shop.products]


@lru_cache(maxsize=SHOPS)
def _shop(number: int) -> Shop:
    return generate(SEED, number)


@lru_cache(maxsize=SHOPS)
def _assortment(shop: Shop) -> Assortment:
    pieces = tuple(_sold(shop, product) for product in shop.products)
    return Assortment(
        pieces=pieces,
        names=tuple(piece.name for piece in pieces),
        categories=tuple(dict.fromkeys(piece.category for piece in pieces)),
        colours=tuple(dict.fromkeys(colour for piece in pieces for colour in piece.colours)),
        sizes=tuple(dict.fromkeys(size for piece in pieces for size in piece.sizes)),
    )


def _sold(shop: Shop, product: Product) -> SoldPiece:
    colours = tuple(product.filed_colour(colour) for colour in product.colours)
    return SoldPiece(
        product_id=product.sku,
        sku=product.sku,
        name=product.name,
        category=product.category,
        colours=colours,
        sizes=product.sizes,
        price_minor=to_minor(product.price_units, shop.currency),
    )


def _option(shop: Shop, product: Product, number: int) -> Option:
    sold = _sold(shop, product)
    told = sold.model_dump(include=set(Option.model_fields) & set(SoldPiece.model_fields))
    return Option(number=number, **told)


def _asked(shop: Shop, product: Product, rng: Random) -> dict[str, object]:
    """The piece in hand, and the colour or size of it that was asked for."""
    sold = _sold(shop, product)
    asked = rng.choice(("colour", "size"))
    focus = _option(shop, product, 1)
    choices = sold.colours if asked == "colour" else sold.sizes
    return {"focus": focus, "question": asked, "choices": choices}


def _line(shop: Shop, product: Product, number: int, rng: Random) -> Line:
    variant: Variant = rng.choice(product.wanted or product.variants())
    filed = shop.filed(variant)
    return Line(
        number=number,
        name=product.name,
        colour=filed.colour,
        size=filed.size,
        quantity=rng.choice((1, 1, 2, 3)),
        unit_price_minor=to_minor(product.price_units, shop.currency),
        variant_id=f"{filed.sku} {filed.colour} {filed.size}",
        product_id=product.sku,
        sku=product.sku,
        category=product.category,
    )
