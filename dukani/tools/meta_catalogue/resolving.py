"""Where Meta has a piece otherwise than we: an owner takes what is there, or sends ours again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dukani.core.database import Connection
from dukani.core.errors import CallerError, InvalidValue, NotFound
from dukani.core.store import catalogue_items, catalogue_list
from dukani.core.store.catalogue_list import CatalogueItem
from dukani.tools.meta_catalogue.items import digest_of
from dukani.tools.piece_lists.prices import MOST_MINOR
from dukani.tools.product_editing import change_piece, the_product
from dukani.tools.variant_editing import change_variant, the_variant

MOST_NAME = 120


class NothingToTake(CallerError):
    """Nothing of it can be taken over: stock is counted here, so send ours again instead."""

    http_status = 409


class TheirsChanged(CallerError):
    """Meta has it otherwise than you were shown: look at the differences again, then decide."""

    http_status = 409


@dataclass(frozen=True, slots=True)
class Taken:
    """A name, and prices by variant: one for the whole piece where all agree."""

    name: str | None
    piece_price_minor: int | None
    prices_minor: dict[str, int]

    @property
    def anything(self) -> bool:
        return bool(self.name or self.piece_price_minor or self.prices_minor)


async def take_theirs(
    conn: Connection, *, product_id: str, currency: str, shown: str | None = None
) -> Taken:
    """Change our piece to what Meta had when it was read last, by the tools that edit pieces.

    `shown`: the digest of what whoever decides was shown. Stock stays ours, so Meta is told of it
    again. Raises NotFound, TheirsChanged, NothingToTake, InvalidValue.
    """
    product = await the_product(conn, product_id=product_id, lock=True)
    items = await _items(conn, product_id)
    if shown is not None and shown != theirs_digest(items):
        raise TheirsChanged
    taken = to_take(items, currency)
    if not taken.anything:
        raise NothingToTake
    changes: dict[str, object] = {}
    if taken.name is not None:
        changes["name"] = taken.name
    if taken.piece_price_minor is not None:
        changes["price_minor"] = taken.piece_price_minor
    await change_piece(conn, product, changes)
    for variant_id, price in taken.prices_minor.items():
        variant = await the_variant(conn, product_id=product_id, variant_id=variant_id)
        if taken.piece_price_minor is not None and variant.price_minor is None:
            continue  # it follows the piece
        await change_variant(conn, variant, {"price_minor": price})
    await catalogue_items.spoil(conn, product_id=product_id, drifted_only=True)
    await catalogue_items.drop_drift(conn, product_id=product_id)
    return taken


async def keep_ours(conn: Connection, *, product_id: str) -> int:
    """Send the piece's items that differ again; their number. Raises NotFound."""
    await the_product(conn, product_id=product_id)
    await _items(conn, product_id)
    sent = await catalogue_items.spoil(conn, product_id=product_id, drifted_only=True)
    await catalogue_items.drop_drift(conn, product_id=product_id)
    return sent


async def _items(conn: Connection, product_id: str) -> list[CatalogueItem]:
    """Raises NotFound where nothing differs."""
    found = await catalogue_list.items_of(conn, product_ids=[product_id])
    if not any(item.drift for item in found):
        raise NotFound("Meta has this piece as it is here.")
    return found


def theirs_digest(items: Sequence[CatalogueItem]) -> str:
    """Of all that Meta has otherwise; the same as long as it has the same."""
    return digest_of(
        {one.retailer_id: [sorted(one.drift), one.theirs] for one in items if one.drift}
    )


def to_take(items: Sequence[CatalogueItem], currency: str) -> Taken:
    """What of Meta's values can become ours. Raises InvalidValue for one that must not.

    One price for all that is made becomes the piece's; else each colour and size has its own.
    """
    made = [item for item in items if not item.retired]
    prices = {
        item.retailer_id: price
        for item in made
        if "price" in item.drift and (price := _price(item, currency)) is not None
    }
    now = {prices.get(item.retailer_id, item.price_minor) for item in made}
    one_price = next(iter(now)) if prices and len(now) == 1 else None
    return Taken(_name(made), one_price, prices)


def _price(item: CatalogueItem, currency: str) -> int | None:
    """None where it cannot be ours. Raises InvalidValue for a negative one."""
    theirs = item.theirs or {}
    price = theirs.get("price_minor")
    if isinstance(price, int) and price < 0:
        raise InvalidValue(
            field="price",
            value=str(price),
            remedy="Meta has a price below zero: put it right there, or keep ours.",
        )
    usable = isinstance(price, int) and 0 < price <= MOST_MINOR
    usable = usable and theirs.get("currency") == currency
    return price if usable else None


def _name(items: Sequence[CatalogueItem]) -> str | None:
    """Meta has a name for each item, we one for the piece: only one that is the same is taken."""
    names = {
        str((item.theirs or {}).get("name") or "").strip()
        for item in items
        if "title" in item.drift
    } - {""}
    if len(names) > 1:
        raise InvalidValue(
            field="title",
            remedy="Meta has several names for this piece: change the name here, or keep ours.",
        )
    name = next(iter(names), None)
    if name is not None and len(name) > MOST_NAME:
        raise InvalidValue(
            field="title", value=name, remedy=f"A name has at most {MOST_NAME} letters: keep ours."
        )
    return name
