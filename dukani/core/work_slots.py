"""Shares a worker's slots out fairly: by queue, and by boutique within a queue.

Without limits, slow jobs (of a slow provider, say) fill every slot and all others wait. The
library starts the first job that is due; `SlotManager` skips the jobs of a queue or a boutique that
has all its slots in use.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from procrastinate import JobContext
from procrastinate.jobs import Job
from procrastinate.manager import JobManager

from dukani.core.observability.following import JOB_ARGUMENT, following
from dukani.core.queues import QUEUE_OF, QUEUES, QueueName

# A job that runs for longer hangs: it is cancelled and retried, before the sweep gives it to
# another worker (`LONGEST_JOB` in `queue.py`), so that it never runs beside itself.
LONGEST_RUN_S = 240.0


MOST_ASIDE = 256  # jobs that wait for a language model and hold no slot meanwhile
# Enough for every queue to be full, so that no queue waits for another.
CONCURRENCY = sum(queue.slots for queue in QUEUES.values()) + MOST_ASIDE

# A skipped job can start when a job of its queue ends: in this worker, which `freed` tells, or in
# another worker, which only looking again tells.
LOOK_AGAIN_S = 0.05
LOOKS = 40  # then the library's own polling takes over


class Slots:
    """The slots in use in one worker. Jobs without a boutique count for their queue alone."""

    def __init__(self) -> None:
        self._held: dict[int, tuple[QueueName, str | None]] = {}
        self._of_queue: Counter[QueueName] = Counter()
        self._of_boutique: Counter[tuple[QueueName, str | None]] = Counter()
        self.freed = asyncio.Event()

    def enter(self, job_id: int, task: str, boutique_id: str | None) -> None:
        queue = QUEUE_OF.get(task)
        if queue is None or job_id in self._held:
            return
        self._held[job_id] = (queue, boutique_id)
        self._of_queue[queue] += 1
        self._of_boutique[queue, boutique_id] += 1

    def leave(self, job_id: int) -> None:
        """Free the job's slot; harmless when it is called twice."""
        held = self._held.pop(job_id, None)
        if held is not None:
            self._of_queue[held[0]] -= 1
            self._of_boutique[held] -= 1
            self._of_boutique += Counter()  # drops boutiques with a count of 0
            self.freed.set()

    def full(self) -> list[str]:
        """The tasks of the queues whose slots are all in use."""
        full = (queue for name, queue in QUEUES.items() if self._of_queue[name] >= queue.slots)
        return [task for queue in full for task in queue.tasks]

    def crowded(self) -> list[tuple[str, str]]:
        """(task, boutique) for each boutique whose slots of a queue are all in use."""
        return [
            (task, boutique)
            for (name, boutique), held in self._of_boutique.items()
            if boutique is not None and held >= QUEUES[name].per_boutique
            for task in QUEUES[name].tasks
        ]


# The library's `procrastinate_fetch_job_v2`, without the jobs to skip.
_FETCH = """
with crowded as (
  select * from unnest(%(tasks)s::text[], %(boutiques)s::text[]) as c (task_name, boutique_id)
), due as (
  select job.id from procrastinate_jobs job
  where job.status = 'todo' and (job.scheduled_at is null or job.scheduled_at <= now())
    and not exists (
      select from procrastinate_jobs other
      where job.lock is not null and other.lock = job.lock and (
        other.status = 'doing'
        or other.status = 'todo' and (other.priority > job.priority
          or other.priority = job.priority and other.id < job.id)))
    and (%(queues)s::text[] is null or job.queue_name = any(%(queues)s))
    and job.task_name <> all(%(full)s)
    and not exists (
      select from crowded
      where crowded.task_name = job.task_name
        and crowded.boutique_id = job.args ->> 'boutique_id')
  order by job.priority desc, job.id limit 1
  for update of job skip locked
)
update procrastinate_jobs job set status = 'doing', worker_id = %(worker_id)s
from due where job.id = due.id
returning job.id, job.status, job.task_name, job.priority, job.lock, job.queueing_lock, job.args,
  job.scheduled_at, job.queue_name, job.attempts, job.worker_id
"""


