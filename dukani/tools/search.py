"""Searches pieces for a wish and a photo, relaxing the wish step by step if nothing fits.

The result names the parts of the wish that were dropped.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dukani.agent.eye import Eye, PhotoAnalysis
from dukani.agent.facts import Option, PieceOutOfStock, Wish
from dukani.core.database import Connection
from dukani.core.store import products, search
from dukani.core.store.search import Criteria, Hit
from dukani.domain.sizes import size_said
from dukani.domain.wearers import Whom, fits_whom
from dukani.tools import pieces
from dukani.tools.close_to import CloseWish, close_to
from dukani.tools.criteria import (
    SURE,
    colour_family,
    colours_seen,
    criteria_of,
    patterns_seen,
    readings,
)
from dukani.tools.cut_for import for_them, not_for_others, only_theirs
from dukani.tools.describing import SHOWS, Described, described
from dukani.tools.embedding import searched_by
from dukani.tools.models import has_models, with_models, with_what_is_worn
from dukani.tools.options import as_options
from dukani.tools.telling_words import (
    is_distinctive,
    named_for_use,
    numbered,
    of_kind_said,
    telling_words,
    told_of,
)
from dukani.tools.widening import widenings

__all__ = ["SURE", "Found", "find_pieces"]

SHOWN = 5
LOOKED_AT = 24  # pieces of a kind from which those are picked that the words tell of
ALL_LOOKED_AT = 120  # pieces from which those are picked that are for somebody
ANYBODY = Whom()


@dataclass(frozen=True, slots=True)
class Found:
    """The options found for a wish.

    `dropped` are the wish's fields given up; `out_of_stock` tells of a sold-out piece that would
    have fitted, whose product id is `out_of_stock_product`. `more`: there are further pieces.
    `meant`: the product id of the only piece that the words tell of, where others stand beside it.
    """

    options: tuple[Option, ...]
    dropped: tuple[str, ...] = ()
    out_of_stock: PieceOutOfStock | None = None
    out_of_stock_product: str | None = None
    more: bool = False
    meant: str | None = None


@dataclass(frozen=True, slots=True)
class _Query:
    """The words, photo and preferences of a search, to be run with several criteria.

    `described`: what the words look like, where no photo says it.
    """

    conn: Connection
    words: tuple[str, ...]
    analysis: PhotoAnalysis | None
    prefer_colours: tuple[str, ...]
    cheapest: bool = False
    described: Described | None = None
    strict: bool = False  # a piece must match one of the words, …
    every_word: bool = False  # … or all of them
    whom: Whom = ANYBODY

    async def run(self, criteria: Criteria, *, limit: int | None = None, **how: Any) -> list[Hit]:
        # With a category, colour, occasion or photo the words only rank; without, they must match.
        described = bool(criteria.categories or criteria.colours or criteria.occasions)
        seen = self.analysis
        looks = await self._looks()
        return await search.find(
            self.conn,
            criteria,
            words=self.words,
            must_match_words=bool(self.words)
            and (self.strict or not (described or seen is not None)),
            every_word=self.every_word,
            vector=looks.vector if looks else None,
            model=looks.model if looks else "",
            of_words=seen is None and looks is not None,
            prefer_colours=self.prefer_colours,
            prefer_patterns=patterns_seen(self.analysis),
            prefer_embroidery=bool(self.analysis and self.analysis.embroidery),
            cheapest=self.cheapest,
            limit=limit or self.looked_at + 1,
            **how,
        )

    @property
    def looked_at(self) -> int:
        """How many pieces are looked at: more than shown where some may be for others."""
        return SHOWN if self.whom == ANYBODY else LOOKED_AT

    async def _looks(self) -> Described | None:
        """The vector that pictures are compared with, by a model that all of them have."""
        if self.analysis is None:
            return self.described
        model = await searched_by(self.conn, self.analysis)
        return Described(model, self.analysis.vectors[model])


async def find_pieces(
    conn: Connection,
    wish: Wish,
    *,
    analysis: PhotoAnalysis | None = None,
    sizes: Sequence[str] = (),
    whom: Whom = ANYBODY,
    **how: Any,
) -> Found:
    """The best pieces for a wish and a photo's analysis, as `_find` tells; else what comes close.

    For "timbs" boots, and of what no shop word tells what fits the rest of the wish.
    """
    found = await _find(conn, wish, analysis=analysis, sizes=sizes, whom=whom, **how)
    if found.options or found.out_of_stock is not None or analysis is not None:
        return found
    sold = await products.categories(conn)
    for other in close_to(wish, sold, for_somebody=bool(sizes) or whom != ANYBODY):
        close = _in_its_size(await _find(conn, other.wish, sizes=sizes, whom=whom, **how), other)
        if close.options and close.out_of_stock is None and other.may_drop(close.dropped):
            return replace(close, dropped=tuple(dict.fromkeys((*other.dropped, *close.dropped))))
    return found


def _in_its_size(found: Found, other: CloseWish) -> Found:
    """The result without pieces of one size, where a size is all that is left of the wish."""
    size, called = other.wish.size, other.wish.category or other.wish.words
    if size is None or called:
        return found
    left = [one for one in found.options if size_said(size, one.sizes) is not None]
    return replace(found, options=numbered(left))


async def _find(
    conn: Connection,
    wish: Wish,
    *,
    analysis: PhotoAnalysis | None = None,
    exclude_products: Sequence[str] = (),
    cheapest: bool = False,
    sizes: Sequence[str] = (),
    kinds: Sequence[str] = (),
    eye: Eye | None = None,
    whom: Whom = ANYBODY,
) -> Found:
    """The best SHOWN pieces for a wish and a photo's analysis.

    Of a kind with no more pieces than that all come, those first that the words tell of; none that
    is plainly for others than `whom`. `sizes`: sizes that fit the children's ages, and `kinds`: the
    shop's own kinds for children; ignored if no piece comes in them. `cheapest` orders by price.
    With an `eye` that knows what words look like, pieces that look like them come first.
    """
    if wish.name and has_models(wish.name):
        wish = wish.model_copy(update={"name": None, "words": wish.words or wish.name})
    criteria = criteria_of(wish, analysis, exclude_products)
    words = tuple((wish.words or wish.name or "").split())
    whom = ANYBODY if analysis is not None else whom  # a photo shows whose it is
    looks = await described(conn, wish, eye) if analysis is None else None
    colours = colours_seen(wish, analysis)
    query = _Query(conn, words, analysis, colours, cheapest, looks, whom=whom)
    if whom != ANYBODY and analysis is None and not sizes and wish == Wish():
        return await _theirs(query, criteria, whom)
    if sizes:
        of_children = (*criteria.categories, *kinds) if criteria.categories else ()
        sized = replace(criteria, sizes=sizes, categories=of_children)
        fitting = await _as_said(query, sized, wish, analysis)
        if fitting is not None:
            return _of_the_kind(fitting, wish, whom)
    found = await _named(query, criteria, wish, analysis) if wish.name else None
    if found is None and wish.words:  # the words must match first: "heels" before any shoes
        alike = with_models(words) if criteria.categories else words
        strict = replace(query, strict=True)
        found = await _as_said(replace(strict, words=alike), criteria, wish, analysis)
        if found is None and wish.size:
            any_size = replace(criteria, size=None)
            found = await _only_one_sold_out(strict, any_size, criteria, wish, analysis)
        if found is None and analysis is None:
            named = replace(strict, every_word=True)
            found = await _as_said(named, criteria, wish, analysis)
    worn = with_what_is_worn(words, kind=wish.category) if wish.words else words
    if found is None and worn != words:
        found = await _as_said(replace(query, words=worn, strict=True), criteria, wish, analysis)
    if found is None and wish.name and wish.category:  # the kind is kept, its name only ranks
        ranking = replace(query, words=telling_words(wish), strict=True)
        found = await _as_said(ranking, criteria, wish, analysis)
    if found is None:
        found = await _as_said(query, criteria, wish, analysis)
    narrow = replace(query, words=with_models(words), strict=True) if wish.words else query
    found = found or await _widened(query, criteria, wish, analysis, narrow=narrow)
    if analysis is not None or found.out_of_stock is not None:
        return found
    return await _beside_its_kind(query, criteria, wish, whom, found)


async def _theirs(query: _Query, criteria: Criteria, whom: Whom) -> Found:
    """What the shop has for `whom`: "do you have anything for little girls?"."""
    hits = await query.run(criteria, limit=ALL_LOOKED_AT)
    ids = [hit.product_id for hit in hits]
    theirs = only_theirs(await as_options(query.conn, ids), whom)
    return Found(options=numbered(theirs[:SHOWN]), more=len(theirs) > SHOWN)


async def _beside_its_kind(
    query: _Query, criteria: Criteria, wish: Wish, whom: Whom, found: Found
) -> Found:
    """The pieces found, and behind them the others of a kind that has no more than SHOWN.

    "A jumpsuit for my birthday" shows both of the shop's jumpsuits; "the ring sling" that alone.
    """
    if not wish.category or "category" in found.dropped or query.cheapest:
        return _of_the_kind(found, wish, whom)
    wide = replace(criteria, occasions=(), pattern=None, embroidery=None)
    ranked = replace(query, strict=False, every_word=False)
    hits = await ranked.run(wide, limit=LOOKED_AT + 1)
    if len(hits) > LOOKED_AT:
        return _of_the_kind(found, wish, whom)
    everything = (await _found(ranked, hits, wish, None, most=LOOKED_AT)).options
    kind = for_them(of_kind_said(everything, wish), whom)
    first = [one for one in found.options if fits_whom(one, whom)]
    known = {one.product_id for one in first}
    if is_distinctive(wish) and first:
        return _of_the_kind(found, wish, whom)
    first = named_for_use(first, wish)
    together = [*first, *(one for one in kind if one.product_id not in known)]
    if not together or len(together) > SHOWN or not set(map(_id, kind)) >= known:
        return _of_the_kind(found, wish, whom)
    meant = told_of(first, wish, sure="pattern" not in found.dropped)
    return replace(
        found,
        options=numbered(together),
        more=False,
        meant=_id(meant[0]) if len(meant) == 1 else None,
    )


def _id(option: Option) -> str:
    return option.product_id


def _of_the_kind(found: Found, wish: Wish, whom: Whom) -> Found:
    """The result without pieces of another kind or plainly for others, where any are left."""
    kind = of_kind_said(found.options, wish)
    return replace(found, options=numbered(not_for_others(kind, whom)))


async def _as_said(
    query: _Query, criteria: Criteria, wish: Wish, analysis: PhotoAnalysis | None
) -> Found | None:
    """Pieces that fit the whole wish, else the sold-out piece that fits best."""
    for variation in readings(criteria):
        hits = await query.run(variation)
        if hits:
            return await _found(query, hits, wish, analysis)
    kind_named = bool(wish.category) and analysis is None and not query.strict
    if not (wish.size or wish.colour or query.every_word or kind_named):
        return None
    for variation in readings(criteria):
        hits = await query.run(variation, sold_out=True)
        if hits:
            return await _sold_out(query, hits[0], criteria, wish, analysis)
    return None


async def _named(
    query: _Query, criteria: Criteria, wish: Wish, analysis: PhotoAnalysis | None
) -> Found | None:
    """The piece named in the wish, even if it does not come in the colour and size wished."""
    name = tuple((wish.name or "").split())
    query = replace(query, words=name, strict=True, every_word=True)
    # A single word may be a person's name, and words of an occasion stand in names of other
    # kinds ("gauni la bibi harusi", Bridal Heels), so the category must fit as well.
    kept = criteria.categories if len(name) == 1 or not is_distinctive(wish) else ()
    one = Criteria(categories=kept, exclude_products=criteria.exclude_products)
    sized = replace(one, size=criteria.size, colours=criteria.colours)
    found = await _as_said(query, sized, wish, analysis)
    return found or await _only_one_sold_out(query, one, criteria, wish, analysis)


async def _only_one_sold_out(
    query: _Query, loose: Criteria, criteria: Criteria, wish: Wish, analysis: PhotoAnalysis | None
) -> Found | None:
    """The one piece that meets `loose` but not the wish, as sold out; None if there are several."""
    hits = await query.run(loose, sold_out=True)
    return await _sold_out(query, hits[0], criteria, wish, analysis) if len(hits) == 1 else None


async def _sold_out(
    query: _Query, hit: Hit, criteria: Criteria, wish: Wish, analysis: PhotoAnalysis | None
) -> Found:
    """Tells that the piece is out of stock as wished; offers its other variants, similar pieces."""
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
    # The piece itself comes first, if it is in stock in another size or colour.
    shown = [hit, *similar] if available else similar
    found = await _found(replace(query, whom=ANYBODY), shown, wish, analysis)
    return replace(found, out_of_stock=fact, out_of_stock_product=hit.product_id)


async def _similar(query: _Query, criteria: Criteria, *, without: str) -> list[Hit]:
    others = replace(criteria, exclude_products=(*criteria.exclude_products, without))
    for loosened in (others, replace(others, colours=()), replace(others, size=None)):
        hits = await query.run(loosened)
        if hits:
            return hits
    return []


async def _widened(
    query: _Query,
    criteria: Criteria,
    wish: Wish,
    analysis: PhotoAnalysis | None,
    *,
    narrow: _Query,
) -> Found:
    """Pieces for the wish with as few fields dropped as possible, those of its words first.

    `narrow`: the query of which the words must match, as of "heels za dinner" heels.
    """
    tried = (narrow, query) if narrow is not query and criteria.categories else (query,)
    for widened in widenings(wish, criteria):
        for how, reading in itertools.product(tried, readings(widened.criteria)):
            hits = await how.run(reading)
            if hits:
                found = await _found(query, hits, widened.wish, analysis)
                return replace(found, dropped=(*widened.dropped, *found.dropped))
    return await _looking_so(query, criteria, wish)


async def _looking_so(query: _Query, criteria: Criteria, wish: Wish) -> Found:
    """Pieces whose pictures show the words that no piece has, as a sunflower on a print."""
    if query.described is None or not wish.words:
        return Found(options=())
    hits = await replace(query, words=()).run(criteria, within=SHOWS)
    found = await _found(query, hits, wish, None)
    return replace(found, dropped=("words", *found.dropped)) if hits else found


async def _found(
    query: _Query,
    hits: Sequence[Hit],
    wish: Wish,
    analysis: PhotoAnalysis | None,
    *,
    most: int = SHOWN,
) -> Found:
    shown = hits[: max(most, query.looked_at)]
    options = await as_options(
        query.conn,
        [hit.product_id for hit in shown],
        colour=wish.colour,
        seen=colours_seen(wish, analysis),
        exclude_colours=colour_family(wish.exclude_colour),
    )
    theirs = (not_for_others if query.cheapest else for_them)(options, query.whom)
    options = numbered(theirs[:most])
    of_kind = (option.category.endswith(wish.category or "") for option in options)
    another_kind = bool(options) and not any(of_kind)
    dropped = ("category",) if wish.category and another_kind and analysis is None else ()
    return Found(
        options=options, dropped=dropped, more=len(theirs) > most or len(hits) > len(shown)
    )
