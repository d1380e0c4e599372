"""The size to recommend for a piece, and what the recommendation rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from dukani.domain.sizing.basis import Basis as Basis
from dukani.domain.sizing.basis import BasisKind as BasisKind
from dukani.domain.sizing.charts import SizeChart
from dukani.domain.sizing.choosing import Chances, chances_of
from dukani.domain.sizing.evidence import Audience, Evidence
from dukani.domain.sizing.grounds import grounds_of
from dukani.domain.sizing.not_fitting import on_the_right_side
from dukani.domain.sizing.observing import observed
from dukani.domain.sizing.sought import sought_for
from dukani.domain.sizing.weights import (
    CLOSE,
    HIGH,
    HIGH_FROM,
    MEDIUM,
    NOTHING_FITS,
    SURE,
    SURE_FROM,
)

Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class SizeAdvice:
    """A size of the piece, and the second choice where it is close."""

    size: str
    confidence: Confidence
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
    """The most probable of the piece's sizes for this wearer.

    None when nothing is known that bears on the piece, or when no size of it would fit.
    """
    sought = sought_for(
        evidence,
        category=piece.category,
        sizes=piece.sizes,
        audience=piece.audience,
        product_id=piece.product_id,
        charts=charts,
    )
    seen = observed(evidence, sought) if sought else []
    if sought is None or not seen:
        return None
    chances = chances_of(seen, sought, now=now)
    if chances is None or chances.outside > NOTHING_FITS:
        return None
    chances = on_the_right_side(chances, [one.evidence for one in seen], piece.category)
    if chances is None:
        return None
    grounds = grounds_of(seen, sought, chances.size, now=now)
    return SizeAdvice(
        size=chances.size,
        confidence=_confidence(chances, sum(max(1, one.orders) for one in grounds)),
        rests_on=grounds,
        beside=chances.beside(CLOSE),
    )


def _confidence(chances: Chances, supports: int) -> Confidence:
    if chances.share >= HIGH and supports >= HIGH_FROM:
        return "high"
    if chances.share >= SURE and supports >= SURE_FROM:
        return "high"
    return "medium" if chances.share >= MEDIUM else "low"
