"""Jobs of the queue that did not end well, or have not ended. Needs a system connection.

They are retried and cancelled by Procrastinate's own functions, in the transaction that says who
did it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, LiteralString

import psycopg
from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.queue import LONGEST_JOB

# `stalled`: its worker has died, or its end was not written. `waiting`: due now or later.
JobState = Literal["failed", "aborted", "cancelled", "stalled", "doing", "waiting"]


@dataclass(frozen=True, slots=True)
class ListedJob:
    """`at` is when it ended, began or is due; `error` is of its last try."""

    id: int
    state: JobState
    task: str
    queue: str
    lock: str | None
    attempts: int
    args: dict[str, Any]
    boutique_id: str | None
    boutique: str | None
    error: str | None
    at: datetime | None


_STALLED: LiteralString = """(j.status = 'doing' and (
  not exists (select from jobs.procrastinate_workers w where w.id = j.worker_id
    and w.last_heartbeat >= now() - make_interval(secs => %(stalled_after_s)s))
  or (select max(e.at) from jobs.procrastinate_events e where e.job_id = j.id
    and e.type = 'started') < now() - %(longest)s::interval))"""
_FITS: dict[JobState, LiteralString] = {
    "failed": "j.status = 'failed'",
    "aborted": "j.status = 'aborted'",
    "cancelled": "j.status = 'cancelled'",
    "stalled": _STALLED,
    "doing": "j.status = 'doing'",
    "waiting": "j.status = 'todo'",
}
_STATE: LiteralString = f"""case when {_STALLED} then 'stalled'
  when j.status = 'todo' then 'waiting' else j.status::text end"""
_JOB: LiteralString = f"""
select j.id, {_STATE} as state, j.task_name as task, j.queue_name as queue, j.lock, j.attempts,
  j.args, j.args ->> 'boutique_id' as boutique_id, b.name as boutique,
  (select e.error from private.job_errors e where e.job_id = j.id
   order by e.attempt desc limit 1) as error,
  case when j.status = 'todo' and j.scheduled_at is not null then j.scheduled_at
    else (select max(e.at) from jobs.procrastinate_events e where e.job_id = j.id) end as at
from jobs.procrastinate_jobs j
left join boutiques b on b.id::text = j.args ->> 'boutique_id'
"""


async def page(
    conn: Connection,
    *,
    state: JobState,
    queue: str | None,
    stalled_after_s: float,
    before: int | None,
    limit: int,
) -> list[ListedJob]:
    """The newest first; `before` is the id of the last one read."""
    return await _several(
        conn,
        f"""{_JOB} where {_FITS[state]}
              and (%(queue)s::text is null or j.queue_name = %(queue)s)
              and (%(before)s::bigint is null or j.id < %(before)s)
            order by j.id desc limit %(limit)s""",
        {"queue": queue, "before": before, "limit": limit, "stalled_after_s": stalled_after_s},
    )


async def get(conn: Connection, *, job_id: int, stalled_after_s: float) -> ListedJob | None:
    found = await _several(
        conn, f"{_JOB} where j.id = %(id)s", {"id": job_id, "stalled_after_s": stalled_after_s}
    )
    return found[0] if found else None


async def _several(conn: Connection, statement: str, values: dict[str, Any]) -> list[ListedJob]:
    async with conn.cursor(row_factory=class_row(ListedJob)) as cursor:
        await cursor.execute(statement.encode(), values | {"longest": LONGEST_JOB})
        return await cursor.fetchall()


async def retry(conn: Connection, *, job_id: int) -> bool:
    """Let a failed job, or one that a worker holds, run again at once; False when it is neither."""
    try:
        async with conn.transaction():
            await conn.execute(
                b"select jobs.procrastinate_retry_job_v2(%(id)s, now(), null, null, null)",
                {"id": job_id},
            )
    except psycopg.errors.RaiseException:  # it has ended, or was taken up, meanwhile
        return False
    return True


async def cancel(conn: Connection, *, job_id: int) -> bool:
    """Cancel a waiting job, and ask its worker to stop one that runs; False when it is neither."""
    cursor = await conn.execute(
        b"select jobs.procrastinate_cancel_job_v1(%(id)s, true, false) as cancelled",
        {"id": job_id},
    )
    row = await cursor.fetchone()
    return row is not None and row["cancelled"] is not None
