"""The job queue: defers jobs on the caller's transaction, and sets the worker up.

Jobs are deferred by their task's name: only the worker imports the function behind it. A job
deferred in a transaction that rolls back is rolled back too (a transactional outbox). A job may
run twice (after a crash), so every task is idempotent.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import structlog
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from psycopg import AsyncConnection, AsyncCursor
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool

from dukani.core.connection_settings import OF_THE_QUEUE, OUR_END, at_start, for_the_transaction
from dukani.core.database import Connection, check_socket
from dukani.core.observability.measuring import measure_job
from dukani.core.settings import Queue as QueueSettings
from dukani.core.store.events import TRIES_TOGETHER
from dukani.core.worker_signs import SignManager

log = structlog.get_logger()

# Longer than any job takes: a job `doing` for longer has ended, and only its end was not written.
LONGEST_JOB = timedelta(minutes=5)

# One statement instead of the library's two round trips, 0.32 ms instead of 0.56. An expression, so
# that other statements can defer a job too. The function is in `queue_grants.sql`.
JOB = "jobs.defer({task}, {lock}, {args}, {delay}::interval)"
_DEFER = "select " + JOB.format(
    task="%(task)s", lock="%(lock)s", args="%(args)s", delay="%(delay)s"
)


def lock_of(boutique_id: str, lock: str) -> str:
    """The lock of a boutique's job in the database; no other boutique's lock can be the same."""
    return f"{boutique_id}/{lock}"


async def worker_is_alive(conn: Connection, *, within_s: float) -> bool:
    """Whether a worker gave a sign of life within so many seconds. Needs a system connection."""
    cursor = await conn.execute(
        """select exists (select from jobs.procrastinate_workers
           where last_heartbeat > now() - make_interval(secs => %s)) as working""",
        (within_s,),
    )
    row = await cursor.fetchone()
    return bool(row and row["working"])


async def defer(
    conn: Connection,
    task: str,
    *,
    lock: str,
    delay: timedelta | None = None,
    **args: Any,
) -> None:
    """Queue `task` with `args` on this transaction.

    Jobs of one `lock` run one after another; a job with a `boutique_id` has its lock within that
    boutique (`lock_of`). The job is due after `delay`.
    """
    await conn.execute(
        _DEFER.encode(), {"task": task, "lock": lock, "args": Jsonb(args), "delay": delay}
    )


_QUEUE_IN_TRANSACTION = for_the_transaction(OF_THE_QUEUE).encode()


async def _commit_each_statement(conn: AsyncConnection[Any]) -> None:
    """Use autocommit: the library's statements take one round trip each instead of three."""
    await conn.set_autocommit(True)


def _pool(**given: Any) -> AsyncConnectionPool[Any]:
    """A pool that checks connections without the round trip that the library's own check costs."""
    return AsyncConnectionPool(**given | {"check": check_socket})


class _PooledConnector(PsycopgConnector):
    """Sets role and search path with each statement: a transaction pooler keeps no session."""

    @asynccontextmanager
    async def _get_cursor(
        self, connection: AsyncConnection[Any] | None = None
    ) -> AsyncIterator[AsyncCursor[DictRow]]:
        async with super()._get_cursor(connection) as cursor, cursor.connection.pipeline():
            # A pipeline is one transaction and one round trip.
            await cursor.connection.execute(_QUEUE_IN_TRANSACTION)
            yield cursor


def build_queue(
    url: str, settings: QueueSettings, *, pool_size: int = 3, transaction_pooler: bool = False
) -> App:
    """A Procrastinate app on `url` with short polling. Tasks are added by the worker.

    LISTEN does not work behind a transaction pooler, so the worker polls more often there.
    """
    make = _PooledConnector if transaction_pooler else PsycopgConnector
    connector = make(
        conninfo=url,
        kwargs={
            **OUR_END,
            **(
                {"prepare_threshold": None}
                if transaction_pooler
                else {"options": at_start(OF_THE_QUEUE)}
            ),
        },
        configure=_commit_each_statement,
        pool_factory=_pool,
        min_size=1,
        max_size=pool_size,
    )
    queue = App(
        connector=connector,
        worker_defaults={
            # The default of 5 s makes scheduled jobs up to 4 s late.
            "fetch_job_polling_interval": 0.1 if transaction_pooler else 0.5,
            "listen_notify": not transaction_pooler,
            "delete_jobs": "successful",
            "shutdown_graceful_timeout": 10.0,
            "install_signal_handlers": False,
            "update_heartbeat_interval": settings.heartbeat_s,
            "stalled_worker_timeout": settings.stalled_after_s,
        },
    )
    queue.job_manager = manager = SignManager(connector)
    queue.worker_defaults["worker_middleware"] = [manager.run, measure_job]
    return queue


def heartbeat_s(queue: App) -> float:
    """Seconds between a worker's heartbeats."""
    return float(queue.worker_defaults["update_heartbeat_interval"])


# The worker writes a job's end once, and no one sees an error of that: when the database is away at
# that moment, the job stays `doing` although its worker lives.
_OVERDUE = """
select job.id from procrastinate_jobs job
join procrastinate_events event on event.job_id = job.id and event.type = 'started'
where job.status = 'doing'
group by job.id
having max(event.at) < now() - %(longest)s::interval
"""


# A turn that kills its worker cannot count it, so this statement counts an interruption for
# the events of the turn, or for the oldest event alone once events are handled one by one. Raises,
# and counts nothing, when another sweep gave the job back first.
_GIVE_BACK = f"""
with turn as (
  select (args ->> 'boutique_id')::uuid as boutique_id,
    (args ->> 'conversation_id')::uuid as conversation_id,
    (select max(at) from procrastinate_events
     where job_id = job.id and type = 'started') as begun_at
  from procrastinate_jobs job
  where id = %(job_id)s and status = 'doing' and task_name = 'handle_turn'
), waiting as (
  select e.boutique_id, e.id, row_number() over (order by e.id) as place,
    bool_or(greatest(e.failures, e.interruptions) >= {TRIES_TOGETHER}) over () as one_by_one
  from turn join public.conversation_events e using (boutique_id, conversation_id)
  where e.handled_at is null and e.created_at <= turn.begun_at
), blamed as (
  update public.conversation_events e set interruptions = e.interruptions + 1 from waiting
  where e.boutique_id = waiting.boutique_id and e.id = waiting.id
    and (waiting.place = 1 or not waiting.one_by_one)
)
select procrastinate_retry_job_v2(%(job_id)s, now(), null, null, null)
"""


async def retry_stalled_jobs(queue: App) -> int:
    """Retry jobs of dead workers, and jobs whose end was not written; returns their number.

    After kill -9 a job stays `doing` and its lock would block its conversation for ever. A job
    that takes longer than `LONGEST_JOB` runs a second time beside the first, which idempotent
    tasks allow.
    """
    stalled_after_s = queue.worker_defaults["stalled_worker_timeout"]
    stalled = await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=stalled_after_s)
    overdue = await queue.connector.execute_query_all_async(_OVERDUE, longest=LONGEST_JOB)
    ids = {job.id for job in stalled if job.id} | {int(row["id"]) for row in overdue}
    return sum([await _give_back(queue, job_id) for job_id in ids])


async def _give_back(queue: App, job_id: int) -> bool:
    try:
        await queue.connector.execute_query_one_async(_GIVE_BACK, job_id=job_id)
    except ConnectorException as error:
        # Another worker's sweep gave the job back, or the job's own worker was slow, not dead.
        log.info("stalled_job_not_given_back", job=job_id, reason=str(error))
        return False
    return True
