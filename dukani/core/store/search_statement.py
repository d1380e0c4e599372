"""Builds the SQL statements of a product search from the criteria that are set.

Two lists contain the pieces that match: by words, and by picture. Other pieces that meet the
criteria follow in an order of their own. Each list is read only as far as needed, so a search costs
the same in a large boutique, except for photos, which are compared with every picture that meets
the criteria. A statement with only the set criteria can use the indexes made for them and is
planned faster.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import LiteralString

RANKED = 50  # places in a list that count
VECTOR_WEIGHT = 3  # a photo says more than the words beside it …
OF_WORDS_WEIGHT = 1  # … and a vector of the words as much as they say
SUITS_MOST = 0.016  # most score of a piece of neither list, for preferred colours and patterns

# Conditions of the product, and of one of its variants. A list is read in a subquery: as a plain
# parameter its length makes a custom plan look cheaper than the generic one, and planning each
# search takes longer than searching a small boutique.
_OF_PRODUCTS: dict[str, LiteralString] = {
    "category": "p.category = %(category)s",
    "categories": "p.category = any((select %(categories)s::text[])::text[])",
    # A name may tell the occasion and the pattern too: a "Send-off Gown", a "Cotton Shirt".
    "occasions": "(p.occasions && (select %(occasions)s::text[])::text[]"
    " or exists (select from unnest(%(occasions)s::text[]) o"
    " where strpos(lower(p.name), o) > 0))",
    "pattern": "(p.pattern = %(pattern)s or strpos(lower(p.name), %(pattern)s) > 0)",
    "embroidery": "p.embroidery = %(embroidery)s",
    "exclude_products": "p.id <> all(%(exclude_products)s::uuid[])",
}
_OF_VARIANTS: dict[str, LiteralString] = {
    "colours": "v.colour = any((select %(colours)s::text[])::text[])",
    "exclude_colours": "v.colour <> all((select %(exclude_colours)s::text[])::text[])",
    "size": "v.size in (%(size)s, 'ONE')",
    "sizes": "v.size = any((select %(sizes)s::text[])::text[])",
    "price_min": "coalesce(v.price_minor, p.price_minor) >= %(price_min)s",
    "price_max": "coalesce(v.price_minor, p.price_minor) <= %(price_max)s",
}
_COLUMNS: LiteralString = "p.id::text as product_id, p.sku, p.name, p.category, p.price_minor"
# The score of colours and patterns that a photo suggests.
_SUITS: LiteralString = """(v.preferred::int
  + (p.pattern = any(%(prefer_patterns)s))::int * 0.5
  + (%(prefer_embroidery)s and p.embroidery)::int * 0.5)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The parts a statement consists of; the values are bound parameters."""

    wished: frozenset[str]  # the parameters of the criteria that are set
    words: bool
    must_match_words: bool
    every_word: bool
    vector: bool
    of_words: bool = False  # the vector is one of words, not of a photo
    within: bool = False  # pictures farther than a distance do not count
    sold_out: bool
    prefers: bool
    cheapest: bool


# Both return rows of (product_id, sku, name, category, price_minor, score, stocked), best first.


@lru_cache(maxsize=512)
def matching(shape: Shape) -> bytes:
    """Finds the best of the pieces that match the words or the photo.

    Reciprocal rank fusion: a place in a list counts 1 / (60 + rank), whatever the list's measure.
    """
    lists = (*((_said(shape),) if shape.words else ()), *((_seen(shape),) if shape.vector else ()))
    found: list[LiteralString] = []
    joins: list[LiteralString] = []
    scores: list[LiteralString] = [f"{_suits(shape)} * 0.008"]
    if shape.words:
        found.append("select id from said")
        joins.append("left join said on said.id = p.id")
        scores.append("coalesce(1.0 / (60 + said.rank), 0)")
    if shape.vector:
        weight = OF_WORDS_WEIGHT if shape.of_words else VECTOR_WEIGHT
        joins.append("left join seen on seen.id = p.id")
        scores.append(f"coalesce(1.0 / (60 + seen.rank), 0) * {weight}")
        if not (shape.words and shape.must_match_words):
            found.append("select id from seen")
    score: LiteralString = " + ".join(scores)
    return f"""
with {", ".join(lists)}
select {_COLUMNS}, ({score})::float8 as score, v.stocked
from ({" union ".join(found)}) c
join products p on p.boutique_id = private.current_boutique() and p.id = c.id
{_looked_at(shape)} {" ".join(joins)}
order by {_first(shape)} score desc, v.stocked desc, p.price_minor, p.id
limit %(limit)s
""".encode()


@lru_cache(maxsize=512)
def fitting(shape: Shape) -> bytes:
    """Finds the best of all pieces that meet the criteria, with or without a match."""
    return f"""
select {_COLUMNS}, ({_suits(shape)} * 0.008)::float8 as score, v.stocked
from ({" union ".join(_first_fitting(shape))}) c
join products p on p.boutique_id = private.current_boutique() and p.id = c.id
{_looked_at(shape)}
order by {_first(shape)} score desc, v.stocked desc, p.price_minor, p.id
limit %(limit)s
""".encode()


def _first(shape: Shape) -> LiteralString:
    return "p.price_minor," if shape.cheapest else ""


def _said(shape: Shape) -> LiteralString:
    """The list by words, through the index of the boutique's words, which only the view can use.

    `@@` decides, as the index knows no phrases. The best ranked are checked first for the
    criteria. Of a file imported at once, whose pieces are of one age, the SKU tells the order.
    """
    all_or_any: LiteralString = "@>" if shape.every_word else "&&"
    return f"""
