"""Loads compared in pairs: a busy minute meets both of a pair, so their ratio outlives it.

The figures are medians over the pairs, and so is each ratio.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tests.bench.figures import SHARES, percentile_ms
from tests.bench.load import Load

Pairs = Sequence[tuple[Load, Load]]
Read = Callable[[Load], float]
SERVERS = ("API", "worker", "PostgreSQL")  # without the load, which is the same for both


@dataclass(frozen=True, slots=True)
class Ratio:
    name: str
    ours: str
    theirs: str
    ratio: str


def compare(pairs: Pairs) -> list[Ratio]:
    """Ack, whole turn and processor time of both sides, and how many times theirs ours is."""
    return [
        _compared("ack p50 / p95 / p99, ms", [_ack(share) for share in SHARES], pairs),
        _compared("whole turn p50 / p95 / p99, ms", [_turn(share) for share in SHARES], pairs),
        *(_compared(f"processor ms a message: {name}", [_cost(name)], pairs) for name in SERVERS),
        _compared("processor ms a message: all three", [_whole_cost], pairs),
    ]


def _compared(name: str, reads: Sequence[Read], pairs: Pairs) -> Ratio:
    read = [[(of(ours), of(theirs)) for ours, theirs in pairs] for of in reads]
    return Ratio(
        name,
        ours=_line(f"{statistics.median(a for a, _ in both):.1f}" for both in read),
        theirs=_line(f"{statistics.median(b for _, b in both):.1f}" for both in read),
        ratio=_line(f"{statistics.median(a / b for a, b in both):.2f}" for both in read),
    )


def _line(figures: Iterable[str]) -> str:
    return " / ".join(figures)


def _ack(share: float) -> Read:
    return lambda load: percentile_ms(load.acks, share)


def _turn(share: float) -> Read:
    return lambda load: percentile_ms(load.turns, share)


def _cost(process: str) -> Read:
    return lambda load: load.cost_ms[process]


def _whole_cost(load: Load) -> float:
    return sum(load.cost_ms[process] for process in SERVERS)