@dataclass(frozen=True, slots=True)
class _Holder:
    slots: Slots
    job_id: int
    task: str
    boutique_id: str | None


_HOLDER: ContextVar[_Holder | None] = ContextVar("holder_of_a_slot", default=None)


@contextmanager
def aside() -> Iterator[None]:
    """Give the running job's slot to others while the job waits for something outside.

    Afterwards the job takes a slot again, whether or not one is free.
    """
    holder = _HOLDER.get()
    if holder is None:  # not called from a job
        yield
        return
    holder.slots.leave(holder.job_id)
    try:
        yield
    finally:
        holder.slots.enter(holder.job_id, holder.task, holder.boutique_id)


class SlotManager(JobManager):
    """Fetches a worker's jobs within the limits of queues and boutiques."""

    def __init__(self, connector: Any) -> None:
        super().__init__(connector)
        self.slots = Slots()
        self._traces: dict[int, str] = {}  # of jobs that were fetched and do not run yet
        self.paused: frozenset[str] = frozenset()  # queues of which no job is started

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> Job | None:
        """The first job that is due and has a slot: of the highest priority, then the oldest.

        While jobs are skipped, it looks again whenever a slot is freed, `LOOKS` times at most.
        """
        for _ in range(LOOKS):
            self.slots.freed.clear()
            full, crowded, paused = self.slots.full(), self.slots.crowded(), self._of_paused()
            if not full and not crowded and not paused:
                return self._with_slot_taken(await super().fetch_job(queues, worker_id))
            job = await self._fetch_skipping(full + paused, crowded, queues, worker_id)
            if job is not None:
                return self._with_slot_taken(job)
            if not full and not crowded:
                return None  # no slot that is freed lets a paused queue go on
            await self._until_freed()
        return None

    def _of_paused(self) -> list[str]:
        return [
            task for name, queue in QUEUES.items() if name in self.paused for task in queue.tasks
        ]

    async def _fetch_skipping(
        self,
        full: list[str],
        crowded: list[tuple[str, str]],
        queues: Iterable[str] | None,
        worker_id: int,
    ) -> Job | None:
        found = await self.connector.execute_query_all_async(
            query=_FETCH,
            queues=None if queues is None else list(queues),
            full=full,
            tasks=[task for task, _ in crowded],
            boutiques=[boutique for _, boutique in crowded],
            worker_id=worker_id,
        )
        return Job.from_row(found[0]) if found else None

    async def _until_freed(self) -> None:
        try:
            async with asyncio.timeout(LOOK_AGAIN_S):
                await self.slots.freed.wait()
        except TimeoutError:
            return

    def _with_slot_taken(self, job: Job | None) -> Job | None:
        if job is not None and (holder := self._holder(job)) is not None:
            self.slots.enter(holder.job_id, holder.task, holder.boutique_id)
        return None if job is None else self._without_trace(job)

    def _without_trace(self, job: Job) -> Job:
        """The job as its task takes it; the trace it belongs to is kept until it runs."""
        arguments = dict(job.task_kwargs)
        trace = arguments.pop(JOB_ARGUMENT, None)
        if trace is None or job.id is None:
            return job
        self._traces[job.id] = str(trace)
        return job.evolve(task_kwargs=arguments)

    def _holder(self, job: Job) -> _Holder | None:
        if job.id is None:
            return None
        boutique_id = job.task_kwargs.get("boutique_id")
        return _Holder(self.slots, job.id, job.task_name, str(boutique_id) if boutique_id else None)

    async def run(
        self, call_next: Callable[[], Awaitable[Any]], context: JobContext, worker: object
    ) -> Any:
        """A worker's middleware: cancels a job after LONGEST_RUN_S, and frees the job's slot."""
        _HOLDER.set(self._holder(context.job))
        trace = self._traces.pop(context.job.id or 0, None)
        try:
            with following(trace):
                async with asyncio.timeout(LONGEST_RUN_S):
                    return await call_next()
        finally:
            if context.job.id is not None:
                self.slots.leave(context.job.id)
