"""Products as the numbered options a customer chooses from."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import Option
from dukani.core.database import Connection
from dukani.core.store import products
from dukani.core.store.products import Picture, Variant
from dukani.tools import pieces


async def as_options(
    conn: Connection,
    product_ids: Sequence[str],
    *,
    colour: str | None = None,
    exclude_colours: Sequence[str] = (),
) -> tuple[Option, ...]:
    """Numbered options for these products, in the colour meant where they have it."""
    if not product_ids:
        return ()
    variants = await products.variants(conn, product_ids=product_ids)
    pictures = await products.pictures(conn, product_ids=product_ids)
    options: list[Option] = []
    for product_id in product_ids:
        own = [
            v for v in variants if v.product_id == product_id and v.colour not in exclude_colours
        ]
        mine = [picture for picture in pictures if picture.product_id == product_id]
        if own:
            options.append(_option(len(options) + 1, own, mine, colour))
    return tuple(options)


def _option(
    number: int, variants: Sequence[Variant], pictures: Sequence[Picture], colour: str | None
) -> Option:
    available = pieces.in_stock(variants) or list(variants)
    colours = pieces.colours_of(available)
    meant = pieces.matching_colour(colour, colours)
    if meant is None and len(colours) == 1:
        meant = colours[0]
    priced = [v for v in available if meant is None or v.colour == meant]
    return Option(
        number=number,
        product_id=variants[0].product_id,
        sku=variants[0].product_sku,
        name=variants[0].name,
        category=variants[0].category,
        colour=meant,
        colours=colours,
        sizes=pieces.sizes_of(pieces.in_stock(priced), colour=meant),
        price_minor=min(v.price_minor for v in priced),
        image_path=_picture_of(pictures, meant),
    )


def _picture_of(pictures: Sequence[Picture], colour: str | None) -> str | None:
    in_colour = [p for p in pictures if p.colour == colour]
    chosen = in_colour or list(pictures)
    return chosen[0].path if chosen else None
