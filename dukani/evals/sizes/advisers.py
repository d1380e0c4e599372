"""Who is compared: our advice, the size most often bought, and the size bought last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from dukani.domain.sizing.advice import PieceToFit, advise
from dukani.domain.sizing.evidence import Bought
from dukani.evals.sizes.histories import NOW, Case


@dataclass(frozen=True, slots=True)
class Answer:
    size: str | None
    confidence: str = ""


def ours(case: Case) -> Answer:
    piece = PieceToFit(case.piece.category, case.piece.sizes, case.piece.audience)
    advice = advise(case.evidence, piece, charts=case.charts, now=NOW)
    return Answer(advice.size, advice.confidence) if advice else Answer(None)


def most_common(case: Case) -> Answer:
    """Of the category, else of anything with such a size; the latest on a tie."""
    bought = _bought(case)
    counted = Counter(one.size for one in bought)
    best = max(bought, key=lambda one: (counted[one.size], one.at), default=None)
    return Answer(best.size if best else None)


def last_bought(case: Case) -> Answer:
    last = max(_bought(case), key=lambda one: one.at, default=None)
    return Answer(last.size if last else None)


def _bought(case: Case) -> list[Bought]:
    sized = [o for o in case.evidence if isinstance(o, Bought) and o.size in case.piece.sizes]
    return [one for one in sized if one.category == case.piece.category] or sized


OURS = "our advice"
ADVISERS: dict[str, Callable[[Case], Answer]] = {
    OURS: ours,
    "most common size": most_common,
    "last size bought": last_bought,
}
