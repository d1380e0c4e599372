"""The score of one customer and one piece as it is defined, with nothing done to be fast.

It is what the tests of scoring compare with, and the loop beside which scoring is measured.
"""

from __future__ import annotations

import math

from dukani.campaigns.rules import ScoreRules
from dukani.campaigns.scoring import PRICE_BANDS, Candidate, Floats, Profile


def plain_score(profile: Profile, piece: Candidate, rules: ScoreRules) -> float | None:
    """None: the price is out of her reach or beneath it."""
    apart = PRICE_BANDS.index(profile.price_band) - PRICE_BANDS.index(piece.price_band)
    if abs(apart) > rules.bands_apart:
        return None
    kind, weights = piece.attributes, rules.weights
    suits = rules.other_colours
    if profile.colour_family and kind.colour_families:
        suits = max(rules.colours[profile.colour_family][one] for one in kind.colour_families)
    is_dense = profile.embroidery_density == kind.embroidery_density
    is_liked = (kind.embroidery_type or "") in (profile.embroidery_types or {""})
    other = rules.other_occasions
    affinity = max((profile.occasions.get(name, other) for name in kind.occasions), default=other)
    return (
        weights.colour * suits
        + weights.style * max(0.0, min(1.0, _cosine(profile.style, piece.vector)))
        + weights.embroidery * (0.5 * is_dense + 0.5 * is_liked)
        + weights.occasion * affinity
    )


def _cosine(one: Floats | None, other: Floats | None) -> float:
    if one is None or other is None:
        return 0.0
    a, b = one.astype(float), other.astype(float)
    lengths = math.sqrt(a @ a) * math.sqrt(b @ b)
    return float(a @ b) / lengths if lengths else 0.0
