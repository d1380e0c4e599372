"""What a search must find, written as plainly as SQL has it: every piece read, every row summed.

No list is cut short and nothing that is kept is believed; `core/store/search.py` must agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dukani.core.database import Connection
from dukani.core.store.search import Criteria

_FIND = """
with fits as (
  select p.boutique_id, p.id, p.sku, p.price_minor, p.search, p.created_at,
    (bool_or(v.colour = any(%(prefer_colours)s)))::int
      + (p.pattern = any(%(prefer_patterns)s))::int * 0.5
      + (%(prefer_embroidery)s and p.embroidery)::int * 0.5 as suits,
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
    and (%(occasions)s::text[] is null or p.occasions && %(occasions)s
      or exists (select from unnest(%(occasions)s::text[]) o where strpos(lower(p.name), o) > 0))
    and (%(pattern)s::text is null or p.pattern = %(pattern)s
      or strpos(lower(p.name), %(pattern)s) > 0)
    and (%(embroidery)s::boolean is null or p.embroidery = %(embroidery)s)
    and (%(exclude_products)s::uuid[] is null or p.id <> all(%(exclude_products)s))
    and (%(sold_out)s or v.quantity > coalesce((
      select sum(r.quantity) from stock_reservations r
      where r.boutique_id = v.boutique_id and r.variant_id = v.id and r.status = 'held'), 0))
  group by p.boutique_id, p.id
),
seen as (
  select i.product_id,
    row_number() over (order by min(e.vector <=> %(vector)s::vector), i.product_id) as rank
  from product_embeddings e
  join product_images i on i.boutique_id = e.boutique_id and i.id = e.image_id
  join fits f on f.boutique_id = i.boutique_id and f.id = i.product_id
  where %(vector)s::vector is not null
    and e.boutique_id = private.current_boutique() and e.model = %(model)s
    and (%(colours)s::text[] is null or i.colour is null or i.colour = any(%(colours)s))
  group by i.product_id
  having %(within)s::float8 is null or min(e.vector <=> %(vector)s::vector) <= %(within)s
),
said as (
  select f.id as product_id, row_number() over (
    order by ts_rank(f.search, q.query) desc, f.created_at desc, f.sku, f.id) as rank
  from fits f, to_tsquery('english', %(query)s) as q(query)
  where %(query)s::text <> '' and f.search @@ q.query
)
select f.id::text as id,
  (case when seen.rank <= 50 then %(weight)s / (60 + seen.rank) else 0 end
    + case when said.rank <= 50 then 1.0 / (60 + said.rank) else 0 end
    + f.suits * 0.008)::float8 as score
from fits f
left join seen on seen.product_id = f.id
left join said on said.product_id = f.id
where (not %(must_match_words)s or said.rank <= 50)
  and (%(within)s::float8 is null or seen.rank <= 50 or said.rank <= 50)
order by case when %(cheapest)s then f.price_minor end, score desc, f.stocked desc,
  f.price_minor, f.id
limit %(limit)s
"""


async def plain_find(
    conn: Connection,
    criteria: Criteria,
    *,
    words: Sequence[str] = (),
    every_word: bool = False,
    of_words: bool = False,
    **how: Any,
) -> list[tuple[str, float]]:
    """(product id, score rounded to nine places), the best first; arguments are those of `find`."""
    values = {
        "categories": list(criteria.categories) or None,
        "colours": list(criteria.colours) or None,
        "exclude_colours": list(criteria.exclude_colours) or None,
        "size": criteria.size,
        "sizes": list(criteria.sizes) or None,
        "price_min": criteria.price_min_minor,
        "price_max": criteria.price_max_minor,
        "occasions": list(criteria.occasions) or None,
        "pattern": criteria.pattern,
        "embroidery": criteria.embroidery,
        "exclude_products": list(criteria.exclude_products) or None,
        "query": (" & " if every_word else " | ").join(f"'{word}'" for word in words),
        "must_match_words": False,
        "vector": None,
        "model": "m",
        "weight": 1.0 if of_words else 3.0,
        "within": None,
        "sold_out": False,
        "prefer_colours": [],
        "prefer_patterns": [],
        "prefer_embroidery": False,
        "cheapest": False,
        "limit": 5,
    }
    cursor = await conn.execute(_FIND.encode(), values | how)
    return [(row["id"], round(row["score"], 9)) for row in await cursor.fetchall()]
