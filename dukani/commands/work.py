"""`dukani worker`: runs jobs until it is stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from dukani.commands.frame import database_of, read_settings, run, senses_for
from dukani.core.observability import observed
from dukani.core.settings import Settings
from dukani.running import open_services
from dukani.serving import until_stopped
from dukani.watching import watched
from dukani.worker import build_worker, run_worker


def work(queues: Sequence[str] | None) -> None:
    """Work on these queues, or on all when none is named."""
    settings = read_settings()
    with observed(settings), database_of(settings) as database:
        run(_working(settings, database.url, queues))


async def _working(settings: Settings, database_url: str, queues: Sequence[str] | None) -> None:
    async with open_services(settings, database_url) as services:
        jobs = build_worker(services, senses_for(settings), url=database_url)
        async with watched(services, worker=jobs):
            task = asyncio.create_task(run_worker(jobs, queues=queues))
            with suppress(asyncio.CancelledError):
                await until_stopped(_finished(task), stop=lambda: _cancel(task))


async def _finished(task: asyncio.Task[None]) -> None:
    await task


def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
