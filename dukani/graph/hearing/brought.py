"""Finds catalogue orders, product cards and advertisements among a turn's messages.

Their items are looked up in the boutique's own catalogue. A WhatsApp catalogue order becomes edits
of the draft order; unknown items and differing prices are told. A piece asked about or advertised
becomes the piece in focus.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from dukani.agent.facts import (
    CatalogueCut,
    Fact,
    PiecesGone,
    PiecesUnknown,
    PricesDiffer,
    PriceTag,
)
from dukani.core.money import minor_per_unit
from dukani.core.store import products
from dukani.core.store.messages import Message
from dukani.core.store.products import Listed, Variant
from dukani.domain.acts import Add, Target, Values
from dukani.domain.advertised import pieces_advertised
from dukani.domain.brought import (
    Advert,
    CatalogueOrder,
    OrderedItem,
    advert,
    catalogue_order,
    referred_product,
)
from dukani.domain.pieces import Assortment, Focus
from dukani.graph.context import Context

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Brought:
    """Edits, facts and pieces that follow from what was sent besides words.

    `about` is the one piece the words are about; `shows` are the pieces to show if the words ask
    nothing. `advert` is set when an advertisement names no piece of the shop, `unknown` when none
    of the pieces sent is the shop's, `asks_of_unknown` when the customer asked about such a piece.
    """

    adds: tuple[Add, ...] = ()
    facts: tuple[Fact, ...] = ()
    about: Focus | None = None
    shows: tuple[str, ...] = ()
    advert: Advert | None = None
    unknown: bool = False
    asks_of_unknown: bool = False

    @property
    def speaks_of_pieces(self) -> bool:
        """Whether words that name no piece are about the pieces brought."""
        return bool(self.shows) or self.advert is not None or self.unknown


async def what_was_brought(
    context: Context, written: Sequence[Message], carts: Sequence[CatalogueOrder] = ()
) -> Brought:
    """All lines of all orders, and the last product card or advertisement.

    `carts`: of the shop's window, which are orders like those of a WhatsApp catalogue.
    """
    orders = [order for m in written if (order := catalogue_order(m.payload)) is not None]
    orders += carts
    referred = _last(referred_product(message.payload) for message in written)
    advertised = _last(advert(message.payload) for message in written)
    if not orders and referred is None and advertised is None:
        return Brought()
    if referred is not None:
        about = await _asked_about(context, referred)
    elif advertised is not None:
        about = _advertised(await _sold(context, ()), advertised)
    else:
        about = Brought()
    return await _with_orders(context, about, orders) if orders else about


def _last(found: Iterable[_T | None]) -> _T | None:
    present = [one for one in found if one is not None]
    return present[-1] if present else None


async def _sold(context: Context, wanted: Sequence[Listed]) -> Assortment:
    """The boutique's assortment, reloaded if the cached one lacks a wanted piece."""
    assortments, of = context.senses.assortments, context.boutique.id
    sold = await assortments.of(context.conn, boutique_id=of)
    known = {piece.product_id for piece in sold.pieces}
    if any(listed.product_id not in known for listed in wanted):
        assortments.forget(boutique_id=of)
        sold = await assortments.of(context.conn, boutique_id=of)
    return sold


# ── product cards and advertisements ────────────────────────────────────────


async def _asked_about(context: Context, retailer_id: str) -> Brought:
    listed = await products.by_retailer_ids(context.conn, retailer_ids=[retailer_id])
    sold = await _sold(context, listed)
    focus = _focus(listed[0], sold) if listed else None
    if focus is None:
        strange = PiecesUnknown(ids=(retailer_id,), asked_about=True)
        return Brought(facts=(strange,), unknown=True, asks_of_unknown=True)
    return Brought(about=focus, shows=(focus.product_id,))


def _focus(listed: Listed, sold: Assortment) -> Focus | None:
    piece = next((p for p in sold.pieces if p.product_id == listed.product_id), None)
    if piece is None:
        return None
    return Focus(
        product_id=piece.product_id,
        sku=piece.sku,
        name=piece.name,
        category=piece.category,
        colour=listed.colour,
        size=listed.size,
    )


