"""A shop's pieces: each kind is for some occasions, each piece of a style its picture shows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dukani.domain.recommending import Vector

STYLES = 6
WIDTH = 64  # of the vectors
OCCASIONS = ("office", "party", "church", "casual", "beach")

# Kind → (pieces, usual price in shillings, for which occasions, as `OCCASIONS`).
_KINDS: dict[str, tuple[int, int, tuple[float, ...]]] = {
    "dress": (24, 4500, (0.3, 0.9, 0.8, 0.3, 0.2)),
    "suit": (8, 9000, (1.0, 0.3, 0.5, 0.0, 0.0)),
    "blouse": (16, 2200, (0.9, 0.3, 0.4, 0.4, 0.0)),
    "t-shirt": (14, 1200, (0.0, 0.1, 0.0, 1.0, 0.7)),
    "jeans": (10, 2600, (0.0, 0.2, 0.0, 1.0, 0.1)),
    "skirt": (12, 2400, (0.6, 0.4, 0.6, 0.3, 0.2)),
    "shoes": (14, 3200, (0.6, 0.7, 0.5, 0.5, 0.3)),
    "bag": (10, 2800, (0.5, 0.7, 0.4, 0.3, 0.3)),
    "hat": (6, 1500, (0.0, 0.1, 0.5, 0.3, 1.0)),
    "scarf": (8, 900, (0.3, 0.3, 0.6, 0.1, 0.1)),
}
# What is taken with what, and how often: an outfit, not a likeness.
OUTFITS: dict[str, tuple[tuple[str, float], ...]] = {
    "dress": (("shoes", 0.25), ("bag", 0.2), ("scarf", 0.1)),
    "suit": (("blouse", 0.4), ("shoes", 0.25)),
    "blouse": (("skirt", 0.35), ("scarf", 0.1)),
    "t-shirt": (("jeans", 0.35), ("hat", 0.1)),
    "jeans": (("t-shirt", 0.3), ("shoes", 0.15)),
    "skirt": (("blouse", 0.35), ("shoes", 0.15)),
}


@dataclass(frozen=True, slots=True)
class ShopPiece:
    id: str
    kind: str
    style: int
    price: int  # shillings
    occasions: tuple[float, ...]
    vector: Vector
    appeal: float  # some pieces sell better than others, for no reason that is known


def a_shop(rng: np.random.Generator) -> list[ShopPiece]:
    centres = rng.normal(size=(STYLES, WIDTH))
    shapes = {kind: rng.normal(size=WIDTH) for kind in _KINDS}
    made: list[ShopPiece] = []
    for kind, (count, usual, occasions) in _KINDS.items():
        for n in range(count):
            style = int(rng.integers(STYLES))
            seen = centres[style] + 0.8 * shapes[kind] + 0.9 * rng.normal(size=WIDTH)
            made.append(
                ShopPiece(
                    id=f"{kind}-{n}",
                    kind=kind,
                    style=style,
                    price=int(usual * float(np.exp(0.35 * rng.normal())) // 50 * 50) + 50,
                    occasions=occasions,
                    vector=(seen / np.linalg.norm(seen)).astype(np.float32),
                    appeal=float(np.exp(0.6 * rng.normal())),
                )
            )
    return made
