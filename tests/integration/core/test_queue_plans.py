"""A job costs the same, whatever the size the queue had when its connection made its plans.

The plans of the queue's functions are kept by the connection. Made over a queue that was just
vacuumed empty they read it whole, and go on so while it fills: nothing tells them before the next
vacuum. `enable_seqscan = off` of the queue's connections is what keeps them from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg
import pytest

from dukani.core.connection_settings import OF_THE_QUEUE, at_start

DEAD = 10_000  # jobs done since the last vacuum: a busy minute or two
_DEFER = """select procrastinate_defer_jobs_v1(array[
  row('q', 't', 0, 'one', null, '{}'::jsonb, null)::procrastinate_job_to_defer_v1])"""
_FETCH = "select id from procrastinate_fetch_job_v2(null, %s)"
_FINISH = "select procrastinate_finish_job_v1(%s, 'succeeded', true)"
_DONE_AT_ONCE = """insert into procrastinate_jobs (queue_name, task_name, lock, args, status)
select 'q', 't', 'dead ' || n, '{}', 'todo' from generate_series(1, %s) n"""

OURS = OF_THE_QUEUE
PLANNED_ANEW = {
    **OF_THE_QUEUE,
    "enable_seqscan": "on",
    "plan_cache_mode": "force_custom_plan",
}
AS_THE_SERVER_DOES = {**OF_THE_QUEUE, "enable_seqscan": "on"}


class Line:
    """A worker's connection, for as long as the worker lives."""

    def __init__(self, conn: psycopg.Connection) -> None:
        self._conn = conn
        row = conn.execute("select procrastinate_register_worker_v1()").fetchone()
        assert row is not None
        self._worker = row[0]

    def work(self) -> int:
        """A job; the pages read to end it."""
        self._conn.execute(_DEFER)
        job = self._conn.execute(_FETCH, (self._worker,)).fetchone()
        assert job is not None
        explain = "explain (analyze, buffers, timing off, format json) "
        told = self._conn.execute((explain + _FINISH).encode(), job).fetchone()
        assert told is not None
        plan = told[0][0]["Plan"]
        return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


@contextmanager
def line(url: str, settings: Mapping[str, str]) -> Iterator[Line]:
    with psycopg.connect(url, autocommit=True, options=at_start(settings)) as conn:
        yield Line(conn)


def empty_and_full(superuser_url: str, settings: Mapping[str, str]) -> tuple[int, int]:
    """The pages a job reads on one connection: over an empty queue, then after many jobs."""
    options = "-c search_path=jobs"
    with psycopg.connect(superuser_url, autocommit=True, options=options) as owner:
        for table in ("procrastinate_jobs", "procrastinate_events"):
            owner.execute(f"alter table {table} set (autovacuum_enabled = off)".encode())
        with line(superuser_url, settings) as worker:
            # given plans that are kept, made over a queue of no pages
            owner.execute(_DONE_AT_ONCE, (10,))
            owner.execute("delete from procrastinate_jobs")
            owner.execute("vacuum analyze procrastinate_jobs")
            owner.execute("vacuum analyze procrastinate_events")
            empty = [worker.work() for _ in range(12)][-1]

            # when many jobs come and go, and no vacuum
            owner.execute(_DONE_AT_ONCE, (DEAD,))
            owner.execute("delete from procrastinate_jobs")
            return empty, [worker.work() for _ in range(4)][-1]


@pytest.mark.parametrize("settings", [OURS, PLANNED_ANEW], ids=["ours", "planned-anew"])
def test_a_job_ends_as_cheaply_as_when_the_queue_was_empty(
    superuser_url: str, settings: Mapping[str, str]
) -> None:
    empty, full = empty_and_full(superuser_url, settings)

    # then: some pages more for deeper indexes
    assert full < 2 * empty


def test_plans_kept_from_an_empty_queue_read_it_whole(superuser_url: str) -> None:
    """Why the setting stays; when the server or the library knows better, take it out."""
    empty, full = empty_and_full(superuser_url, AS_THE_SERVER_DOES)

    # then
    assert full > 4 * empty
