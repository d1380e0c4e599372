"""One load on a stage, and what came of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.bench.figures import arrival_times, committed_at, losses, turn_times
from tests.bench.shoppers import Crowd
from tests.bench.stage import Stage

SETTLE_S = 20.0


@dataclass(frozen=True, slots=True)
class Load:
    """What one load took. Times in seconds, of each message; processor times by process."""

    acks: Sequence[float]
    turns: Sequence[float]
    answers: Sequence[float]  # until the first answer is at Twilio
    lost: int
    doubled: int
    handled_per_s: float  # from the first turn's commit to the last one's
    cost_ms: Mapping[str, float]  # of a processor, for each message
    shares: Mapping[str, float]  # of one core


@dataclass(frozen=True, slots=True)
class _Sent:
    """A load that was sent and is worked off; processor seconds by process."""

    messages: int
    took_s: float
    used_s: Mapping[str, float]


async def play(stage: Stage, crowd: Crowd, *, rate: int, seconds: int) -> Load:
    """So many messages a second, whether they are answered or not."""
    return read(stage, await send(stage, crowd, rate=rate, seconds=seconds))


async def send(stage: Stage, crowd: Crowd, *, rate: int, seconds: int) -> _Sent:
    """Send the load and wait until nothing is left to do."""
    stage.outside.forget()
    before, begun = stage.cpu_s(), time.monotonic()
    writing = []
    for n in range(rate * seconds):
        await asyncio.sleep(begun + n / rate - time.monotonic())
        writing.append(asyncio.create_task(stage.outside.write(*crowd.next())))
    await asyncio.gather(*writing, return_exceptions=True)
    took_s = time.monotonic() - begun
    await settle(stage, most_s=3 * SETTLE_S)
    after = stage.cpu_s()
    return _Sent(len(writing), took_s, {name: after[name] - before[name] for name in after})


def read(stage: Stage, sent: _Sent) -> Load:
    """What came of it. Reads whole tables, so a count of such readings is taken before."""
    posted, committed = stage.outside.posted, committed_at(stage)
    lost, doubled = losses(stage, committed)
    turning_s = max(committed.values()) - min(committed.values())
    return Load(
        acks=[p.ack_s for p in posted],
        turns=turn_times(stage, committed),
        answers=arrival_times(stage),
        lost=lost + sent.messages - sum(p.taken for p in posted),
        doubled=doubled,
        handled_per_s=len(committed) / turning_s,
        cost_ms={name: 1000 * s / sent.messages for name, s in sent.used_s.items()},
        shares={name: s / sent.took_s for name, s in sent.used_s.items()},
    )


async def talk_along(stage: Stage, crowd: Crowd, *, times: int) -> None:
    """Everybody writes at once, and again when all are answered."""
    for _ in range(times):
        await asyncio.gather(*(stage.outside.ask(p, crowd.says(p)) for p in crowd.phones))


async def settle(stage: Stage, *, most_s: float = SETTLE_S) -> None:
    """Until nothing is left to do, and the database's counters have heard of it."""
    give_up = time.monotonic() + most_s
    while time.monotonic() < give_up:
        await asyncio.sleep(0.1)
        if not stage.rows(_BUSY)[0]["busy"]:
            break
    await asyncio.sleep(1.2)


_BUSY = """
select exists (select from conversation_events where handled_at is null)
  or exists (select from messages where status in ('queued', 'sending'))
  or exists (select from procrastinate_jobs where status = 'doing'
             or status = 'todo' and coalesce(scheduled_at, now()) <= now()) as busy
"""
