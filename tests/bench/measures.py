"""The measurements. Nothing is asserted: the table speaks."""

from __future__ import annotations

import asyncio
import statistics
import time
from dataclasses import dataclass
from itertools import count

from dukani.sandbox import gallery
from tests.bench.figures import (
    Figure,
    committed_at,
    median_ms,
    percentile_ms,
    spread,
    turn_times,
)
from tests.bench.load import Load, play, settle, talk_along
from tests.bench.ratios import compare
from tests.bench.shoppers import Crowd
from tests.bench.stage import SLOW_MIND_S, Process, Say, Stage, Workers

RATE = 100
SHOPPERS = 300
CONVERSATIONS = 200
COUNTED_RATE = 20  # below what any machine manages, so that only the work is measured
BURST = (100, 20)  # shoppers, turns of each


@dataclass(frozen=True, slots=True)
class Options:
    seconds: int = 20
    rounds: int = 3
    turns: int = 20_000
    rate: int = RATE
    largest: int = 1_000_000  # of each axis of growth
    axes: tuple[str, ...] = ()  # of growth; none: all


async def warm_up(stage: Stage) -> None:
    """First pictures painted, models loaded, statements prepared, and planned for full tables."""
    await talk_along(stage, Crowd(20, seed=1), times=15)
    stage.analyze()
    stage.outside.forget()


_NEWCOMERS = count(20)  # seeds of shoppers nobody has heard of


async def _change(stage: Stage, worker: Process) -> None:
    """Let another worker work, and warm it up."""
    stage.let_work(worker)
    # Who begins her talk again and again would be taken for a machine.
    await talk_along(stage, Crowd(20, seed=next(_NEWCOMERS)), times=6)
    await settle(stage)


async def steady(stage: Workers, options: Options, say: Say) -> list[Figure]:
    """So many messages a second, with trivial nodes and with the real ones, in turn."""
    pairs: list[tuple[Load, Load]] = []
    crowd, floor_crowd = Crowd(SHOPPERS), Crowd(SHOPPERS, seed=6)
    load = {"rate": options.rate, "seconds": options.seconds}
    for number in range(options.rounds):
        say(f"  round {number + 1} of {options.rounds}")
        await _change(stage, stage.floor_worker)
        floor = await play(stage, floor_crowd, **load)
        await _change(stage, stage.own_worker)
        pairs.append((await play(stage, crowd, **load), floor))
    ours, floors = zip(*pairs, strict=True)
    at = f"{options.rate} messages/s, {options.rounds} × {options.seconds} s"
    answers = [s for load in ours for s in load.answers]
    return [
        Figure(at, ""),
        *(Figure(f"  {row.name}", row.ours, row.theirs, row.ratio) for row in compare(pairs)),
        Figure("  until the answer is at Twilio, ms", spread(answers)),
        Figure("  shares of one core", _shares(ours[-1]), _shares(floors[-1])),
        Figure("  lost, doubled", _losses(*ours), _losses(*floors), wanted="0, 0"),
    ]


def _shares(load: Load) -> str:
    return ", ".join(f"{name} {share:.0%}" for name, share in load.shares.items())


def _losses(*loads: Load) -> str:
    # What is lost stays lost: the last count has it all.
    return f"{loads[-1].lost}, {sum(load.doubled for load in loads)}"


async def burst(stage: Workers, options: Options, say: Say) -> list[Figure]:
    """A hundred shoppers, each writing again as soon as she is answered."""
    await _change(stage, stage.floor_worker)
    floor_per_s, floor_turns = await _burst(stage, Crowd(BURST[0], seed=13))
    await _change(stage, stage.own_worker)
    per_s, turns = await _burst(stage, Crowd(BURST[0], seed=3))
    ratio = f"{per_s / floor_per_s:.2f}"
    return [
        Figure("burst, 100 shoppers × 20: turns/s", f"{per_s:.0f}", f"{floor_per_s:.0f}", ratio),
        Figure("  whole turn p50 / p95 / p99, ms", turns, floor_turns),
    ]


async def _burst(stage: Stage, crowd: Crowd) -> tuple[float, str]:
    """Turns a second, and how long they took."""
    stage.outside.forget()
    shoppers, times = BURST
    begun = time.monotonic()

    async def talk(phone: str) -> None:
        for _ in range(times):
            await stage.outside.ask(phone, crowd.says(phone))

    await asyncio.gather(*(talk(phone) for phone in crowd.phones))
    took_s = time.monotonic() - begun
    await settle(stage)
    return shoppers * times / took_s, spread(turn_times(stage, committed_at(stage)))


