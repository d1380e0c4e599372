"""The size to recommend for a piece, and what the recommendation rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from dukani.domain.sizes import ONE_SIZE, same_size, size_said
from dukani.domain.sizing.charts import SizeChart
from dukani.domain.sizing.evidence import Audience, Bought, Evidence, Fit, Measure, Stated

BasisKind = Literal["bought", "stated", "measured", "fit", "age"]

ORDERS_FOR_HIGH = 3

# Categories sized alike; a shoe size says nothing about a dress.
_KINDS = (
    frozenset({"dress", "kaftan", "jumpsuit", "kanzu", "suit"}),
    frozenset({"shirt", "t-shirt", "blouse", "top", "sweater", "jacket", "coat"}),
    frozenset({"trousers", "jeans", "shorts", "skirt"}),
)
_GARMENTS: frozenset[str] = frozenset().union(*_KINDS)


@dataclass(frozen=True, slots=True)
class Basis:
    """One thing that an advice rests on."""

    kind: BasisKind
    size: str | None = None
    category: str | None = None
    orders: int = 0
    measure: Measure | None = None
    cm: float | None = None
    fit: Fit | None = None
    years: float | None = None
    converted: bool = False  # the size was said in another system
    shop_chart: bool = False  # read by the boutique's own chart


@dataclass(frozen=True, slots=True)
class SizeAdvice:
    """A size of the piece, and the second choice where it is close."""

    size: str
    confidence: Literal["high", "medium", "low"]
    rests_on: tuple[Basis, ...]  # the weightiest first
    beside: str | None = None


@dataclass(frozen=True, slots=True)
class PieceToFit:
    """What a size is sought for. Without sizes: no piece in particular."""

    category: str | None
    sizes: tuple[str, ...] = ()
    audience: Audience | None = None  # None: told from the sizes and the category
    product_id: str | None = None


def advise(
    evidence: Sequence[Evidence],
    piece: PieceToFit,
    *,
    charts: Sequence[SizeChart] = (),
    now: datetime,
) -> SizeAdvice | None:
    """The size that most of what was bought and said agrees on, the latest on a tie.

    Same category first, else one sized alike, else any garment. None when nothing is known.
    """
    sized = [one for one in evidence if isinstance(one, Bought | Stated) and one.size != ONE_SIZE]
    for categories in _nearest_first(piece.category):
        relevant = [one for one in sized if one.category in categories]
        size = _most_worn(relevant, piece.sizes)
        if size is not None:
            return _advice(size, [one for one in relevant if same_size(one.size, size)])
    return None


def _nearest_first(category: str | None) -> list[frozenset[str | None]]:
    garments = _GARMENTS | {None}
    if category is None:
        return [garments]
    kind = next((kind for kind in _KINDS if category in kind), frozenset({category}))
    nearest: list[frozenset[str | None]] = [frozenset({category}), kind]
    return [*nearest, garments] if category in _GARMENTS else nearest


def _most_worn(found: Iterable[Bought | Stated], sizes: Sequence[str]) -> str | None:
    seen: dict[str, list[Bought | Stated]] = {}
    for one in found:
        size = size_said(one.size, sizes) if sizes else one.size
        if size is not None:
            seen.setdefault(size, []).append(one)
    if not seen:
        return None
    return max(seen, key=lambda size: (len(seen[size]), max(one.at for one in seen[size]), size))


def _advice(size: str, agreeing: Sequence[Bought | Stated]) -> SizeAdvice:
    orders = {one.order_id for one in agreeing if isinstance(one, Bought)}
    said = [one for one in agreeing if isinstance(one, Stated)]
    categories = {one.category for one in agreeing}
    category = categories.pop() if len(categories) == 1 else None
    rests_on = []
    if orders:
        rests_on.append(Basis("bought", size=size, category=category, orders=len(orders)))
    if said:
        rests_on.append(Basis("stated", size=size, category=category))
    return SizeAdvice(
        size=size,
        confidence="high" if len(orders) >= ORDERS_FOR_HIGH else "medium",
        rests_on=tuple(rests_on),
    )
