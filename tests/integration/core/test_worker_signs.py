"""What a worker writes down, and that it leaves a paused queue alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from procrastinate import App, RetryStrategy

from dukani.core import worker_signs
from dukani.core.database import Database
from dukani.core.queue import build_queue, defer
from dukani.core.settings import Queue as QueueSettings
from dukani.core.store import job_list, queue_states
from dukani.core.work_slots import CONCURRENCY
from dukani.worker import run_worker

BOUTIQUE = "00000000-0000-0000-0000-0000000000b1"


@asynccontextmanager
async def working(queue: App, queues: list[str] | None = None) -> AsyncIterator[None]:
    worker = asyncio.create_task(run_worker(queue, concurrency=CONCURRENCY, queues=queues))
    try:
        async with asyncio.timeout(20):
            yield
    finally:
        worker.cancel()
        await asyncio.wait({worker})


def a_queue(database: Database) -> App:
    return build_queue(database.url, QueueSettings(heartbeat_s=0.1, stalled_after_s=1.0))


async def until(database: Database, statement: str) -> Any:
    """The first row the statement finds."""
    while True:
        async with database.system_connection() as conn:
            row = await (await conn.execute(statement.encode())).fetchone()
        if row is not None:
            return row
        await asyncio.sleep(0.05)


async def test_a_worker_says_where_it_runs_what_it_takes_and_what_ended(
    database: Database,
) -> None:
    # given
    queue = a_queue(database)
    may_end = asyncio.Event()

    @queue.task(name="handle_turn", queue="turns")
    async def handle_turn(boutique_id: str) -> None:
        await may_end.wait()

    async with database.system_connection() as conn:
        await defer(conn, "handle_turn", lock="a", boutique_id=BOUTIQUE)

    # when
    async with working(queue, ["turns", "bulk"]):
        await until(database, "select from jobs.procrastinate_jobs where status = 'doing'")
        async with database.system_connection() as conn:
            [worker] = await queue_states.workers(conn, stalled_after_s=5)
            [machine] = await queue_states.machines(conn)
            [doing] = [one for one in await queue_states.states(conn) if one.doing]
        may_end.set()
        counted = await until(database, "select * from private.queue_minutes")

    # then
    assert worker.alive and worker.queues == ["turns", "bulk"]
    assert worker.listens_to("turns") and not worker.listens_to("payments")
    assert [job["task"] for job in machine.doing] == ["handle_turn"] and machine.pid
    assert (doing.name, doing.waiting) == ("turns", 0)
    assert (counted["queue_name"], counted["done"], counted["failed"]) == ("turns", 1, 0)
    async with database.system_connection() as conn:
        assert await queue_states.workers(conn, stalled_after_s=5) == []
        assert (await queue_states.states(conn))[1].done_per_minute == 0.2


async def test_the_error_of_a_failed_job_is_kept_without_phones(database: Database) -> None:
    # given
    queue = a_queue(database)

    @queue.task(name="handle_turn", queue="turns", retry=RetryStrategy(max_attempts=1, wait=0))
    async def handle_turn(boutique_id: str) -> None:
        raise ValueError("0712000001 has no cart\nDETAIL: all of the row")

    async with database.system_connection() as conn:
        await defer(conn, "handle_turn", lock="a", boutique_id=BOUTIQUE)

    # when
    async with working(queue):
        await until(database, "select from jobs.procrastinate_jobs where status = 'failed'")
        await until(database, "select from private.queue_minutes where failed = 1")

    # then
    async with database.system_connection() as conn:
        [job] = await job_list.page(
            conn, state="failed", queue="turns", stalled_after_s=1, before=None, limit=9
        )
    assert job.error is not None and job.error.startswith("ValueError: ")
    assert "712000001" not in job.error.replace(" ", "") and "DETAIL" not in job.error
    assert (job.task, job.attempts, job.boutique_id) == ("handle_turn", 2, BOUTIQUE)


async def test_a_paused_queue_waits_and_others_do_not(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    monkeypatch.setattr(worker_signs, "LOOK_FOR_PAUSES_S", 0.05)
    queue = a_queue(database)
    begun: list[str] = []

    @queue.task(name="handle_turn", queue="turns")
    async def handle_turn(boutique_id: str) -> None:
        begun.append("turn")

    @queue.task(name="deliver", queue="sending")
    async def deliver(boutique_id: str) -> None:
        begun.append("delivery")

    async with database.system_connection() as conn:
        assert await queue_states.pause(conn, queue="turns", actor="platform:me", reason="a test")
        assert not await queue_states.pause(conn, queue="turns", actor="other", reason="twice")
        await defer(conn, "handle_turn", lock="a", boutique_id=BOUTIQUE)
        await defer(conn, "deliver", lock="b", boutique_id=BOUTIQUE)

    # when
    async with working(queue):
        while not begun:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        await asyncio.sleep(1.2)  # twice as long as the worker sleeps without a job
        held = list(begun)
        async with database.system_connection() as conn:
            [state] = [s for s in await queue_states.states(conn) if s.name == "turns"]
            assert await queue_states.go_on(conn, queue="turns")
        while len(begun) < 2:  # noqa: ASYNC110
            await asyncio.sleep(0.02)

    # then
    assert held == ["delivery"] and begun == ["delivery", "turn"]
    assert (state.waiting, state.paused_by, state.pause_reason) == (1, "platform:me", "a test")
    assert state.oldest_s is not None and state.oldest_s > 1


async def test_a_job_behind_another_of_its_lock_is_no_sign_of_a_stuck_queue(
    database: Database,
) -> None:
    # given a delivery that is held for an hour, and one that waits behind it
    async with database.system_connection() as conn:
        for delay in ("1 hour", None):
            await conn.execute(
                "select jobs.defer('deliver', 'a', %s, %s::interval)",
                (f'{{"boutique_id": "{BOUTIQUE}"}}', delay),
            )

        # then
        [state] = [s for s in await queue_states.states(conn) if s.name == "sending"]
    assert (state.waiting, state.scheduled, state.oldest_s) == (1, 1, None)
