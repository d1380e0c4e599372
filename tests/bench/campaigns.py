"""`python -m tests.bench campaigns`: what scoring costs, beside a plain loop and a bare product.

The bare product is one matrix product of the same shapes, chunked alike, whose result is thrown
away. The loop scores a share of the pairs, one at a time, and is reckoned up.
"""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable, Sequence

import numpy as np
from rich.console import Console
from rich.table import Table

from dukani.campaigns.palette import COLOUR_FAMILIES
from dukani.campaigns.profiles import DENSITIES
from dukani.campaigns.rules import ScoreRules
from dukani.campaigns.scoring import (
    CHUNK_BYTES,
    PRICE_BANDS,
    Attributes,
    Candidate,
    Profile,
    score,
)
from tests.bench import audience

SHAPES = ((5_000, 200), (100_000, 1_000))  # customers × pieces
DIMENSIONS = 512
LOOPED_PAIRS = 20_000
ROUNDS = 3
LEAST_TIMES_THE_LOOP = 35
LEAST_SHARE_OF_BARE = 0.5

_OCCASIONS = ("wedding", "office", "church", "party", "casual")
_TYPES = (None, "zari", "thread", "beads")


def main(console: Console) -> None:
    table = Table(title="Scoring, beside a plain loop and a bare matrix product")
    for heading in (
        "customers × pieces",
        "s",
        f"× the loop (≥ {LEAST_TIMES_THE_LOOP})",
        f"share of the bare product's speed (≥ {LEAST_SHARE_OF_BARE})",
        "MB more at most",
    ):
        table.add_column(heading, no_wrap=True)
    for customers, pieces in SHAPES:
        table.add_row(*_line(customers, pieces))
    console.print(table)
    audience.main(console)


def _line(customers: int, pieces: int) -> Sequence[str]:
    rng = np.random.default_rng(15)
    profiles = [_profile(rng) for _ in range(customers)]
    candidates = [_candidate(rng) for _ in range(pieces)]
    rules = ScoreRules()
    before = _peak_mb()
    ours, bare = [], []
    for _ in range(ROUNDS):  # in turns, so that a busy minute weighs on both
        ours.append(
            _timed(lambda: sum(chunk.scores.size for chunk in score(profiles, candidates, rules)))
        )
        bare.append(_timed(lambda: _bare_product(profiles, candidates)))
    grown = _peak_mb() - before
    seconds = statistics.median(ours)
    loop_s = _loop_s(profiles, candidates, rules)
    share = statistics.median(b / o for o, b in zip(ours, bare, strict=True))
    return (
        f"{customers:,} × {pieces:,}",
        f"{seconds:.2f}",
        f"{loop_s / seconds:,.0f}",
        f"{share:.2f}",
        f"{grown:.0f}",
    )


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _bare_product(profiles: Sequence[Profile], candidates: Sequence[Candidate]) -> None:
    """The products that the price bands ask for, of arrays that are there already."""
    for band in PRICE_BANDS:
        rows = np.array([p.style for p in profiles if p.price_band == band])
        near = [
            abs(PRICE_BANDS.index(c.price_band) - PRICE_BANDS.index(band)) <= 1 for c in candidates
        ]
        columns = np.array(
            [c.vector for c, is_near in zip(candidates, near, strict=True) if is_near]
        )
        step = max(1, CHUNK_BYTES // (4 * len(columns)))
        for start in range(0, len(rows), step):
            rows[start : start + step] @ columns.T


def _loop_s(
    profiles: Sequence[Profile], candidates: Sequence[Candidate], rules: ScoreRules
) -> float:
    """Seconds for all pairs within reach, one pair at a time, reckoned from some."""
    some = profiles[: max(1, LOOPED_PAIRS // len(candidates))]
    seconds = _timed(lambda: [_one(p, c, rules) for p in some for c in candidates])
    return seconds * len(profiles) / len(some)


def _one(profile: Profile, piece: Candidate, rules: ScoreRules) -> float | None:
    apart = PRICE_BANDS.index(profile.price_band) - PRICE_BANDS.index(piece.price_band)
    if abs(apart) > rules.bands_apart:
        return None
    assert profile.style is not None and piece.vector is not None and profile.colour_family
    lengths = np.linalg.norm(profile.style) * np.linalg.norm(piece.vector)
    style = float(profile.style @ piece.vector / lengths)
    suits = max(
        rules.colours[profile.colour_family][one] for one in piece.attributes.colour_families
    )
    density = profile.embroidery_density == piece.attributes.embroidery_density
    kind = (piece.attributes.embroidery_type or "") in profile.embroidery_types
    affinity = max(
        profile.occasions.get(name, rules.other_occasions) for name in piece.attributes.occasions
    )
    weights = rules.weights
    return (
        weights.colour * suits
        + weights.style * min(max(style, 0.0), 1.0)
        + weights.embroidery * (0.5 * density + 0.5 * kind)
        + weights.occasion * affinity
    )


def _profile(rng: np.random.Generator) -> Profile:
    return Profile(
        customer_id="",
        colour_family=COLOUR_FAMILIES[rng.integers(4)],
        style=rng.normal(size=DIMENSIONS).astype(np.float32),
        embroidery_density=DENSITIES[rng.integers(4)],
        embroidery_types=frozenset({str(_TYPES[rng.integers(1, 4)])}),
        occasions={_OCCASIONS[rng.integers(5)]: float(rng.random())},
        price_band=PRICE_BANDS[rng.integers(4)],
    )


def _candidate(rng: np.random.Generator) -> Candidate:
    kind = Attributes(
        (COLOUR_FAMILIES[rng.integers(4)],),
        DENSITIES[rng.integers(4)],
        _TYPES[rng.integers(4)],
        (_OCCASIONS[rng.integers(5)],),
    )
    vector = rng.normal(size=DIMENSIONS).astype(np.float32)
    return Candidate("", kind, vector, PRICE_BANDS[rng.integers(4)])