def _advertised(sold: Assortment, told: Advert) -> Brought:
    pieces = pieces_advertised(told, sold.pieces)
    if not pieces:
        return Brought(advert=told)
    ids = tuple(piece.product_id for piece in pieces)
    only = Listed("", ids[0], None, None) if len(ids) == 1 else None
    return Brought(about=_focus(only, sold) if only else None, shows=ids)


# ── WhatsApp catalogue orders ───────────────────────────────────────────────


async def _with_orders(
    context: Context, brought: Brought, orders: Sequence[CatalogueOrder]
) -> Brought:
    items = [item for order in orders for item in order.items]
    none_of = [id_ for order in orders for id_ in order.none_of]
    listed = await products.by_retailer_ids(
        context.conn, retailer_ids=[*(item.retailer_id for item in items), *none_of]
    )
    sold = await _sold(context, listed)
    ours = {one.retailer_id: one for one in listed if _focus(one, sold) is not None}
    known = [(item, ours[item.retailer_id]) for item in items if item.retailer_id in ours]
    facts = [
        *await _missing_facts(context, items, ours),
        *_cut_facts(orders),
        *await _price_facts(context, known),
    ]
    # A piece ordered without a quantity is shown, and the customer says how many.
    only_shown = [ours[id_] for id_ in none_of if id_ in ours] if not known else []
    meant = [one for _, one in known] or only_shown
    only = _focus(meant[0], sold) if len(meant) == 1 else None
    return Brought(
        adds=tuple(_add(item, one) for item, one in known),
        facts=(*facts, *brought.facts),
        about=brought.about or only,
        shows=brought.shows or tuple(dict.fromkeys(one.product_id for one in only_shown)),
        advert=brought.advert,
        unknown=brought.unknown or not meant,
    )


def _add(item: OrderedItem, listed: Listed) -> Add:
    return Add(
        target=Target(product_id=listed.product_id),
        values=Values(colour=listed.colour, size=listed.size, quantity=item.quantity),
    )


async def _missing_facts(
    context: Context, items: Sequence[OrderedItem], ours: dict[str, Listed]
) -> list[Fact]:
    """What of the order is no longer sold, and what never was, is told apart."""
    missing = [item.retailer_id for item in items if item.retailer_id not in ours]
    if not missing:
        return []
    gone = await products.gone_by_retailer_ids(context.conn, retailer_ids=missing)
    names = tuple(dict.fromkeys(gone[id_] for id_ in missing if id_ in gone))
    strange = tuple(id_ for id_ in missing if id_ not in gone)
    facts: list[Fact] = [PiecesGone(names=names, others=bool(ours))] if names else []
    others = bool(ours) or bool(names)
    return [*facts, PiecesUnknown(ids=strange, others=others)] if strange else facts


def _cut_facts(orders: Sequence[CatalogueOrder]) -> list[Fact]:
    left_out = sum(order.left_out for order in orders)
    return [CatalogueCut(left_out=left_out)] if left_out else []


async def _price_facts(context: Context, known: Sequence[tuple[OrderedItem, Listed]]) -> list[Fact]:
    """A fact with our prices of the items for which the catalogue told another price."""
    ids = list({listed.product_id for _, listed in known})
    variants = await products.variants(context.conn, product_ids=ids) if ids else []
    currency = context.boutique.currency
    tags = [
        PriceTag(name=mine[0].name, price_minor=min(v.price_minor for v in mine))
        for item, listed in known
        if (mine := _variants_of(listed, variants)) and _differs(item, mine, currency)
    ]
    return [PricesDiffer(pieces=tuple(dict.fromkeys(tags)))] if tags else []


def _variants_of(listed: Listed, variants: Sequence[Variant]) -> list[Variant]:
    return [
        v
        for v in variants
        if v.product_id == listed.product_id
        and listed.colour in (None, v.colour)
        and listed.size in (None, v.size)
    ]


def _differs(item: OrderedItem, variants: Sequence[Variant], currency: str) -> bool:
    if item.price is None:
        return False
    if item.currency and item.currency != currency:
        return True
    theirs = item.price * Decimal(minor_per_unit(currency))
    return all(theirs != variant.price_minor for variant in variants)