said as (
  select p.id, row_number() over (order by p.fit desc, p.created_at desc, p.sku, p.id) as rank
  from (
    select p.id, p.sku, p.fit, p.created_at
    from (
      select p.boutique_id, p.id, p.sku, p.price_minor, p.created_at,
        ts_rank(p.search, q.query) as fit
      from private.own_products p, to_tsquery('english', %(query)s) as q (query)
      where private.own_words(p.boutique_id, tsvector_to_array(p.search)) {all_or_any} (
          select private.own_words((select private.current_boutique()), array(
            select distinct lexeme
            from unnest(%(words)s::text[]) word,
              unnest(tsvector_to_array(to_tsvector('english', word))) lexeme)))
        and p.search @@ q.query and {_of_products(shape)}
      order by fit desc, p.created_at desc, p.sku, p.id
    ) p
    {_fitting(shape)}
    order by p.fit desc, p.created_at desc, p.sku, p.id limit {_places(shape)}
  ) p
)"""


def _seen(shape: Shape) -> LiteralString:
    """The list by exact distance of all pictures; a piece's nearest picture counts."""
    pictures: LiteralString = (
        "and (i.colour is null or i.colour = any((select %(colours)s::text[])::text[]))"
        if "colours" in shape.wished
        else ""
    )
    near: LiteralString = (
        "having min(e.vector <=> %(vector)s::vector) <= %(within)s" if shape.within else ""
    )
    return f"""
seen as (
  select p.id, row_number() over (order by p.distance, p.id) as rank
  from (
    select p.id, min(e.vector <=> %(vector)s::vector) as distance
    from products p
    join product_images i on i.boutique_id = p.boutique_id and i.product_id = p.id
    join product_embeddings e on e.boutique_id = i.boutique_id and e.image_id = i.id
    where {_of_products(shape)}
      and i.boutique_id = private.current_boutique() {pictures}
      and e.boutique_id = private.current_boutique() and e.model = %(model)s
      and exists (
        select from product_variants v
        where v.boutique_id = private.current_boutique() and v.product_id = p.id
          and {_of_variants(shape)})
    group by p.id {near} order by distance, p.id limit {_places(shape)}
  ) p
)"""


def _places(shape: Shape) -> LiteralString:
    """How far to read a list: only `limit` places where nothing else can change the order."""
    alone = shape.words != shape.vector and not shape.prefers and not shape.cheapest
    return f"least({RANKED}, %(limit)s)" if alone else f"{RANKED}"


def _first_fitting(shape: Shape) -> tuple[LiteralString, ...]:
    """Queries of ids that together contain the first `limit` pieces, not yet in order."""
    where: LiteralString = f"where {_of_products(shape)}"
    fitting: LiteralString = f"(select p.id from products p {_fitting(shape)} {where}"
    if shape.cheapest:
        # Ties at the last price are decided by other values, so all of them are candidates.
        return (f"{fitting} order by p.price_minor fetch first %(limit)s rows with ties)",)
    if shape.prefers:  # the score of preferences needs all pieces
        order: LiteralString = f"{_suits(shape)} desc, v.stocked desc, p.price_minor, p.id"
        looked_at: LiteralString = f"from products p {_looked_at(shape)} {where}"
        return (f"(select p.id {looked_at} order by {order} limit %(limit)s)",)
    cheapest: LiteralString = "order by p.price_minor, p.id limit %(limit)s)"
    if not shape.sold_out:  # pieces that meet the criteria are in stock
        return (f"{fitting} {cheapest}",)
    stocked: LiteralString = _fitting(shape, "and v.quantity > 0")
    return (f"(select p.id from products p {stocked} {where} {cheapest}", f"{fitting} {cheapest}")


def _suits(shape: Shape) -> LiteralString:
    return _SUITS if shape.prefers else "0"


def _looked_at(shape: Shape) -> LiteralString:
    """A join of the variants that meet the criteria; products without any are left out."""
    preferred: LiteralString = (
        "bool_or(v.colour = any(%(prefer_colours)s)) as preferred," if shape.prefers else ""
    )
    return f"""
cross join lateral (
  select {preferred} bool_or(v.quantity > 0) as stocked from product_variants v
  where v.boutique_id = p.boutique_id and v.product_id = p.id and {_of_variants(shape)}
  having count(*) > 0
) v"""


def _fitting(shape: Shape, also: LiteralString = "") -> LiteralString:
    """Only products with a variant that meets the criteria.

    A subquery for each row, in the order of the rows: a join would read every variant.
    """
    return f"""
cross join lateral (
  select from product_variants v
  where v.boutique_id = p.boutique_id and v.product_id = p.id and {_of_variants(shape)} {also}
  limit 1
) v"""


def _of_products(shape: Shape) -> LiteralString:
    own: LiteralString = "p.boutique_id = private.current_boutique() and p.active"
    return " and ".join((own, *_demanded(_OF_PRODUCTS, shape.wished)))


def _of_variants(shape: Shape) -> LiteralString:
    """The condition of a variant: colour and size, and in stock unless `sold_out`."""
    available: LiteralString = "true" if shape.sold_out else "v.available > 0"
    return " and ".join((available, *_demanded(_OF_VARIANTS, shape.wished)))


def _demanded(conditions: dict[str, LiteralString], wished: Collection[str]) -> list[LiteralString]:
    return [condition for name, condition in conditions.items() if name in wished]
