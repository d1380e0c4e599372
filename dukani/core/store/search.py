"""Searches products by picture, words and criteria."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.search_statement import SUITS_MOST, Shape, fitting, matching


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """Conditions that a piece must meet; None or empty: any. Prices in minor units."""

    categories: Sequence[str] = ()
    colours: Sequence[str] = ()
    exclude_colours: Sequence[str] = ()
    size: str | None = None
    sizes: Sequence[str] = ()  # any of these, such as the sizes of a child's age
    price_min_minor: int | None = None
    price_max_minor: int | None = None
    occasions: Sequence[str] = ()  # any of these names of it
    pattern: str | None = None
    embroidery: bool | None = None
    exclude_products: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    product_id: str
    sku: str
    name: str
    category: str
    price_minor: int
    score: float
    stocked: bool  # false is possible only with `sold_out`


async def find(
    conn: Connection,
    criteria: Criteria,
    *,
    words: Sequence[str] = (),
    must_match_words: bool = False,
    every_word: bool = False,
    vector: NDArray[np.float32] | None = None,
    model: str = "",
    of_words: bool = False,
    within: float | None = None,
    sold_out: bool = False,
    prefer_colours: Sequence[str] = (),
    prefer_patterns: Sequence[str] = (),
    prefer_embroidery: bool = False,
    cheapest: bool = False,
    limit: int = 5,
) -> list[Hit]:
    """The best `limit` products that meet the criteria, best first.

    `words` are canonical English words: any may match, with `every_word` all must. `vector` is
    (512,), an embedding by `model`, of a photo or, with `of_words`, of words. With `within` only
    pieces are found that have a picture at most so far from it (cosine distance).
    `cheapest` puts the lowest price first instead.
    The `prefer` arguments rank pieces higher without excluding others. With `sold_out`, pieces
    without stock are found too.
    """
    said = _as_lexemes(words)
    if must_match_words and not said:
        return []
    wished = _wished(criteria)
    shape = Shape(
        wished=frozenset(wished),
        words=bool(said),
        must_match_words=must_match_words,
        every_word=every_word,
        vector=vector is not None,
        of_words=of_words,
        within=within is not None,
        sold_out=sold_out,
        prefers=bool(prefer_colours or prefer_patterns or prefer_embroidery),
        cheapest=cheapest,
    )
    values = {
        **wished,
        "words": said,
        "query": (" & " if every_word else " | ").join(f"'{word}'" for word in said),
        "vector": vector,
        "model": model,
        "within": within,
        "prefer_colours": list(prefer_colours),
        "prefer_patterns": list(prefer_patterns),
        "prefer_embroidery": prefer_embroidery,
        "limit": limit,
    }
    matched: list[Hit] = []
    if shape.words or shape.vector:
        matched = await _hits(conn, matching(shape), values)
        if must_match_words or shape.within or _is_complete(matched, shape, limit):
            return matched
    return _merged(matched, await _hits(conn, fitting(shape), values), shape)[:limit]


async def _hits(conn: Connection, statement: bytes, values: Mapping[str, Any]) -> list[Hit]:
    async with conn.cursor(row_factory=class_row(Hit)) as cursor:
        await cursor.execute(statement, values)
        return await cursor.fetchall()


def _is_complete(matched: Sequence[Hit], shape: Shape, limit: int) -> bool:
    """Whether `matched` is complete: no piece without a match can rank before one of these."""
    if shape.cheapest or len(matched) < limit:
        return False
    return matched[-1].score > (SUITS_MOST if shape.prefers else 0)


def _merged(matched: Sequence[Hit], rest: Sequence[Hit], shape: Shape) -> list[Hit]:
    """Both lists in one order. Matches below the limit, if in `rest`, score too low to matter."""
    known = {hit.product_id for hit in matched}

    def order(hit: Hit) -> tuple[int, float, bool, int, str]:
        first = hit.price_minor if shape.cheapest else 0
        return first, -hit.score, not hit.stocked, hit.price_minor, hit.product_id

    return sorted((*matched, *(hit for hit in rest if hit.product_id not in known)), key=order)


def _wished(criteria: Criteria) -> dict[str, Any]:
    """The criteria that are set, by their parameters' names in the statement."""
    one_kind = criteria.categories[0] if len(criteria.categories) == 1 else None
    demands = {
        "category": one_kind,
        "categories": list(criteria.categories) if one_kind is None else None,
        "colours": list(criteria.colours),
        "exclude_colours": list(criteria.exclude_colours),
        "size": criteria.size,
        "sizes": list(criteria.sizes),
        "price_min": criteria.price_min_minor,
        "price_max": criteria.price_max_minor,
        "occasions": list(criteria.occasions),
        "pattern": criteria.pattern,
        "embroidery": criteria.embroidery,
        "exclude_products": list(criteria.exclude_products),
    }
    return {name: value for name, value in demands.items() if value is not None and value != []}


def _as_lexemes(words: Sequence[str]) -> list[str]:
    """Words for to_tsquery in quotes, so that none acts as an operator."""
    cleaned = ("".join(c for c in word if c.isalnum() or c in " -") for word in words)
    return [word.strip() for word in cleaned if word.strip()]
