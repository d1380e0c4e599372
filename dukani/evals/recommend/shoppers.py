"""Shoppers who buy for reasons: an occasion, what goes with it, a budget, and some whim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from dukani.evals.recommend.shops import OCCASIONS, OUTFITS, STYLES, ShopPiece

FIRST_DAY = datetime(2026, 1, 5, tzinfo=UTC)
WHIM = 0.15  # of all purchases, for no reason
TIRED_DAYS = 40.0  # of a kind just bought
MOST_VISITS = 9


@dataclass(frozen=True, slots=True)
class Bought:
    piece: ShopPiece
    at: datetime


def a_shopper(rng: np.random.Generator, shop: Sequence[ShopPiece]) -> list[Bought]:
    """All that she buys in a year, in its order; nothing twice."""
    life = rng.dirichlet(np.full(len(OCCASIONS), 0.6))  # which occasions she has
    styles = rng.dirichlet(np.full(STYLES, 0.5))
    means = float(np.exp(8.0 + 0.5 * rng.normal()))  # shillings she likes to spend on a piece
    bought: list[Bought] = []
    day = FIRST_DAY + timedelta(days=int(rng.integers(0, 120)))
    for _ in range(1 + int(rng.geometric(0.35)) if rng.random() > 0.2 else 1):
        if len(bought) >= MOST_VISITS:
            break
        occasion = int(rng.choice(len(OCCASIONS), p=life))
        month = means * float(np.exp(0.3 * rng.normal()))
        first = _choose(rng, shop, bought, day, occasion, styles, month, kind=None)
        bought.append(Bought(first, day))
        for kind, often in OUTFITS.get(first.kind, ()):
            if rng.random() < often:
                at = day + timedelta(days=int(rng.integers(0, 12)))
                beside = _choose(rng, shop, bought, at, occasion, styles, month, kind=kind)
                bought.append(Bought(beside, at))
        day += timedelta(days=int(rng.integers(10, 70)))
    return sorted(bought, key=lambda one: one.at)


def _choose(
    rng: np.random.Generator,
    shop: Sequence[ShopPiece],
    bought: Sequence[Bought],
    at: datetime,
    occasion: int,
    styles: np.ndarray,
    budget: float,
    *,
    kind: str | None,
) -> ShopPiece:
    had = {one.piece.id for one in bought}
    pieces = [p for p in shop if p.id not in had and kind in (None, p.kind)]
    if rng.random() < WHIM:
        return pieces[int(rng.integers(len(pieces)))]
    wanted = np.array(
        [
            piece.appeal
            * (0.02 + piece.occasions[occasion])
            * (0.15 + float(styles[piece.style]))
            * float(np.exp(-0.5 * (np.log(piece.price / budget) / 0.5) ** 2))
            * _fresh(piece.kind, bought, at)
            for piece in pieces
        ]
    )
    return pieces[int(rng.choice(len(pieces), p=wanted / wanted.sum()))]


def _fresh(kind: str, bought: Sequence[Bought], at: datetime) -> float:
    """How little she is tired of a kind."""
    since = [(at - one.at).days for one in bought if one.piece.kind == kind]
    return 1.0 - 0.8 * float(np.exp(-min(since) / TIRED_DAYS)) if since else 1.0
