"""Finds pieces for a wish, and says honestly what had to be given up to find them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dukani.agent.eye import Sight
from dukani.agent.facts import Option, OutOfStock, Wish
from dukani.core.colours import similar_colours
from dukani.core.database import Connection
from dukani.core.store import products, search
from dukani.core.store.products import Picture, Variant
from dukani.core.store.search import Criteria, Hit
from dukani.tools import pieces

SHOWN = 5
SURE = 0.6  # the eye's confidence from which its category is taken as said

# What a word covers when the boutique has nothing under its own name.
RELATED: dict[str, tuple[str, ...]] = {
    "top": ("blouse", "shirt", "t-shirt", "sweater"),
    "blouse": ("top", "shirt"),
    "shirt": ("blouse", "top"),
    "sweater": ("top", "jacket"),
    "trousers": ("jeans",),
    "jeans": ("trousers",),
    "jacket": ("coat", "sweater"),
    "coat": ("jacket",),
    "kaftan": ("dress",),
    "scarf": ("leso",),
    "leso": ("scarf",),
}

# The local eye tells ten kinds apart; a kaftan is to it a dress or a top.
_MAY_BE: dict[str, tuple[str, ...]] = {
    "dress": ("dress", "kaftan", "jumpsuit"),
    "shirt": ("shirt", "blouse", "kanzu"),
    "top": ("top", "sweater", "blouse", "kaftan", "shirt"),
    "jacket": ("jacket", "coat", "suit"),
    "trousers": ("trousers", "jeans"),
    "skirt": ("skirt", "leso"),
}

_LOOKS_LIKE = {
    "patterned": ("ankara", "kitenge", "floral", "dotted", "graphic", "lace", "embroidered"),
}

# Given up one after another until something is found: what matters least goes first.
_GIVE_UP = ("occasion", "pattern", "embroidery", "size", "colour", "budget")


@dataclass(frozen=True, slots=True)
class Found:
    """Options for a wish; `out_of_stock` is the piece that would have fitted."""

    options: tuple[Option, ...]
    dropped: tuple[str, ...] = ()
    out_of_stock: OutOfStock | None = None
    out_of_stock_product: str | None = None
    more: bool = False


@dataclass(frozen=True, slots=True)
class _Query:
    conn: Connection
    words: tuple[str, ...]
    sight: Sight | None
    prefer_colours: tuple[str, ...]
    strict: bool = False  # a piece must match one of the words, …
    every_word: bool = False  # … or all of them

    async def run(self, criteria: Criteria, **how: Any) -> list[Hit]:
        # A piece known by name only must match the words; a described one is ranked by them.
        described = bool(criteria.categories or criteria.colours or criteria.occasion)
        seen = self.sight is not None
        return await search.find(
            self.conn,
            criteria,
            words=self.words,
            must_match_words=bool(self.words) and (self.strict or not (described or seen)),
            every_word=self.every_word,
            vector=self.sight.vector if self.sight else None,
            model=self.sight.model if self.sight else "",
            prefer_colours=self.prefer_colours,
            prefer_patterns=_patterns_seen(self.sight),
            prefer_embroidery=bool(self.sight and self.sight.embroidery),
            limit=SHOWN + 1,
            **how,
        )


async def find_pieces(
    conn: Connection,
    wish: Wish,
    *,
    sight: Sight | None = None,
    exclude_products: Sequence[str] = (),
) -> Found:
    """The best five pieces for what was said (`wish`) and shown (`sight`)."""
    criteria = _criteria(wish, sight, exclude_products)
    words = tuple((wish.words or wish.name or "").split())
    query = _Query(conn, words, sight, _colours_seen(wish, sight))
    found = await _named(query, criteria, wish, sight) if wish.name else None
    if found is None and wish.words:  # heels, if there are any; else shoes
        strict = replace(query, strict=True)
        found = await _as_said(strict, criteria, wish, sight)
        if found is None and wish.size:
            any_size = replace(criteria, size=None)
            found = await _not_in_that(strict, any_size, criteria, wish, sight)
    if found is None:
        found = await _as_said(query, criteria, wish, sight)
    return found or await _giving_up(query, criteria, wish, sight)


async def _as_said(
    query: _Query, criteria: Criteria, wish: Wish, sight: Sight | None
) -> Found | None:
    """Pieces with all that was wished, or the one that would have it but is sold out."""
    for variation in _readings(criteria):
        hits = await query.run(variation)
        if hits:
            return await _found(query.conn, hits, wish, sight)
    if not (wish.size or wish.colour or query.every_word):
        return None
    for variation in _readings(criteria):
        hits = await query.run(variation, sold_out=True)
        if hits:
            return await _sold_out(query, hits[0], criteria, wish, sight)
    return None


async def _named(
    query: _Query, criteria: Criteria, wish: Wish, sight: Sight | None
) -> Found | None:
    """The piece she calls by its name, though it may not come in what she wants."""
    name = tuple((wish.name or "").split())
    query = replace(query, words=name, strict=True, every_word=True)
    one = Criteria(
        # One word alone may be a person's name: then the kind of piece must fit as well.
        categories=criteria.categories if len(name) == 1 else (),
        exclude_products=criteria.exclude_products,
    )
    sized = replace(one, size=criteria.size, colours=criteria.colours)
    found = await _as_said(query, sized, wish, sight)
    return found or await _not_in_that(query, one, criteria, wish, sight)


async def _not_in_that(
    query: _Query, anyhow: Criteria, criteria: Criteria, wish: Wish, sight: Sight | None
) -> Found | None:
    """The piece that does not come in what was wished: said of it by its name."""
    hits = await query.run(anyhow, sold_out=True)
    return await _sold_out(query, hits[0], criteria, wish, sight) if len(hits) == 1 else None


def _criteria(wish: Wish, sight: Sight | None, exclude: Sequence[str]) -> Criteria:
    return Criteria(
        categories=(wish.category,) if wish.category else _categories_seen(sight),
        colours=(wish.colour,) if wish.colour else (),
        exclude_colours=_family(wish.exclude_colour),
        size=wish.size,
        price_min_minor=wish.budget_min_minor,
        price_max_minor=wish.budget_max_minor,
        occasion=wish.occasion,
        pattern=wish.pattern,
        embroidery=wish.embroidery,
        exclude_products=exclude,
    )


def _categories_seen(sight: Sight | None) -> tuple[str, ...]:
    """What a photo may show: one kind of piece when the eye is sure, else its likeliest."""
    if sight is None:
        return ()
    likely = (sight.category, *(() if sight.confidence >= SURE else sight.alternatives[:2]))
    return tuple(dict.fromkeys(kind for seen in likely for kind in _MAY_BE.get(seen, (seen,))))


def _patterns_seen(sight: Sight | None) -> tuple[str, ...]:
    """The catalogue's patterns that look like what the eye can tell apart."""
    if sight is None or sight.pattern in (None, "plain"):
        return ()
    return _LOOKS_LIKE.get(str(sight.pattern), (str(sight.pattern),))


