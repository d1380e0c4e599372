"""Finding products: picture, words and wishes in one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """What a piece must be; None or empty: anything. Prices in minor units."""

    categories: Sequence[str] = ()
    colours: Sequence[str] = ()
    exclude_colours: Sequence[str] = ()
    size: str | None = None
    sizes: Sequence[str] = ()  # any of these: what a child of some age wears
    price_min_minor: int | None = None
    price_max_minor: int | None = None
    occasion: str | None = None
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
    total: int  # how many products fit in all


# Reciprocal rank fusion: ranks of the picture list and of the words list are added as
# 1 / (60 + rank), so neither measure's scale matters. A product fits when one of its variants
# has the wished colour and size in stock (or, with `sold_out`, at all).
_FIND = """
with fits as (
  select p.boutique_id, p.id, p.sku, p.name, p.category, p.price_minor, p.search,
    -- What a photo suggests without demanding it.
    (bool_or(v.colour = any(%(prefer_colours)s)))::int
      + (p.pattern = any(%(prefer_patterns)s))::int * 0.5
      + (%(prefer_embroidery)s and p.embroidery)::int * 0.5 as suits,
    p.created_at,
    bool_or(v.quantity > 0) as stocked
  from products p
  join product_variants v on v.boutique_id = p.boutique_id and v.product_id = p.id
  where p.boutique_id = private.current_boutique() and p.active
    and (%(categories)s::text[] is null or p.category = any(%(categories)s))
    and (%(colours)s::text[] is null or v.colour = any(%(colours)s))
    and (%(exclude_colours)s::text[] is null or v.colour <> all(%(exclude_colours)s))
    and (%(size)s::text is null or v.size = %(size)s or v.size = 'ONE')
    and (%(sizes)s::text[] is null or v.size = any(%(sizes)s))
    and (%(price_min)s::bigint is null
      or coalesce(v.price_minor, p.price_minor) >= %(price_min)s)
    and (%(price_max)s::bigint is null
      or coalesce(v.price_minor, p.price_minor) <= %(price_max)s)
    and (%(occasion)s::text is null or %(occasion)s = any(p.occasions))
    and (%(pattern)s::text is null or p.pattern = %(pattern)s
      or strpos(lower(p.name), %(pattern)s) > 0)  -- a Cotton Shirt may be plain all the same
    and (%(embroidery)s::boolean is null or p.embroidery = %(embroidery)s)
    and (%(exclude_products)s::uuid[] is null or p.id <> all(%(exclude_products)s))
    and (%(sold_out)s or v.quantity > coalesce((
      select sum(r.quantity) from stock_reservations r
      where r.boutique_id = v.boutique_id and r.variant_id = v.id and r.status = 'held'), 0))
  group by p.boutique_id, p.id
),
seen as (
  select i.product_id, row_number() over (order by min(e.vector <=> %(vector)s::vector)) as rank
  from product_embeddings e
  join product_images i on i.boutique_id = e.boutique_id and i.id = e.image_id
  join fits f on f.boutique_id = i.boutique_id and f.id = i.product_id
  where %(vector)s::vector is not null
    and e.boutique_id = private.current_boutique() and e.model = %(model)s
    and (%(colours)s::text[] is null or i.colour is null or i.colour = any(%(colours)s))
  group by i.product_id
  order by 2 limit 50
),
said as (
  select f.id as product_id, row_number() over (
    order by ts_rank(f.search, q.query) desc, f.created_at desc) as rank
  from fits f, to_tsquery('english', %(words)s) as q(query)
  where %(words)s::text <> '' and f.search @@ q.query
  limit 50
)
select f.id::text as product_id, f.sku, f.name, f.category, f.price_minor,
  (coalesce(1.0 / (60 + seen.rank), 0) * %(vector_weight)s
    + coalesce(1.0 / (60 + said.rank), 0) + coalesce(f.suits, 0) * 0.008)::float8 as score,
  (count(*) over ())::int as total
from fits f
left join seen on seen.product_id = f.id
left join said on said.product_id = f.id
where not %(must_match_words)s or said.rank is not null
order by case when %(cheapest)s then f.price_minor end, score desc, f.stocked desc,
  f.price_minor, f.id
limit %(limit)s
"""


async def find(
    conn: Connection,
    criteria: Criteria,
    *,
    words: Sequence[str] = (),
    must_match_words: bool = False,
    every_word: bool = False,
    vector: NDArray[np.float32] | None = None,
    model: str = "",
    sold_out: bool = False,
    prefer_colours: Sequence[str] = (),
    prefer_patterns: Sequence[str] = (),
    prefer_embroidery: bool = False,
    cheapest: bool = False,
    limit: int = 5,
) -> list[Hit]:
    """The best `limit` products that fit, best first.

    `words` are canonical English words: any may match, with `every_word` all must. `vector` is
    (512,) of eye `model`.
    `cheapest` puts the lowest price first instead.
    The `prefer` arguments lift pieces without demanding them. With `sold_out`, pieces without
    stock fit too.
    """
    async with conn.cursor(row_factory=class_row(Hit)) as cursor:
        await cursor.execute(
            _FIND,
            {
                "categories": list(criteria.categories) or None,
                "colours": list(criteria.colours) or None,
                "exclude_colours": list(criteria.exclude_colours) or None,
                "size": criteria.size,
                "sizes": list(criteria.sizes) or None,
                "cheapest": cheapest,
                "price_min": criteria.price_min_minor,
                "price_max": criteria.price_max_minor,
                "occasion": criteria.occasion,
                "prefer_colours": list(prefer_colours),
                "prefer_patterns": list(prefer_patterns),
                "prefer_embroidery": prefer_embroidery,
                "pattern": criteria.pattern,
                "embroidery": criteria.embroidery,
                "exclude_products": list(criteria.exclude_products) or None,
                "words": (" & " if every_word else " | ").join(_as_lexemes(words)),
                "must_match_words": must_match_words,
                "vector": vector,
                "vector_weight": 3.0,  # a photo says more than the words beside it
                "model": model,
                "sold_out": sold_out,
                "limit": limit,
            },
        )
        return await cursor.fetchall()


def _as_lexemes(words: Sequence[str]) -> list[str]:
    """Words as to_tsquery takes them: quoted, so that no operator slips in."""
    cleaned = ("".join(c for c in word if c.isalnum() or c in " -") for word in words)
    return ["'" + word.strip() + "'" for word in cleaned if word.strip()]
