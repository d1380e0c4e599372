"""Converts products to the numbered options a customer chooses from."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import Option
from dukani.core.colours import nearest_colour
from dukani.core.database import Connection
from dukani.core.store import products
from dukani.core.store.products import Picture, Variant
from dukani.tools import pieces


async def as_options(
    conn: Connection,
    product_ids: Sequence[str],
    *,
    colour: str | None = None,
    seen: Sequence[str] = (),
    exclude_colours: Sequence[str] = (),
) -> tuple[Option, ...]:
    """Numbered options for these products, in `colour` if they come in it.

    `seen`: the colours of a photo, the main one first. A piece that comes in none of them is shown
    in the nearest colour, and its option names no colour, since nobody asked for that one.
    """
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
            options.append(_option(len(options) + 1, own, mine, colour, seen))
    return tuple(options)


def _option(
    number: int,
    variants: Sequence[Variant],
    pictures: Sequence[Picture],
    colour: str | None,
    seen: Sequence[str],
) -> Option:
    available = pieces.in_stock(variants) or list(variants)
    colours = pieces.colours_of(available)
    main = next(iter(seen), None)
    meant = pieces.matching_colour(colour or main, colours)
    if meant is None and len(colours) == 1:
        meant = colours[0]
    shown = meant or _seen_colour(seen[1:], colours) or nearest_colour(colour or main, colours)
    priced = [v for v in available if meant is None or v.colour == meant]
    return Option(
        number=number,
        product_id=variants[0].product_id,
        sku=variants[0].product_sku,
        name=variants[0].name,
        category=variants[0].category,
        colour=meant,
        colours=tuple(dict.fromkeys((*([shown] if shown else []), *colours))),
        sizes=pieces.sizes_of(pieces.in_stock(priced), colour=meant),
        price_minor=min(v.price_minor for v in priced),
        image_path=_picture_of(pictures, shown, colours),
        variants=_uneven(pieces.in_stock(priced)) if meant is None else (),
    )


def _uneven(variants: Sequence[Variant]) -> tuple[tuple[str, str], ...]:
    """Colour and size of each, unless every colour comes in every size."""
    made = tuple(dict.fromkeys((v.colour, v.size) for v in variants))
    every = len(pieces.colours_of(variants)) * len(pieces.sizes_of(variants))
    return made if len(made) < every else ()


def _seen_colour(seen: Sequence[str], colours: Sequence[str]) -> str | None:
    """The first of a photo's other colours that the piece comes in."""
    found = (pieces.matching_colour(colour, colours) for colour in seen)
    return next((colour for colour in found if colour is not None), None)


def _picture_of(
    pictures: Sequence[Picture], colour: str | None, colours: Sequence[str]
) -> str | None:
    """The path of the product's picture in that colour, else of one without a colour.

    Another colour's picture would mislead, so it is not used: the caller draws a tile instead.
    If no colour is given, any picture will do.
    """
    wanted = [colour, None] if colour else [*colours, None]
    paths = {picture.colour: picture.path for picture in reversed(pictures)}
    return next((paths[one] for one in wanted if one in paths), None)
