"""The queue's jobs: those that failed, stalled or wait, retried and cancelled by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from dukani.core.observability.masking import mask_text, masked
from dukani.core.store import job_list, platform_acts
from dukani.core.store.job_list import JobState, ListedJob
from dukani.core.store.keyset import Key
from dukani.dashboard_api.bodies import Answer, Body, PlainText
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.dashboard_api.platform.access import APlatformAdmin, PlatformAdmin

router = APIRouter(prefix="/platform", tags=["platform"])

MOST_AT_ONCE = 100
_NO_ID = "00000000-0000-0000-0000-000000000000"
_MAY_BE_RETRIED: frozenset[JobState] = frozenset(("failed", "stalled"))
_MAY_BE_CANCELLED: frozenset[JobState] = frozenset(("waiting", "doing", "stalled"))


class PlatformJob(Answer):
    """`at`: when it ended, began or is due. `args` and `lock` have phones masked."""

    id: int
    state: JobState
    task: str
    queue: str
    lock: str | None
    attempts: int
    args: dict[str, Any]
    boutique_id: UUID | None
    boutique: str | None
    error: str | None
    at: datetime | None
    may_be_retried: bool
    may_be_cancelled: bool


class NamedJobs(Body):
    job_ids: Annotated[list[int], Field(min_length=1, max_length=MOST_AT_ONCE)]


class ChangedJobs(Answer):
    """`left`: those that had ended, or were taken up, meanwhile."""

    changed: list[int]
    left: list[int]


@router.get("/jobs")
async def list_platform_jobs(
    admin: APlatformAdmin,
    asked: AskedPage,
    state: JobState = "failed",
    queue: Annotated[PlainText | None, Query(max_length=128)] = None,
) -> Page[PlatformJob]:
    """The newest first."""
    after = asked.after(int)
    rows = await job_list.page(
        admin.conn,
        state=state,
        queue=queue or None,
        stalled_after_s=admin.services.settings.queue.stalled_after_s,
        before=int(after.value) if after and isinstance(after.value, int) else None,
        limit=asked.limit + 1,
    )
    return asked.page(rows, lambda row: Key(row.id, _NO_ID), _shown)


@router.post("/jobs/retry")
async def retry_platform_jobs(admin: APlatformAdmin, body: NamedJobs) -> ChangedJobs:
    """Let failed and stalled jobs run again at once, each after the others of its lock."""
    changed = [
        job.id
        for job in await _named(admin, body)
        if job.state in _MAY_BE_RETRIED and await job_list.retry(admin.conn, job_id=job.id)
    ]
    return await _told(admin, "retry_job", body, changed)


@router.post("/jobs/cancel")
async def cancel_platform_jobs(admin: APlatformAdmin, body: NamedJobs) -> ChangedJobs:
    """Cancel waiting jobs, and stop those that run.

    Messages and payments that waited for one get a new job from the clock within minutes.
    """
    changed = [
        job.id
        for job in await _named(admin, body)
        if job.state in _MAY_BE_CANCELLED and await job_list.cancel(admin.conn, job_id=job.id)
    ]
    return await _told(admin, "cancel_job", body, changed)


async def _named(admin: PlatformAdmin, body: NamedJobs) -> list[ListedJob]:
    stalled_after_s = admin.services.settings.queue.stalled_after_s
    found = [
        await job_list.get(admin.conn, job_id=job_id, stalled_after_s=stalled_after_s)
        for job_id in sorted({job_id for job_id in body.job_ids if 0 < job_id < 2**63})
    ]
    return [job for job in found if job is not None]


async def _told(admin: PlatformAdmin, act: str, body: NamedJobs, changed: list[int]) -> ChangedJobs:
    for job_id in changed:
        await platform_acts.write(admin.conn, actor=admin.actor, act=act, subject=f"job:{job_id}")
    return ChangedJobs(changed=changed, left=sorted(set(body.job_ids) - set(changed)))


def _shown(job: ListedJob) -> PlatformJob:
    return PlatformJob(
        id=job.id,
        state=job.state,
        task=job.task,
        queue=job.queue,
        lock=mask_text(job.lock) if job.lock else None,
        attempts=job.attempts,
        args=masked(job.args),
        boutique_id=UUID(job.boutique_id) if job.boutique else None,
        boutique=job.boutique,
        error=job.error,
        at=job.at,
        may_be_retried=job.state in _MAY_BE_RETRIED,
        may_be_cancelled=job.state in _MAY_BE_CANCELLED,
    )
