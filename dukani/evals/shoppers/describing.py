"""Makes unambiguous descriptions of order lines and pieces (referring expressions). Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from dukani.domain.acts import Target, Values
from dukani.evals.shoppers.goals import Item, Truth
from dukani.evals.shoppers.shops import ONE, Product, Shop
from dukani.evals.shoppers.wording import Colour, Kind, Number, Size, Slot, Words

Described = tuple[Target, Words]


def describe_line(rng: Random, shop: Shop, truth: Truth, item: Item) -> Described:
    """The line's name, kind, colour or size, if no other line shares it."""
    return rng.choice(list(descriptions(rng, shop, truth, item)))


def descriptions(rng: Random, shop: Shop, truth: Truth, item: Item) -> Iterator[Described]:
    others = [other for other in truth.items if other != item]
    product = shop.product(item.sku)
    same = [other for other in others if other.sku == item.sku]
    yield _by_name(rng, shop, product, item, same)
    colour_tells = _colour_tells(shop, item, others)
    if colour_tells:
        yield _with("line_colour", Target(colour=filed_colour(shop, item)), colour=item.colour)
    if not same and _kind_tells(shop, product, others):
        target = Target(category=product.category)
        yield target, Words("line_kind", {"kind": Kind(product.kind)})
    elif colour_tells and _kind_tells(shop, product, [o for o in others if o not in same]):
        target = Target(category=product.category, colour=filed_colour(shop, item))
        slots: dict[str, Slot] = {"kind": Kind(product.kind), "colour": Colour(item.colour)}
        yield target, Words("line_colour_kind", slots)
    if item.size != ONE and all(other.size != item.size for other in others):
        yield Target(size=item.size), Words("line_size", {"size": Size(item.size)})


def _by_name(rng: Random, shop: Shop, product: Product, item: Item, same: list[Item]) -> Described:
    """The line's name, and if several lines have it, the colour or size that differs."""
    name = said_name(rng, shop, product)
    if not same:
        return Target(name=name), Words("line_name", {"name": name})
    if all(_differ(shop, item, other) for other in same):
        slots: dict[str, Slot] = {"name": name, "colour": Colour(item.colour)}
        target = Target(name=name, colour=filed_colour(shop, item))
        return target, Words("line_colour_name", slots)
    if all(other.size != item.size for other in same):
        sized: dict[str, Slot] = {"name": name, "size": Size(item.size)}
        return Target(name=name, size=item.size), Words("line_size_name", sized)
    both: dict[str, Slot] = {
        "line": Words("line_size_name", {"name": name, "size": Size(item.size)}),
        "colour": Colour(item.colour),
    }
    target = Target(name=name, size=item.size, colour=filed_colour(shop, item))
    return target, Words("line_in", both)


def _with(key: str, target: Target, *, colour: str) -> Described:
    return target, Words(key, {"colour": Colour(colour)})


def _colour_tells(shop: Shop, item: Item, others: list[Item]) -> bool:
    """Whether no other line is of that colour, or has that colour in its name."""
    words = set(item.colour.split())
    named = (set(shop.product(other.sku).name.lower().split()) for other in others)
    return all(_differ(shop, item, other) for other in others) and not any(
        words & name for name in named
    )


def _differ(shop: Shop, one: Item, other: Item) -> bool:
    words = set(one.colour.split()) & set(other.colour.split())
    return not words and filed_colour(shop, one) != filed_colour(shop, other)


def _kind_tells(shop: Shop, product: Product, others: list[Item]) -> bool:
    """Whether no other line is of that kind, or has that kind in its name."""
    for other in others:
        piece = shop.product(other.sku)
        if piece.category == product.category or product.category in piece.name.lower():
            return False
    return True


def shared_by(shop: Shop, one: Item, other: Item) -> Described | None:
    """A description that fits both lines: their piece, else their kind."""
    product, piece = shop.product(one.sku), shop.product(other.sku)
    if product == piece:
        return Target(name=product.name), Words("line_name", {"name": product.name})
    if product.kind == piece.kind:
        return Target(category=product.category), Words("line_kind", {"kind": Kind(product.kind)})
    return None


def said_name(rng: Random, shop: Shop, product: Product) -> str:
    """The product's whole name, or a short name that fits no other product."""
    return rng.choice([product.name, product.name, *shop.short_names(product)])


def filed_colour(shop: Shop, item: Item) -> str:
    return shop.product(item.sku).filed_colour(item.colour)


# ── a wanted piece ──────────────────────────────────────────────────────────


def values_of(shop: Shop, item: Item, told: frozenset[str]) -> Values:
    """The item's values among `told`, in the shop's own names."""
    return Values(
        colour=filed_colour(shop, item) if "colour" in told else None,
        size=item.size if "size" in told else None,
        quantity=item.quantity if "quantity" in told else None,
    )


def piece_words(name: Slot, item: Item, told: frozenset[str]) -> Words:
    """The noun phrase of an item with its values among `told`."""
    slots: dict[str, Slot] = {"name": name, **value_slots(item, told)}
    return Words("piece", slots)


def value_slots(item: Item, told: frozenset[str]) -> dict[str, Slot]:
    said: dict[str, Callable[[], Slot]] = {
        "colour": lambda: Colour(item.colour),
        "size": lambda: Size(item.size),
        "quantity": lambda: Number(item.quantity),
    }
    return {"n" if key == "quantity" else key: said[key]() for key in said if key in told}


def part_words(item: Item, told: frozenset[str]) -> Words:
    """A part of a line: "two in red"."""
    return Words("part", value_slots(item, told | {"quantity"}))
