"""Leaves each shopper's last purchase out, and looks for it among six recommended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from dukani.domain.recommending import Bought as Kept
from dukani.domain.recommending import PairStrengths, Piece, Weights, pair_strengths, recommend
from dukani.evals.recommend.shoppers import Bought, a_shopper
from dukani.evals.recommend.shops import ShopPiece, a_shop

SHOWN = 6
PRIOR, PAIRS_KEPT = 4.0, 20  # as the nightly job's
Kind = Literal["new", "once", "twice or more"]
WAYS: Mapping[str, Weights | None] = {
    "ours": Weights(),
    "content": Weights(pairs=0, trend=0),
    "pairs": Weights(content=0, trend=0),
    "trend": Weights(content=0, pairs=0, tired=0),
    "random": None,
}


@dataclass
class Tally:
    """`reciprocal`: the sum of 1 / place of what was bought, 0 if it was not shown."""

    cases: int = 0
    hits: int = 0
    reciprocal: float = 0.0


@dataclass
class Scores:
    by_kind: dict[Kind, dict[str, Tally]] = field(default_factory=dict)
    whole: dict[str, Tally] = field(default_factory=lambda: {way: Tally() for way in WAYS})
    shown: dict[str, set[str]] = field(default_factory=lambda: {way: set() for way in WAYS})
    pieces: int = 0


def scored(seed: int, shoppers: int) -> Scores:
    rng = np.random.default_rng(seed)
    shop = a_shop(rng)
    year = [a_shopper(rng, shop) for _ in range(shoppers)]
    known = [one[:-1] for one in year]
    pairs = pair_strengths(
        [[bought.piece.id for bought in one] for one in known], prior=PRIOR, kept=PAIRS_KEPT
    )
    last_day = max(bought.at for one in year for bought in one)
    lately = Counter(
        bought.piece.id for one in known for bought in one if (last_day - bought.at).days < 180
    )
    offered = [_as_piece(piece, lately[piece.id]) for piece in shop]
    scores = Scores(pieces=len(shop))
    for one, before in zip(year, known, strict=True):
        kind: Kind = "new" if not before else "once" if len(before) == 1 else "twice or more"
        for way, weights in WAYS.items():
            shown = _shown(rng, offered, before, pairs, weights, one[-1])
            _count(scores, kind, way, shown, one[-1].piece.id)
    return scores


def _as_piece(piece: ShopPiece, sold: int) -> Piece:
    return Piece(piece.id, piece.kind, piece.price * 100, piece.vector, sold)


def _shown(
    rng: np.random.Generator,
    offered: Sequence[Piece],
    before: Sequence[Bought],
    pairs: PairStrengths,
    weights: Weights | None,
    last: Bought,
) -> list[str]:
    if weights is None:
        had = {one.piece.id for one in before}
        left = [piece.product_id for piece in offered if piece.product_id not in had]
        return [left[n] for n in rng.permutation(len(left))[:SHOWN]]
    kept = [
        Kept(b.piece.id, b.piece.id, b.piece.kind, b.piece.price * 100, b.at, b.piece.vector)
        for b in before
    ]
    found = recommend(offered, kept, pairs, now=last.at, weights=weights, limit=SHOWN)
    return [one.piece.product_id for one in found]


def _count(scores: Scores, kind: Kind, way: str, shown: Sequence[str], bought: str) -> None:
    of_kind = scores.by_kind.setdefault(kind, {name: Tally() for name in WAYS})
    for tally in (of_kind[way], scores.whole[way]):
        tally.cases += 1
        if bought in shown:
            tally.hits += 1
            tally.reciprocal += 1 / (shown.index(bought) + 1)
    scores.shown[way] |= set(shown)
