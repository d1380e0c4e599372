"""The queues and the workers as they are now. Needs a system connection.

The statements are the doctor's too, which has a plain synchronous connection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.queue_health import QueueState, WorkerState
from dukani.core.queues import QUEUES

RATE_OVER_MIN = 5  # minutes over which `done_per_minute` is counted

# A job that waits behind another of its lock could not run: what it waits for is its lock, not a
# worker. As `work_slots.py` chooses the job to run.
_RUNNABLE: LiteralString = """j.queue_name = q.name and j.status = 'todo'
  and not exists (
    select from jobs.procrastinate_jobs other
    where j.lock is not null and other.lock = j.lock and (
      other.status = 'doing'
      or other.status = 'todo' and (other.priority > j.priority
        or other.priority = j.priority and other.id < j.id)))"""
STATES: LiteralString = f"""
with jobs_now as (
  select queue_name,
    (count(*) filter (where status = 'todo'
      and (scheduled_at is null or scheduled_at <= now())))::int as waiting,
    (count(*) filter (where status = 'todo' and scheduled_at > now()))::int as scheduled,
    (count(*) filter (where status = 'doing'))::int as doing
  from jobs.procrastinate_jobs where status in ('todo', 'doing') group by queue_name
), failed as (
  select j.queue_name, count(distinct j.id)::int as failed
  from jobs.procrastinate_jobs j
  join jobs.procrastinate_events e on e.job_id = j.id and e.type = 'failed'
  where j.status = 'failed' and e.at > now() - interval '1 hour' group by j.queue_name
), done as (
  select queue_name, sum(done) as done from private.queue_minutes
  where minute > now() - make_interval(mins => {RATE_OVER_MIN}) group by queue_name
), q as (
  select unnest(%(known)s::text[]) as name union select queue_name from jobs_now
)
select q.name, coalesce(n.waiting, 0) as waiting, coalesce(n.scheduled, 0) as scheduled,
  coalesce(n.doing, 0) as doing, coalesce(f.failed, 0) as failed_last_hour,
  round(coalesce(d.done, 0)::numeric / {RATE_OVER_MIN}, 1)::float as done_per_minute,
  extract(epoch from now() - (select min(since) from (
    (select coalesce((select min(e.at) from jobs.procrastinate_events e where e.job_id = j.id),
        now()) as since
     from jobs.procrastinate_jobs j where {_RUNNABLE} and j.scheduled_at is null
     order by j.id limit 1)
    union all
    (select j.scheduled_at from jobs.procrastinate_jobs j
     where {_RUNNABLE} and j.scheduled_at <= now() order by j.scheduled_at limit 1)
  ) due))::float as oldest_s,
  p.actor as paused_by, p.reason as pause_reason
from q
left join jobs_now n on n.queue_name = q.name
left join failed f on f.queue_name = q.name
left join done d on d.queue_name = q.name
left join private.queue_pauses p on p.queue_name = q.name
"""
WORKERS: LiteralString = """
select w.id, w.last_heartbeat >= now() - make_interval(secs => %(stalled_after_s)s) as alive,
  extract(epoch from now() - w.last_heartbeat)::float as heartbeat_age_s, s.queues
from jobs.procrastinate_workers w left join private.queue_workers s on s.worker_id = w.id
order by w.id
"""
KNOWN = list(QUEUES)


def in_order(states: Sequence[QueueState]) -> list[QueueState]:
    """The known queues by their priority, then any others by name."""
    places: dict[str, int] = {name: place for place, name in enumerate(QUEUES)}
    return sorted(states, key=lambda one: (places.get(one.name, len(places)), one.name))


async def states(conn: Connection) -> list[QueueState]:
    async with conn.cursor(row_factory=class_row(QueueState)) as cursor:
        await cursor.execute(STATES.encode(), {"known": KNOWN})
        return in_order(await cursor.fetchall())


async def workers(conn: Connection, *, stalled_after_s: float) -> list[WorkerState]:
    async with conn.cursor(row_factory=class_row(WorkerState)) as cursor:
        await cursor.execute(WORKERS.encode(), {"stalled_after_s": stalled_after_s})
        return await cursor.fetchall()


@dataclass(frozen=True, slots=True)
class Machine:
    """Where a worker runs, since when, and the jobs it does now, the longest first."""

    worker_id: int
    host: str | None
    pid: int | None
    started_at: datetime | None
    doing: list[Mapping[str, Any]]


async def machines(conn: Connection) -> list[Machine]:
    """Of each worker; a job has `id`, `task`, `queue` and `for_s`, its seconds so far."""
    async with conn.cursor(row_factory=class_row(Machine)) as cursor:
        await cursor.execute(
            b"""select w.id as worker_id, s.host, s.pid, s.started_at,
                 coalesce((select jsonb_agg(jsonb_build_object('id', j.id, 'task', j.task_name,
                     'queue', j.queue_name, 'for_s', extract(epoch from now() - b.at)::int)
                     order by b.at)
                   from jobs.procrastinate_jobs j
                   left join lateral (select max(e.at) as at from jobs.procrastinate_events e
                     where e.job_id = j.id and e.type = 'started') b on true
                   where j.worker_id = w.id and j.status = 'doing'), '[]') as doing
               from jobs.procrastinate_workers w
               left join private.queue_workers s on s.worker_id = w.id order by w.id"""
        )
        return await cursor.fetchall()


async def pause(conn: Connection, *, queue: str, actor: str, reason: str) -> bool:
    """Let no worker take a job of the queue; False when it was paused before."""
    cursor = await conn.execute(
        """insert into private.queue_pauses (queue_name, actor, reason)
           values (%(queue)s, %(actor)s, %(reason)s) on conflict do nothing""",
        {"queue": queue, "actor": actor, "reason": reason},
    )
    return cursor.rowcount == 1


async def go_on(conn: Connection, *, queue: str) -> bool:
    """End a queue's pause; False when there was none."""
    cursor = await conn.execute(
        "delete from private.queue_pauses where queue_name = %(queue)s", {"queue": queue}
    )
    return cursor.rowcount == 1
