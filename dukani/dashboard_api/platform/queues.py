"""The queues and workers as they are now; a queue is paused, and goes on, by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import Field

from dukani.core.errors import NotFound
from dukani.core.queue_health import (
    QueueState,
    Trouble,
    WorkerState,
    late_after_s,
    trouble_of,
)
from dukani.core.queues import QUEUES
from dukani.core.store import platform_acts, queue_states
from dukani.core.store.queue_states import Machine
from dukani.dashboard_api.bodies import Answer, Body, PlainText
from dukani.dashboard_api.platform.access import APlatformAdmin, PlatformAdmin

router = APIRouter(prefix="/platform", tags=["platform"])


class PlatformQueue(Answer):
    """`oldest_s`: how long its oldest job that could run has been due; late is `late_after_s`."""

    name: str
    waiting: int
    scheduled: int
    doing: int
    failed_last_hour: int
    done_per_minute: float
    oldest_s: float | None
    late_after_s: float
    listening: int
    paused_by: str | None
    pause_reason: str | None
    trouble: Trouble | None


class WorkersJob(Answer):
    id: int
    task: str
    queue: str
    for_s: int | None


class PlatformWorker(Answer):
    """`queues` is none when it takes jobs of all."""

    id: int
    alive: bool
    heartbeat_age_s: float
    queues: list[str] | None
    host: str | None
    pid: int | None
    started_at: datetime | None
    doing: list[WorkersJob]


class PlatformQueues(Answer):
    """Everything at `at`, by the database."""

    at: datetime
    queues: list[PlatformQueue]
    workers: list[PlatformWorker]


class QueuePause(Body):
    reason: Annotated[PlainText, Field(min_length=5, max_length=300)]


@router.get("/queues")
async def get_platform_queues(admin: APlatformAdmin) -> PlatformQueues:
    return await _now(admin)


@router.put("/queues/{queue}/pause")
async def pause_platform_queue(
    admin: APlatformAdmin, queue: Annotated[str, Path(max_length=128)], body: QueuePause
) -> PlatformQueues:
    """Let no worker take a job of the queue until it goes on; running jobs end. Within seconds."""
    _known(queue)
    if await queue_states.pause(admin.conn, queue=queue, actor=admin.actor, reason=body.reason):
        await _note(admin, "pause_queue", queue, reason=body.reason)
    return await _now(admin)


@router.delete("/queues/{queue}/pause")
async def resume_platform_queue(
    admin: APlatformAdmin, queue: Annotated[str, Path(max_length=128)]
) -> PlatformQueues:
    """Let the queue go on."""
    _known(queue)
    if await queue_states.go_on(admin.conn, queue=queue):
        await _note(admin, "resume_queue", queue)
    return await _now(admin)


def _known(queue: str) -> None:
    if queue not in QUEUES:
        raise NotFound("There is no such queue.")


async def _note(admin: PlatformAdmin, act: str, queue: str, **details: str) -> None:
    await platform_acts.write(
        admin.conn, actor=admin.actor, act=act, subject=f"queue:{queue}", details=details
    )


async def _now(admin: PlatformAdmin) -> PlatformQueues:
    stalled_after_s = admin.services.settings.queue.stalled_after_s
    states = await queue_states.states(admin.conn)
    workers = await queue_states.workers(admin.conn, stalled_after_s=stalled_after_s)
    machines = {one.worker_id: one for one in await queue_states.machines(admin.conn)}
    return PlatformQueues(
        at=datetime.now(UTC),
        queues=[_queue(state, workers) for state in states],
        workers=[_worker(one, machines[one.id]) for one in workers if one.id in machines],
    )


def _queue(state: QueueState, workers: list[WorkerState]) -> PlatformQueue:
    return PlatformQueue(
        name=state.name,
        waiting=state.waiting,
        scheduled=state.scheduled,
        doing=state.doing,
        failed_last_hour=state.failed_last_hour,
        done_per_minute=state.done_per_minute,
        oldest_s=state.oldest_s,
        late_after_s=late_after_s(state.name),
        listening=sum(worker.listens_to(state.name) for worker in workers),
        paused_by=state.paused_by,
        pause_reason=state.pause_reason,
        trouble=trouble_of(state, workers),
    )


def _worker(worker: WorkerState, machine: Machine) -> PlatformWorker:
    return PlatformWorker(
        id=worker.id,
        alive=worker.alive,
        heartbeat_age_s=worker.heartbeat_age_s,
        queues=list(worker.queues) if worker.queues is not None else None,
        host=machine.host,
        pid=machine.pid,
        started_at=machine.started_at,
        doing=[WorkersJob.model_validate(job) for job in machine.doing],
    )
