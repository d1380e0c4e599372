"""What scoring costs, beside a plain loop and a bare matrix product.

The customers are rows of arrays, as they are read from the database. The bare product is one matrix
product of the same shapes for each price band, chunked alike, whose result is thrown away. The loop
is the definition (`tests/plain_score.py`), which scores a share of the pairs, reckoned up.

All on one core: products on several wait for whichever of them another program uses.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence

import numpy as np
from rich.console import Console
from rich.table import Table

from dukani.campaigns.packed_profiles import PackedProfiles
from dukani.campaigns.palette import COLOUR_FAMILIES
from dukani.campaigns.profiles import DENSITIES
from dukani.campaigns.rules import ScoreRules
from dukani.campaigns.scorer import CHUNK_BYTES, Scorer
from dukani.campaigns.scoring import PRICE_BANDS, Attributes, Candidate, Floats, Profile
from tests.plain_score import plain_score

SHAPES = ((5_000, 200, 31), (100_000, 1_000, 5))  # customers × pieces, so many times
DIMENSIONS = 512
LOOPED_PAIRS = 20_000
LEAST_TIMES_THE_LOOP = 35
LEAST_SHARE_OF_BARE = 0.5

_OCCASIONS = ("wedding", "office", "church", "party", "casual")
_TYPES = (None, "zari", "thread", "beads")


def main() -> None:
    """In a process of its own, as the number of cores is settled when numpy is imported."""
    command = [sys.executable, "-m", "tests.bench.scoring"]
    subprocess.run(command, check=True, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"})


def _measure(console: Console) -> None:
    table = Table(title="Scoring, beside a plain loop and a bare matrix product")
    for heading in (
        "customers × pieces",
        "ms",
        "bare, ms",
        f"× the loop (≥ {LEAST_TIMES_THE_LOOP})",
        f"share of the bare product's speed (≥ {LEAST_SHARE_OF_BARE})",
        "MB more at most",
    ):
        table.add_column(heading, no_wrap=True)
    for customers, pieces, rounds in SHAPES:
        table.add_row(*_line(customers, pieces, rounds))
    console.print(table)


def _line(customers: int, pieces: int, rounds: int) -> Sequence[str]:
    rng = np.random.default_rng(15)
    profiles = [_profile(rng) for _ in range(customers)]
    candidates = [_candidate(rng) for _ in range(pieces)]
    rules = ScoreRules()
    loop_s = _loop_s(profiles, candidates, rules)
    packed = PackedProfiles.of(profiles, width=DIMENSIONS)
    products = _products(packed, candidates)
    grown_mb = _grown_mb(lambda: _score_all(packed, candidates, rules))
    ours, bare = [], []
    for _ in range(rounds):  # in turns, so that a busy minute weighs on both
        ours.append(_timed(lambda: _score_all(packed, candidates, rules)))
        bare.append(_timed(lambda: _multiply(products)))
    seconds, bare_s = min(ours), min(bare)  # the rounds that other work disturbed least
    return (
        f"{customers:,} × {pieces:,}",
        f"{1000 * seconds:.1f}",
        f"{1000 * bare_s:.1f}",
        f"{loop_s / seconds:,.0f}",
        f"{bare_s / seconds:.2f}",
        f"{grown_mb:.0f}",
    )


def _score_all(packed: PackedProfiles, candidates: Sequence[Candidate], rules: ScoreRules) -> int:
    """The pieces are prepared anew each time."""
    scorer = Scorer(candidates, rules, width=DIMENSIONS)
    return sum(chunk.scores.size for chunk in scorer.score(packed))


def _products(
    packed: PackedProfiles, candidates: Sequence[Candidate]
) -> list[tuple[Floats, Floats]]:
    """The factors of the products that the price bands ask for."""
    bands = np.array([PRICE_BANDS.index(one.price_band) for one in candidates])
    vectors = np.array([one.vector for one in candidates])
    found = []
    for band in range(len(PRICE_BANDS)):
        rows = packed.of_band(band)
        found.append((packed.styles[rows.start : rows.stop], vectors[abs(bands - band) <= 1]))
    return found


def _multiply(products: Sequence[tuple[Floats, Floats]]) -> None:
    for rows, columns in products:
        step = max(1, CHUNK_BYTES // (4 * len(columns)))
        for start in range(0, len(rows), step):
            rows[start : start + step] @ columns.T


def _loop_s(
    profiles: Sequence[Profile], candidates: Sequence[Candidate], rules: ScoreRules
) -> float:
    """Seconds for all pairs within reach, one pair at a time, reckoned from some."""
    some = profiles[: max(1, LOOPED_PAIRS // len(candidates))]
    seconds = _timed(lambda: [plain_score(p, c, rules) for p in some for c in candidates])
    return seconds * len(profiles) / len(some)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _grown_mb(work: Callable[[], object]) -> float:
    tracemalloc.start()
    work()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 2**20


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


if __name__ == "__main__":
    _measure(Console(width=176))
