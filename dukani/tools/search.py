"""Finds pieces for a wish, and says honestly what had to be given up to find them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dukani.agent.eye import PhotoAnalysis
from dukani.agent.facts import Option, PieceOutOfStock, Wish
from dukani.core.database import Connection
from dukani.core.store import products, search
from dukani.core.store.search import Criteria, Hit
from dukani.tools import pieces
from dukani.tools.criteria import (
    SURE,
    colour_family,
    colours_seen,
    criteria_of,
    patterns_seen,
    readings,
)
from dukani.tools.options import as_options
from dukani.tools.widening import widenings

__all__ = ["SURE", "Found", "find_pieces"]

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Found:
    """Options for a wish; `out_of_stock` is the piece that would have fitted."""

    options: tuple[Option, ...]
    dropped: tuple[str, ...] = ()
    out_of_stock: PieceOutOfStock | None = None
    out_of_stock_product: str | None = None
    more: bool = False


@dataclass(frozen=True, slots=True)
class _Query:
    conn: Connection
    words: tuple[str, ...]
    analysis: PhotoAnalysis | None
    prefer_colours: tuple[str, ...]
    cheapest: bool = False
    strict: bool = False  # a piece must match one of the words, …
    every_word: bool = False  # … or all of them

    async def run(self, criteria: Criteria, **how: Any) -> list[Hit]:
        # A piece known by name only must match the words; a described one is ranked by them.
        described = bool(criteria.categories or criteria.colours or criteria.occasion)
        seen = self.analysis is not None
        return await search.find(
            self.conn,
            criteria,
            words=self.words,
            must_match_words=bool(self.words) and (self.strict or not (described or seen)),
            every_word=self.every_word,
            vector=self.analysis.vector if self.analysis else None,
            model=self.analysis.model if self.analysis else "",
            prefer_colours=self.prefer_colours,
            prefer_patterns=patterns_seen(self.analysis),
            prefer_embroidery=bool(self.analysis and self.analysis.embroidery),
            cheapest=self.cheapest,
            limit=SHOWN + 1,
            **how,
        )


async def find_pieces(
    conn: Connection,
    wish: Wish,
    *,
    analysis: PhotoAnalysis | None = None,
    exclude_products: Sequence[str] = (),
    cheapest: bool = False,
    sizes: Sequence[str] = (),
) -> Found:
    """The best five pieces for what was said (`wish`) and shown (`analysis`).

    `sizes`: what a child of the age said wears; given up where nothing comes in them. `cheapest`
    orders by price.
    """
    criteria = criteria_of(wish, analysis, exclude_products)
    words = tuple((wish.words or wish.name or "").split())
    query = _Query(conn, words, analysis, colours_seen(wish, analysis), cheapest)
    if sizes:
        fitting = await _as_said(query, replace(criteria, sizes=sizes), wish, analysis)
        if fitting is not None:
            return fitting
    found = await _named(query, criteria, wish, analysis) if wish.name else None
    if found is None and wish.words:  # heels, if there are any; else shoes
        strict = replace(query, strict=True)
        found = await _as_said(strict, criteria, wish, analysis)
        if found is None and wish.size:
            any_size = replace(criteria, size=None)
            found = await _not_in_that(strict, any_size, criteria, wish, analysis)
    if found is None:
        found = await _as_said(query, criteria, wish, analysis)
    return found or await _giving_up(query, criteria, wish, analysis)


async def _as_said(
    query: _Query, criteria: Criteria, wish: Wish, analysis: PhotoAnalysis | None
) -> Found | None:
    """Pieces with all that was wished, or the one that would have it but is sold out."""
    for variation in readings(criteria):
        hits = await query.run(variation)
        if hits:
            return await _found(query.conn, hits, wish, analysis)
    if not (wish.size or wish.colour or query.every_word):
        return None
    for variation in readings(criteria):
        hits = await query.run(variation, sold_out=True)
        if hits:
            return await _sold_out(query, hits[0], criteria, wish, analysis)
    return None


async def _named(
    query: _Query, criteria: Criteria, wish: Wish, analysis: PhotoAnalysis | None
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
    found = await _as_said(query, sized, wish, analysis)
    return found or await _not_in_that(query, one, criteria, wish, analysis)


async def _not_in_that(
    query: _Query, anyhow: Criteria, criteria: Criteria, wish: Wish, analysis: PhotoAnalysis | None
) -> Found | None:
    """The piece that does not come in what was wished: said of it by its name."""
    hits = await query.run(anyhow, sold_out=True)
    return await _sold_out(query, hits[0], criteria, wish, analysis) if len(hits) == 1 else None


async def _sold_out(
    query: _Query, hit: Hit, criteria: Criteria, wish: Wish, analysis: PhotoAnalysis | None
) -> Found:
    """The piece exists but not in that colour and size now: say so, offer what is there."""
    variants = await products.variants(query.conn, product_ids=[hit.product_id])
    colour = pieces.matching_colour(wish.colour, pieces.colours_of(variants)) or wish.colour
    available = pieces.in_stock(variants)
    fact = PieceOutOfStock(
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
    found = await _found(query.conn, shown, wish, analysis)
    return replace(found, out_of_stock=fact, out_of_stock_product=hit.product_id)


async def _similar(query: _Query, criteria: Criteria, *, without: str) -> list[Hit]:
    others = replace(criteria, exclude_products=(*criteria.exclude_products, without))
    for loosened in (others, replace(others, colours=()), replace(others, size=None)):
        hits = await query.run(loosened)
        if hits:
            return hits
    return []


async def _giving_up(
    query: _Query, criteria: Criteria, wish: Wish, analysis: PhotoAnalysis | None
) -> Found:
    for widened in widenings(wish, criteria):
        for reading in readings(widened.criteria):
            hits = await query.run(reading)
            if hits:
                found = await _found(query.conn, hits, widened.wish, analysis)
                return replace(found, dropped=(*widened.dropped, *found.dropped))
    return Found(options=())


async def _found(
    conn: Connection, hits: Sequence[Hit], wish: Wish, analysis: PhotoAnalysis | None
) -> Found:
    shown = hits[:SHOWN]
    options = await as_options(
        conn,
        [hit.product_id for hit in shown],
        colour=wish.colour,
        seen=colours_seen(wish, analysis),
        exclude_colours=colour_family(wish.exclude_colour),
    )
    another_kind = bool(options) and all(option.category != wish.category for option in options)
    dropped = ("category",) if wish.category and another_kind and analysis is None else ()
    return Found(options=options, dropped=dropped, more=len(hits) > SHOWN)
