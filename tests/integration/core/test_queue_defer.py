"""A job is there exactly when its transaction is, and runs in its lane."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from dukani.core.database import Database
from dukani.core.queue import build_queue, defer, retry_stalled_jobs
from dukani.core.settings import Queue as QueueSettings
from tests.factories import a_boutique

Job = dict[str, Any]


async def jobs(database: Database) -> list[Job]:
    async with database.system_connection() as conn:
        rows = await conn.execute(
            "select task_name, lock, queue_name, priority, args, scheduled_at, status::text"
            " from jobs.procrastinate_jobs order by id"
        )
        return list(await rows.fetchall())


async def test_a_job_is_kept_with_everything_it_was_given(database: Database) -> None:
    boutique = await a_boutique(database)
    async with database.tenant_connection(boutique) as conn:
        await defer(conn, "deliver", lock="c:1", message_id="m", n=2)

    assert await jobs(database) == [
        {
            "task_name": "deliver",
            "lock": "c:1",
            "queue_name": "default",
            "priority": 0,
            "args": {"message_id": "m", "n": 2},
            "scheduled_at": None,
            "status": "todo",
        }
    ]


async def test_a_rolled_back_transaction_leaves_no_job(database: Database) -> None:
    boutique = await a_boutique(database)
    with pytest.raises(RuntimeError):
        async with database.tenant_connection(boutique) as conn:
            await defer(conn, "deliver", lock="c:1")
            raise RuntimeError
    assert await jobs(database) == []


async def test_a_delay_counts_from_the_database_s_clock(database: Database) -> None:
    async with database.system_connection() as conn:
        await defer(conn, "later", lock="a", delay=timedelta(seconds=75))
        now = (await (await conn.execute("select now() as now")).fetchone() or {})["now"]

    [later] = await jobs(database)

    assert later["scheduled_at"] - now == timedelta(seconds=75)


async def test_jobs_of_one_lock_run_one_after_another_in_order(database: Database) -> None:
    # given three jobs in one lane and one in another
    queue = build_queue(database.url, QueueSettings())
    running: set[str] = set()
    done: list[tuple[str, int]] = []

    @queue.task(name="work")
    async def work(lane: str, n: int) -> None:
        assert lane not in running
        running.add(lane)
        await asyncio.sleep(0.02)
        running.discard(lane)
        done.append((lane, n))

    async with database.system_connection() as conn:
        for lane, n in (("a", 1), ("a", 2), ("a", 3), ("b", 1)):
            await defer(conn, "work", lock=lane, lane=lane, n=n)

    # when a worker with room for all of them runs
    async with queue.open_async(), asyncio.timeout(10):
        worker = asyncio.create_task(queue.run_worker_async(concurrency=4))
        while len(done) < 4 or await jobs(database):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        worker.cancel()
        await asyncio.wait({worker})

    # then each lane kept its order, and nothing is left
    assert [n for lane, n in done if lane == "a"] == [1, 2, 3]
    assert ("b", 1) in done


async def test_a_dead_worker_s_job_is_given_back_and_a_living_one_s_is_not(
    database: Database,
) -> None:
    # given a job of a worker killed a minute ago, and one of a worker alive
    async with database.system_connection() as conn:
        for lane in ("dead", "alive"):
            await defer(conn, "work", lock=lane)
        await conn.execute(
            """with w as (insert into jobs.procrastinate_workers (last_heartbeat)
                 values (now() - interval '1 minute'), (now()) returning id, last_heartbeat)
               update jobs.procrastinate_jobs set status = 'doing', worker_id =
                 (select id from w order by last_heartbeat = now() limit 1
                  offset case lock when 'dead' then 0 else 1 end)"""
        )
    queue = build_queue(database.url, QueueSettings())

    # when the sweep looks
    async with queue.open_async():
        given_back = await retry_stalled_jobs(queue)
        again = await retry_stalled_jobs(queue)

    # then only the dead one's is waiting again, once
    assert (given_back, again) == (1, 0)
    assert {job["lock"]: job["status"] for job in await jobs(database)} == {
        "dead": "todo",
        "alive": "doing",
    }
