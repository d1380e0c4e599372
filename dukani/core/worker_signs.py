"""What a worker writes down for whoever runs the installation, and what it reads from there.

Its queues and its machine when it starts; with each heartbeat how many jobs ended; the error of
each try. It reads which queues are paused. None of it may stop a worker: an error is logged.
"""

from __future__ import annotations

import asyncio
import os
import socket
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog
from procrastinate import JobContext
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status

from dukani.core.observability.masking import error_line
from dukani.core.work_slots import SlotManager

log = structlog.get_logger()

LOOK_FOR_PAUSES_S = 2.0
KEPT = "14 days"

_REGISTER = """
with gone as (
  delete from private.queue_workers
  where worker_id not in (select id from procrastinate_workers)
), old as (
  delete from private.queue_minutes where minute < now() - interval '{kept}'
), forgotten as (
  delete from private.job_errors where at < now() - interval '{kept}'
)
insert into private.queue_workers (worker_id, queues, host, pid)
values (%(worker_id)s, %(queues)s, %(host)s, %(pid)s)
on conflict (worker_id) do update set queues = excluded.queues, started_at = now()
"""
_UNREGISTER = "delete from private.queue_workers where worker_id = %(worker_id)s"
_COUNT = """
insert into private.queue_minutes as m (queue_name, minute, done, failed)
select queue, date_trunc('minute', now()), done, failed
from unnest(%(queues)s::text[], %(done)s::int[], %(failed)s::int[]) as c (queue, done, failed)
on conflict (queue_name, minute) do update
  set done = m.done + excluded.done, failed = m.failed + excluded.failed
"""
_ERROR = """
insert into private.job_errors (job_id, attempt, error)
values (%(job_id)s, %(attempt)s, %(error)s)
on conflict (job_id, attempt) do update set error = excluded.error, at = now()
"""
_PAUSED = "select queue_name from private.queue_pauses"


class SignManager(SlotManager):
    """A SlotManager that tells of its worker, and leaves paused queues alone."""

    def __init__(self, connector: Any) -> None:
        super().__init__(connector)
        self.queues: Sequence[str] | None = None  # of this worker; None: all
        self._signed_at = time.monotonic()
        self._done: Counter[str] = Counter()
        self._failed: Counter[str] = Counter()

    async def register_worker(self) -> int:
        worker_id: int = await super().register_worker()
        await self._write(
            _REGISTER.format(kept=KEPT),
            worker_id=worker_id,
            queues=None if self.queues is None else list(self.queues),
            host=socket.gethostname(),
            pid=os.getpid(),
        )
        await self.look_for_pauses()
        return worker_id

    async def unregister_worker(self, worker_id: int) -> None:
        await self._tell_counts()
        await self._write(_UNREGISTER, worker_id=worker_id)
        await super().unregister_worker(worker_id)

    async def update_heartbeat(self, worker_id: int) -> None:
        await super().update_heartbeat(worker_id)
        self._signed_at = time.monotonic()
        await self._tell_counts()

    def sign_age_s(self) -> float:
        """Seconds since the last sign of life that the database has, or since the start."""
        return time.monotonic() - self._signed_at

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:
        await super().finish_job(job, status, delete_job)
        ended = self._done if status is Status.SUCCEEDED else self._failed
        ended[job.queue] += 1

    async def run(
        self, call_next: Callable[[], Awaitable[Any]], context: JobContext, worker: object
    ) -> Any:
        try:
            return await super().run(call_next, context, worker)
        except Exception as error:
            await self._note(context.job, error)
            raise

    async def watch_pauses(self) -> None:
        """Until cancelled: know within seconds that a queue is paused, or goes on."""
        while True:
            await asyncio.sleep(LOOK_FOR_PAUSES_S)
            await self.look_for_pauses()

    async def look_for_pauses(self) -> None:
        try:
            rows = await self.connector.execute_query_all_async(_PAUSED)
        except ConnectorException as error:
            log.warning("pauses_not_read", reason=str(error.__cause__))
            return
        self.paused = frozenset(str(row["queue_name"]) for row in rows)

    async def _note(self, job: Job, error: Exception) -> None:
        if job.id is not None:
            await self._write(
                _ERROR, job_id=job.id, attempt=job.attempts + 1, error=error_line(error)
            )

    async def _tell_counts(self) -> None:
        done, failed = self._done, self._failed
        queues = sorted({*done, *failed})
        if not queues:
            return
        self._done, self._failed = Counter(), Counter()
        told = await self._write(
            _COUNT,
            queues=queues,
            done=[done[queue] for queue in queues],
            failed=[failed[queue] for queue in queues],
        )
        if not told:
            self._done += done
            self._failed += failed

    async def _write(self, statement: str, **values: Any) -> bool:
        try:
            await self.connector.execute_query_async(statement, **values)
        except ConnectorException as error:
            log.warning("worker_sign_not_written", reason=str(error.__cause__))
            return False
        return True