async def minds(stage: Workers, options: Options, say: Say) -> list[Figure]:
    """The same load twice: with this machine's own mind, and with one that takes two seconds."""
    load = {"rate": 20, "seconds": 30}
    await _change(stage, stage.own_worker)
    own = await play(stage, Crowd(CONVERSATIONS, seed=11), **load)
    await _change(stage, stage.slow_worker)
    slow = await play(stage, Crowd(CONVERSATIONS, seed=12), **load)
    stage.let_work(stage.own_worker)
    at = f"{CONVERSATIONS} conversations, {load['rate']} messages/s for {load['seconds']} s"
    rates = (slow.handled_per_s, own.handled_per_s)
    return [
        Figure(f"{at}; a mind of {SLOW_MIND_S:.0f} s", "", "own mind"),
        *(
            Figure(f"  {row.name}", row.ours, row.theirs, row.ratio)
            for row in compare([(slow, own)])
        ),
        Figure("  messages handled a second", *(f"{r:.1f}" for r in rates), _over(*rates)),
        Figure("  lost, doubled", _losses(slow), _losses(own), wanted="0, 0"),
    ]


def _over(one: float, other: float) -> str:
    return f"{one / other:.2f}"


async def metrics(stage: Workers, options: Options, say: Say) -> list[Figure]:
    """The same load by a worker that counts for the metrics and by one that does not, in turn."""
    pairs: list[tuple[float, float]] = []
    load = {"rate": COUNTED_RATE, "seconds": options.seconds}
    for number in range(options.rounds):
        say(f"  round {number + 1} of {options.rounds}")
        await _change(stage, stage.unmeasured_worker)
        without = await play(stage, Crowd(SHOPPERS, seed=21 + number), **load)
        await _change(stage, stage.own_worker)
        counted = await play(stage, Crowd(SHOPPERS, seed=51 + number), **load)
        pairs.append((counted.cost_ms["worker"], without.cost_ms["worker"]))
    ratios = [one / other for one, other in pairs]
    ours, bare = (statistics.median(side) for side in zip(*pairs, strict=True))
    at = f"{COUNTED_RATE} messages/s, {options.rounds} × {options.seconds} s; metrics on and off"
    return [
        Figure(at, "on", "off"),
        Figure(
            "  processor ms a message: worker",
            f"{ours:.2f}",
            f"{bare:.2f}",
            f"{statistics.median(ratios):.3f}",
        ),
        Figure("  lowest and highest ratio", f"{min(ratios):.3f}, {max(ratios):.3f}"),
    ]


async def photo(stage: Workers, options: Options, say: Say) -> list[Figure]:
    """Photos of garments, one after the other."""
    for sample in gallery.sample_photos():
        stage.outside.pictures[f"{sample.name}.jpg"] = sample.jpeg()
    names = list(stage.outside.pictures)
    (shopper,) = Crowd(1, seed=4).phones
    await stage.outside.ask(shopper, picture=names[0])
    await settle(stage)
    stage.outside.forget()
    for name in names * 3:
        await stage.outside.ask(shopper, picture=name)
        await settle(stage)
    turns = turn_times(stage, committed_at(stage))
    return [
        Figure("photo turn, p50 ms", f"{median_ms(turns):.0f}"),
        Figure("  p95 ms", f"{percentile_ms(turns, 0.95):.0f}"),
    ]


async def rows(stage: Workers, options: Options, say: Say) -> list[Figure]:
    """What the database writes for one turn."""
    await settle(stage)
    before = _written(stage)
    crowd = Crowd(40, seed=5)
    await talk_along(stage, crowd, times=12)
    await settle(stage)
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


async def memory(stage: Workers, options: Options, say: Say) -> list[Figure]:
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
        Figure(
            "  its last ten, p50 ms",
            f"{median_ms(times[-10:]):.1f}",
            ratio=_over(median_ms(times[-10:]), median_ms(times[:10])),
            wanted="as fast as the first",
        ),
    ]


def _written(stage: Stage) -> dict[str, tuple[int, int, int]]:
    counted = stage.rows(
        "select schemaname || '.' || relname as name, n_tup_ins, n_tup_upd, n_tup_del"
        " from pg_stat_user_tables"
    )
    return {row["name"]: (row["n_tup_ins"], row["n_tup_upd"], row["n_tup_del"]) for row in counted}
