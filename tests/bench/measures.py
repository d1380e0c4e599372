"""The measurements. Nothing is asserted: the table beside its targets speaks."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from dukani.sandbox import gallery
from tests.bench.figures import (
    Figure,
    arrival_times,
    losses,
    median_ms,
    percentile_ms,
    spread,
    turn_times,
)
from tests.bench.shoppers import Crowd
from tests.bench.stage import SLOW_MIND_S, Say, Stage
from tests.processes import Service

RATE = 100
SHOPPERS = 300
CONVERSATIONS = 200
SETTLE_S = 20.0


@dataclass(frozen=True, slots=True)
class Options:
    seconds: int = 60
    turns: int = 20_000
    rate: int = RATE


async def warm_up(stage: Stage) -> None:
    """First pictures painted, models loaded, statements prepared, and planned for full tables."""
    await _talk_along(stage, Crowd(20, seed=1), times=15)
    stage.analyze()
    stage.outside.forget()


async def _talk_along(stage: Stage, crowd: Crowd, *, times: int) -> None:
    for _ in range(times):
        await asyncio.gather(*(stage.outside.ask(p, crowd.says(p)) for p in crowd.phones))


async def steady(stage: Stage, options: Options, say: Say) -> list[Figure]:
    """So many messages a second, whether they are answered or not."""
    crowd = Crowd(SHOPPERS)
    before, begun = stage.cpu_s(), time.monotonic()
    writing = []
    for n in range(options.rate * options.seconds):
        await asyncio.sleep(begun + n / options.rate - time.monotonic())
        writing.append(asyncio.create_task(stage.outside.write(*crowd.next())))
    await asyncio.gather(*writing, return_exceptions=True)
    took_s = time.monotonic() - begun
    await _settle(stage)
    after = stage.cpu_s()
    acks = [posted.ack_s for posted in stage.outside.posted]
    lost, doubled = losses(stage)
    lost += len(writing) - sum(posted.taken for posted in stage.outside.posted)
    used_s = {name: after[name] - before[name] for name in after}
    shares = ", ".join(f"{name} {used / took_s:.0%}" for name, used in used_s.items())
    cost_ms = ", ".join(f"{name} {1000 * s / len(writing):.1f}" for name, s in used_s.items())
    at = f"{options.rate} messages/s for {options.seconds} s"
    return [
        Figure(f"{at}: ack p50 / p95 / p99 ms", spread(acks), "p99 ≤ 25", "1.2 / 1.8 / 2.3"),
        Figure("  whole turn, ms", spread(turn_times(stage)), "p95 ≤ 80", "5 / 6 / 9"),
        Figure("  until the answer is at Twilio, ms", spread(arrival_times(stage))),
        Figure("  lost, doubled", f"{lost}, {doubled}", "0, 0"),
        Figure("  shares of one core", shares),
        Figure("  processor ms a message", cost_ms),
    ]


async def burst(stage: Stage, options: Options, say: Say) -> list[Figure]:
    """A hundred shoppers, each writing again as soon as she is answered."""
    crowd = Crowd(100, seed=3)
    begun = time.monotonic()

    async def talk(phone: str) -> None:
        for _ in range(20):
            await stage.outside.ask(phone, crowd.says(phone))

    await asyncio.gather(*(talk(phone) for phone in crowd.phones))
    took_s = time.monotonic() - begun
    await _settle(stage)
    return [
        Figure("burst, 100 shoppers × 20: turns/s", f"{2000 / took_s:.0f}", "", "about 400"),
        Figure("  whole turn, ms", spread(turn_times(stage))),
    ]


async def minds(stage: Stage, options: Options, say: Say) -> list[Figure]:
    """The same load twice: with this machine's own mind, and with one that takes two seconds."""
    load = Options(seconds=min(options.seconds, 30), rate=20)
    with_own = await _load(stage, stage.worker, load, Crowd(CONVERSATIONS, seed=11))
    stage.worker.stop()
    stage.slow_worker.start()
    try:
        await _talk_along(stage, Crowd(20, seed=2), times=6)
        with_slow = await _load(stage, stage.slow_worker, load, Crowd(CONVERSATIONS, seed=12))
    finally:
        stage.slow_worker.stop()
        stage.worker.start()
    at = f"{CONVERSATIONS} conversations, {load.rate} messages/s for {load.seconds} s"
    return [
        Figure(f"{at}, own mind: ack ms", with_own.acks),
        Figure(f"  a mind of {SLOW_MIND_S:.0f} s: ack ms", with_slow.acks, "as above"),
        Figure("  turns/s, own and slow", f"{with_own.rate:.1f}, {with_slow.rate:.1f}", "1 ×"),
        Figure("  whole turn, ms, own", with_own.turns),
        Figure("  whole turn, ms, slow", with_slow.turns, "2,000 more"),
        Figure("  worker's ms a message", f"{with_own.worker_ms:.1f}, {with_slow.worker_ms:.1f}"),
        Figure("  lost, doubled", f"{with_own.losses}; {with_slow.losses}", "0, 0"),
    ]