def _family(colour: str | None) -> tuple[str, ...]:
    return similar_colours(colour) if colour else ()


def _colours_seen(wish: Wish, sight: Sight | None) -> tuple[str, ...]:
    if sight is None or wish.colour:
        return ()
    return tuple(dict.fromkeys((*((sight.colour,) if sight.colour else ()), *sight.colours)))


def _readings(criteria: Criteria) -> Iterable[Criteria]:
    """Readings of the same wish, from the letter to the sense."""
    yield criteria
    near_colours = _family(criteria.colours[0]) if criteria.colours else ()
    if len(near_colours) > 1:
        yield replace(criteria, colours=near_colours)
    related = [other for kind in criteria.categories for other in RELATED.get(kind, ())]
    if related:
        yield replace(criteria, categories=related, colours=near_colours)


async def _sold_out(
    query: _Query, hit: Hit, criteria: Criteria, wish: Wish, sight: Sight | None
) -> Found:
    """The piece exists but not in that colour and size now: say so, offer what is there."""
    variants = await products.variants(query.conn, product_ids=[hit.product_id])
    colour = pieces.matching_colour(wish.colour, pieces.colours_of(variants)) or wish.colour
    available = pieces.in_stock(variants)
    fact = OutOfStock(
        name=hit.name,
        colour=colour,
        size=wish.size,
        other_sizes=pieces.sizes_of(available, colour=colour) if colour else (),
        other_colours=tuple(
            other
            for other in pieces.colours_of(v for v in available if wish.size in (None, v.size))
            if other != colour
        ),
    )
    similar = await _similar(query, criteria, without=hit.product_id)
    # The piece itself first, where it is there in another size or colour.
    shown = [hit, *similar] if available else similar
    found = await _found(query.conn, shown, wish, sight)
    return replace(found, out_of_stock=fact, out_of_stock_product=hit.product_id)


async def _similar(query: _Query, criteria: Criteria, *, without: str) -> list[Hit]:
    others = replace(criteria, exclude_products=(*criteria.exclude_products, without))
    for loosened in (others, replace(others, colours=()), replace(others, size=None)):
        hits = await query.run(loosened)
        if hits:
            return hits
    return []


async def _giving_up(query: _Query, criteria: Criteria, wish: Wish, sight: Sight | None) -> Found:
    dropped: list[str] = []
    for name in _GIVE_UP:
        if not _asked(wish, name):
            continue
        dropped.append(name)
        criteria = _without(criteria, name)
        for reading in _readings(criteria):
            hits = await query.run(reading)
            if hits:
                found = await _found(query.conn, hits, _unwished(wish, dropped), sight)
                return replace(found, dropped=(*_wish_fields(dropped), *found.dropped))
    return Found(options=())


def _wish_fields(dropped: Sequence[str]) -> tuple[str, ...]:
    """What was given up, by the names the wish has for it."""
    limits = ("budget_min_minor", "budget_max_minor")
    return tuple(f for name in dropped for f in (limits if name == "budget" else (name,)))


def _asked(wish: Wish, name: str) -> bool:
    if name == "budget":
        return wish.budget_min_minor is not None or wish.budget_max_minor is not None
    return getattr(wish, name) is not None


def _without(criteria: Criteria, name: str) -> Criteria:
    match name:
        case "colour":
            return replace(criteria, colours=())
        case "budget":
            return replace(criteria, price_min_minor=None, price_max_minor=None)
        case "size":
            return replace(criteria, size=None)
        case "occasion":
            return replace(criteria, occasion=None)
        case "pattern":
            return replace(criteria, pattern=None)
        case _:
            return replace(criteria, embroidery=None)


def _unwished(wish: Wish, dropped: Sequence[str]) -> Wish:
    gone: dict[str, None] = {name: None for name in dropped if name != "budget"}
    return wish.model_copy(update=gone)


async def _found(conn: Connection, hits: Sequence[Hit], wish: Wish, sight: Sight | None) -> Found:
    shown = hits[:SHOWN]
    options = await as_options(
        conn,
        [hit.product_id for hit in shown],
        colour=wish.colour or (sight.colour if sight else None),
        exclude_colours=_family(wish.exclude_colour),
    )
    another_kind = bool(options) and all(option.category != wish.category for option in options)
    dropped = ("category",) if wish.category and another_kind and sight is None else ()
    return Found(options=options, dropped=dropped, more=len(hits) > SHOWN)


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
