"""Figures and how they are read from what happened."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.bench.stage import Stage

SHARES = (0.5, 0.95, 0.99)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: measured, the floor of the same run, their ratio, and what is wanted.

    What is wanted is never a number of milliseconds: those are as fast as the machine is today.
    """

    name: str
    value: str
    floor: str = ""
    ratio: str = ""
    wanted: str = ""


def percentile_ms(seconds: Sequence[float], share: float) -> float:
    ordered = sorted(seconds)
    return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def spread(seconds: Sequence[float]) -> str:
    """p50 / p95 / p99 in milliseconds."""
    return " / ".join(f"{percentile_ms(seconds, share):.1f}" for share in SHARES)


def median_ms(seconds: Sequence[float]) -> float:
    return 1000 * statistics.median(seconds)


# Commit times are the database's own; both clocks are this machine's.
_TURNS = """
select m.provider_id as sid,
  extract(epoch from pg_xact_commit_timestamp(e.xmin))::float as committed_at
from conversation_events e join messages m
  on m.boutique_id = e.boutique_id and m.id = e.message_id
where e.handled_at is not null and m.direction = 'in' and m.provider_id = any(%(sids)s)
"""


def committed_at(stage: Stage) -> dict[str, float]:
    """When the turn of each message that was posted was committed, replies queued in it."""
    sids = [posted.sid for posted in stage.outside.posted]
    return {row["sid"]: float(row["committed_at"]) for row in stage.rows(_TURNS, sids=sids)}


def turn_times(stage: Stage, committed: Mapping[str, float]) -> list[float]:
    """Seconds from the webhook's leaving Twilio to the turn's commit."""
    posted = stage.outside.posted
    return [committed[p.sid] - p.sent_at for p in posted if p.sid in committed]


def arrival_times(stage: Stage) -> list[float]:
    """Seconds from the webhook's leaving Twilio to the first answer's arrival there."""
    times = []
    for posted in stage.outside.posted:
        later = [at for at in stage.outside.arrived[posted.phone] if at >= posted.sent_at]
        times += [min(later) - posted.sent_at] if later else []
    return times


def losses(stage: Stage, committed: Mapping[str, float]) -> tuple[int, int]:
    """Messages lost (either way) and doubled on the way out."""
    open_events = stage.rows(
        "select count(*) as n from conversation_events where handled_at is null"
    )
    unkept = sum(1 for posted in stage.outside.posted if posted.sid not in committed)
    unsent = stage.rows(
        "select count(*) as n from messages where status in ('queued', 'sending', 'failed')"
    )
    doubled = sum(copies - 1 for copies in stage.outside.copies.values())
    return max(int(open_events[0]["n"]), unkept) + int(unsent[0]["n"]), doubled
