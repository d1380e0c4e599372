"""A job is there exactly when its transaction is, and runs in its partition."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from dukani.core.database import Database
from dukani.core.jobs import defer_reading_missed
from dukani.core.queue import LONGEST_JOB, build_queue, defer, lock_of, retry_stalled_jobs
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
        await defer(conn, "deliver", lock="c:1", boutique_id=boutique, message_id="m", n=2)

    assert await jobs(database) == [
        {
            "task_name": "deliver",
            "lock": lock_of(boutique, "c:1"),
            "queue_name": "sending",
            "priority": 20,
            "args": {"boutique_id": boutique, "message_id": "m", "n": 2},
            "scheduled_at": None,
            "status": "todo",
        }
    ]


async def test_many_starts_leave_no_heap_of_readings_of_what_was_missed(
    database: Database,
) -> None:
    for _ in range(50):
        async with database.system_connection() as conn:
            for seconds in (5, 60):
                await defer_reading_missed(conn, delay=timedelta(seconds=seconds))

    assert [job["task_name"] for job in await jobs(database)] == ["read_missed_messages"] * 2


async def test_a_rolled_back_transaction_leaves_no_job(database: Database) -> None:
    boutique = await a_boutique(database)
    with pytest.raises(RuntimeError):
        async with database.tenant_connection(boutique) as conn:
            await defer(conn, "deliver", lock="c:1", boutique_id=boutique)
            raise RuntimeError
    assert await jobs(database) == []


async def test_a_delay_counts_from_the_database_s_clock(database: Database) -> None:
    async with database.system_connection() as conn:
        await defer(conn, "later", lock="a", delay=timedelta(seconds=75))
        now = (await (await conn.execute("select now() as now")).fetchone() or {})["now"]

    [later] = await jobs(database)

    assert later["scheduled_at"] - now == timedelta(seconds=75)


async def test_jobs_of_one_lock_run_one_after_another_in_order(database: Database) -> None:
    # given three jobs in one partition and one in another
    queue = build_queue(database.url, QueueSettings())
    running: set[str] = set()
    done: list[tuple[str, int]] = []

    @queue.task(name="work")
    async def work(partition: str, n: int) -> None:
        assert partition not in running
        running.add(partition)
        await asyncio.sleep(0.02)
        running.discard(partition)
        done.append((partition, n))

    async with database.system_connection() as conn:
        for partition, n in (("a", 1), ("a", 2), ("a", 3), ("b", 1)):
            await defer(conn, "work", lock=partition, partition=partition, n=n)

    # when a worker with room for all of them runs
    async with queue.open_async(), asyncio.timeout(10):
        worker = asyncio.create_task(queue.run_worker_async(concurrency=4))
        while len(done) < 4 or await jobs(database):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        worker.cancel()
        await asyncio.wait({worker})

    # then each partition kept its order, and nothing is left
    assert [n for partition, n in done if partition == "a"] == [1, 2, 3]
    assert ("b", 1) in done


async def test_a_dead_worker_s_job_is_given_back_and_a_living_one_s_is_not(
    database: Database,
) -> None:
    # given a job of a worker killed a minute ago, and one of a worker alive
    async with database.system_connection() as conn:
        for partition in ("dead", "alive"):
            await defer(conn, "work", lock=partition)
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


async def test_a_job_under_way_for_longer_than_any_may_take_is_given_back(
    database: Database, superuser_url: str
) -> None:
    # given two jobs of a worker alive, one begun long ago
    async with database.system_connection() as conn:
        for partition in ("long ago", "just now"):
            await defer(conn, "work", lock=partition)
        await conn.execute(
            """with w as (insert into jobs.procrastinate_workers default values returning id)
               update jobs.procrastinate_jobs set status = 'doing',
                 worker_id = (select id from w)"""
        )
    await _begun_long_ago(superuser_url, partition="long ago")
    queue = build_queue(database.url, QueueSettings())

    # when the sweep looks
    async with queue.open_async():
        given_back = await retry_stalled_jobs(queue)
        again = await retry_stalled_jobs(queue)

    # then that one is waiting again, once
    assert (given_back, again) == (1, 0)
    assert {job["lock"]: job["status"] for job in await jobs(database)} == {
        "long ago": "todo",
        "just now": "doing",
    }


async def test_a_partition_goes_on_though_the_database_went_away_as_its_job_ended(
    database: Database, superuser_url: str
) -> None:
    # given a job under way, and another behind it
    queue = build_queue(database.url, QueueSettings())
    done: list[int] = []
    go_on = asyncio.Event()

    @queue.task(name="work")
    async def work(n: int) -> None:
        done.append(n)
        await go_on.wait()

    async with database.system_connection() as conn:
        for n in (1, 2):
            await defer(conn, "work", lock="a", n=n)
    async with queue.open_async(), asyncio.timeout(30):
        worker = asyncio.create_task(queue.run_worker_async(concurrency=4))
        while not done:  # noqa: ASYNC110
            await asyncio.sleep(0.02)

        # when the connection that writes its end is lost
        async with await psycopg.AsyncConnection.connect(superuser_url) as conn:
            await conn.execute("select from jobs.procrastinate_jobs for update")
            go_on.set()
            await _end_the_backend_that_finishes_it(superuser_url)
        assert [job["status"] for job in await jobs(database)] == ["doing", "todo"]
        await _begun_long_ago(superuser_url, partition="a")
        await retry_stalled_jobs(queue)

        # then it is done again, and the next one of its partition after it
        while await jobs(database):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        worker.cancel()
        await asyncio.wait({worker})
    assert done == [1, 1, 2]


async def _end_the_backend_that_finishes_it(superuser_url: str) -> None:
    async with await psycopg.AsyncConnection.connect(superuser_url, autocommit=True) as conn:
        ended: list[Any] = []
        while not ended:
            await asyncio.sleep(0.02)
            rows = await conn.execute(
                """select pg_terminate_backend(pid) from pg_stat_activity
                   where query like '%finish_job%' and wait_event_type = 'Lock'
                     and datname = current_database()"""
            )
            ended = await rows.fetchall()


async def _begun_long_ago(superuser_url: str, *, partition: str) -> None:
    """The job's beginning moved back, as if it were under way for ever."""
    async with await psycopg.AsyncConnection.connect(superuser_url) as conn:
        await conn.execute(
            """update jobs.procrastinate_events event set at = at - %s::interval
               from jobs.procrastinate_jobs job where job.id = event.job_id and job.lock = %s""",
            (LONGEST_JOB, partition),
        )