@dataclass(frozen=True, slots=True)
class _Load:
    acks: str
    turns: str
    rate: float  # messages handled a second, from the first one's turn to the last one's
    losses: str
    worker_ms: float  # of a processor, for each message


async def _load(stage: Stage, worker: Service, options: Options, crowd: Crowd) -> _Load:
    stage.outside.forget()
    used_before_s = worker.cpu_s()
    begun = time.monotonic()
    writing = []
    for n in range(options.rate * options.seconds):
        await asyncio.sleep(begun + n / options.rate - time.monotonic())
        writing.append(asyncio.create_task(stage.outside.write(*crowd.next())))
    await asyncio.gather(*writing, return_exceptions=True)
    await _settle(stage, most_s=60)
    times = turn_times(stage)
    ends = [p.sent_at + t for p, t in zip(stage.outside.posted, times, strict=False)]
    lost, doubled = losses(stage)
    acks = [posted.ack_s for posted in stage.outside.posted]
    used_s = worker.cpu_s() - used_before_s
    return _Load(
        acks=spread(acks),
        turns=spread(times),
        rate=len(times) / (max(ends) - min(ends)),
        losses=f"{lost}, {doubled}",
        worker_ms=1000 * used_s / len(times),
    )


async def photo(stage: Stage, options: Options, say: Say) -> list[Figure]:
    """Photos of garments, one after the other."""
    for sample in gallery.sample_photos():
        stage.outside.pictures[f"{sample.name}.jpg"] = sample.jpeg()
    names = list(stage.outside.pictures)
    (shopper,) = Crowd(1, seed=4).phones
    await stage.outside.ask(shopper, picture=names[0])
    await _settle(stage)
    stage.outside.forget()
    for name in names * 3:
        await stage.outside.ask(shopper, picture=name)
        await _settle(stage)
    turns = turn_times(stage)
    return [
        Figure("photo turn, p50 ms", f"{median_ms(turns):.0f}", "≤ 250"),
        Figure("  p95 ms", f"{percentile_ms(turns, 0.95):.0f}"),
    ]


async def rows(stage: Stage, options: Options, say: Say) -> list[Figure]:
    """What the database writes for one turn."""
    await _settle(stage)
    before = _written(stage)
    crowd = Crowd(40, seed=5)
    await _talk_along(stage, crowd, times=12)
    await _settle(stage)
    after, turns = _written(stage), 12 * len(crowd.phones)
    figures = []
    for table, now_there in sorted(after.items()):
        then = before.get(table, (0, 0, 0))
        each = [(now - old) / turns for now, old in zip(now_there, then, strict=True)]
        if any(share >= 0.005 for share in each):
            figures.append(Figure(f"  {table}", " / ".join(f"{share:.2f}" for share in each)))
    total = sum(sum(counts) for counts in after.values()) - sum(map(sum, before.values()))
    head = Figure("rows a turn (written in all)", f"{total / turns:.1f}")
    return [head, Figure("  table", "inserted / updated / deleted"), *figures]


async def memory(stage: Stage, options: Options, say: Say) -> list[Figure]:
    """The worker after many turns, and one conversation that never ends."""
    begun_mb = stage.worker_rss_mb()
    one = Crowd(1, seed=8)
    (shopper,) = one.phones
    times = [await stage.outside.ask(shopper, one.says(shopper)) for _ in range(1000)]
    crowd = Crowd(100, seed=9)
    done = 1000

    async def talk(phone: str) -> None:
        nonlocal done
        while done < options.turns:
            done += 1
            if done % 2000 == 0:
                say(f"{done} turns, worker {stage.worker_rss_mb():.0f} MB")
            await stage.outside.ask(phone, crowd.says(phone))

    await asyncio.gather(*(talk(phone) for phone in crowd.phones))
    return [
        Figure("worker's memory, MB", f"{begun_mb:.0f} → {stage.worker_rss_mb():.0f}"),
        Figure(f"  after {done} turns, of them 1,000 in one conversation", ""),
        Figure("  its first ten, p50 ms", f"{median_ms(times[:10]):.1f}"),
        Figure("  its last ten, p50 ms", f"{median_ms(times[-10:]):.1f}", "as fast as the first"),
    ]


def _written(stage: Stage) -> dict[str, tuple[int, int, int]]:
    counted = stage.rows(
        "select schemaname || '.' || relname as name, n_tup_ins, n_tup_upd, n_tup_del"
        " from pg_stat_user_tables"
    )
    return {row["name"]: (row["n_tup_ins"], row["n_tup_upd"], row["n_tup_del"]) for row in counted}


async def _settle(stage: Stage, *, most_s: float = SETTLE_S) -> None:
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
