"""One slow thing slows only itself: what fills its own slots leaves everybody else theirs."""

from __future__ import annotations

import asyncio
from collections import Counter
from uuid import uuid4

import pytest
from procrastinate import App
from procrastinate.jobs import Status

from dukani.core import work_slots
from dukani.core.database import Database
from dukani.core.queue import build_queue, defer
from dukani.core.queues import QUEUES
from dukani.core.settings import Queue as QueueSettings
from dukani.core.work_slots import CONCURRENCY, SlotManager, Slots, aside

SLOW, QUICK = str(uuid4()), str(uuid4())
MANY = 24  # more jobs than any kind but turns has slots


async def put(database: Database, task: str, boutique: str, count: int) -> None:
    async with database.system_connection() as conn:
        for _ in range(count):
            await defer(conn, task, lock=str(uuid4()), boutique_id=boutique)


async def test_a_boutiques_slow_sends_hold_its_own_slots_only(database: Database) -> None:
    # given more sends of one boutique than a worker has slots, none of which comes to an end
    queue = build_queue(database.url, QueueSettings())
    begun: Counter[str] = Counter()
    may_end = asyncio.Event()

    @queue.task(name="deliver")
    async def deliver(boutique_id: str) -> None:
        begun[boutique_id] += 1
        if boutique_id == SLOW:
            await may_end.wait()

    await put(database, "deliver", SLOW, MANY)
    await put(database, "deliver", QUICK, 6)

    # when a worker takes them, then another boutique's are sent
    async with queue.open_async(), asyncio.timeout(20):
        worker = asyncio.create_task(queue.run_worker_async(concurrency=CONCURRENCY))
        while begun[QUICK] < 6:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        assert begun[SLOW] == QUEUES["sending"].per_boutique

        # and what was passed over follows as soon as slots are freed
        may_end.set()
        while begun[SLOW] < MANY:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        worker.cancel()
        await asyncio.wait({worker})


async def test_a_kind_that_hangs_everywhere_leaves_the_others_their_slots(
    database: Database,
) -> None:
    queue = build_queue(database.url, QueueSettings())
    prompts = 0
    answered = asyncio.Event()

    @queue.task(name="push_payment")
    async def push_payment(boutique_id: str) -> None:
        nonlocal prompts
        prompts += 1
        await asyncio.sleep(60)

    @queue.task(name="handle_turn")
    async def handle_turn(boutique_id: str) -> None:
        answered.set()

    for _ in range(MANY):
        await put(database, "push_payment", str(uuid4()), 1)
    await put(database, "handle_turn", QUICK, 1)

    async with queue.open_async(), asyncio.timeout(20):
        worker = asyncio.create_task(
            queue.run_worker_async(concurrency=CONCURRENCY, shutdown_graceful_timeout=0)
        )
        await answered.wait()
        worker.cancel()
        await asyncio.wait({worker})
    assert prompts == QUEUES["payments"].slots


async def test_a_job_that_hangs_is_cancelled_and_tried_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_slots, "LONGEST_RUN_S", 0.1)
    queue = build_queue(database.url, QueueSettings())
    ends: list[str] = []

    @queue.task(name="deliver", retry=1)
    async def deliver(boutique_id: str) -> None:
        try:
            await asyncio.sleep(0 if ends else 60)
        except asyncio.CancelledError:
            ends.append("cancelled")
            raise
        ends.append("done")

    await put(database, "deliver", SLOW, 1)
    async with queue.open_async(), asyncio.timeout(20):
        worker = asyncio.create_task(queue.run_worker_async(concurrency=2))
        while "done" not in ends:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        worker.cancel()
        await asyncio.wait({worker})

    assert ends == ["cancelled", "done"]


async def test_whoever_waits_for_a_mind_holds_no_slot(database: Database) -> None:
    # given as many turns of one boutique as may run at once, all of which wait for a mind
    queue = build_queue(database.url, QueueSettings())
    waiting = 0
    answered = asyncio.Event()
    busy: list[int] = []

    @queue.task(name="handle_turn")
    async def handle_turn(boutique_id: str) -> None:
        nonlocal waiting
        with aside():
            waiting += 1
            await answered.wait()
        busy.append(slots_of(queue)._of_queue["turns"])

    most = QUEUES["turns"].per_boutique
    await put(database, "handle_turn", SLOW, 2 * most)

    # when a worker takes them, then the next ones begin too
    async with queue.open_async(), asyncio.timeout(20):
        worker = asyncio.create_task(queue.run_worker_async(concurrency=CONCURRENCY))
        while waiting < 2 * most:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        assert slots_of(queue)._of_queue["turns"] == 0

        # and whoever goes on holds a slot again
        answered.set()
        while len(busy) < 2 * most:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        worker.cancel()
        await asyncio.wait({worker})
    assert max(busy) > 0
    assert slots_of(queue)._of_queue["turns"] == 0


async def test_jobs_of_one_lock_never_run_together_also_while_others_are_passed_over(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a worker whose payments hold all their slots, and two turns of one conversation
    monkeypatch.setattr(work_slots, "LOOKS", 1)
    queue = build_queue(database.url, QueueSettings())
    for n in range(QUEUES["payments"].slots):
        slots_of(queue).enter(-1 - n, "push_payment", None)
    async with database.system_connection() as conn:
        for _ in range(2):
            await defer(conn, "handle_turn", lock="a conversation", boutique_id=QUICK)

    # when it asks for work before the first of them has ended, and after
    async with queue.open_async():
        manager = queue.job_manager
        worker = await manager.register_worker()
        first = await manager.fetch_job(None, worker)
        meanwhile = await manager.fetch_job(None, worker)
        assert first is not None
        await manager.finish_job(first, Status.SUCCEEDED, delete_job=False)
        second = await manager.fetch_job(None, worker)

    # then
    assert meanwhile is None
    assert second is not None and second.id != first.id


def slots_of(queue: App) -> Slots:
    manager = queue.job_manager
    assert isinstance(manager, SlotManager)
    return manager.slots
