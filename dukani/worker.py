"""The worker: every task by the name it is deferred under, and the clock's own jobs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from procrastinate import App, RetryStrategy

from dukani.core.queue import build_queue, retry_stalled_jobs
from dukani.core.services import Services
from dukani.core.store import carts
from dukani.graph.context import Senses
from dukani.graph.turn import TurnHandler, ring_timer
from dukani.tools import messaging, payment_jobs

log = structlog.get_logger()

CONCURRENCY = 8

# After a crash a job runs again at once; after an error it waits a little longer each time.
_RETRY = RetryStrategy(max_attempts=5, exponential_wait=2)

Task = Callable[..., Awaitable[Any]]


def build_worker(services: Services, senses: Senses, *, url: str) -> App:
    """The queue with every task added; nothing runs yet."""
    queue = build_queue(url)
    handler = TurnHandler(services, senses)
    tasks: dict[str, Task] = {
        "handle_turn": handler.handle,
        "ring_timer": _with(services, ring_timer),
        "deliver": _with(services, messaging.deliver),
        "push_payment": _with(services, payment_jobs.push_payment),
        "reconcile_payment": _with(services, payment_jobs.reconcile_payment),
        "check_payment_now": _with(services, payment_jobs.check_payment_now),
        "handle_payment_callback": _with(services, payment_jobs.handle_payment_callback),
    }
    for name, task in tasks.items():
        queue.task(name=name, retry=_RETRY)(task)
    _add_clock(queue, services)
    return queue


def _with(services: Services, task: Task) -> Task:
    async def run(**arguments: Any) -> Any:
        return await task(services, **arguments)

    return run


def _add_clock(queue: App, services: Services) -> None:
    @queue.periodic(cron="*/20 * * * * *")  # six fields: every 20 seconds
    @queue.task(name="sweep_stalled_jobs", queueing_lock="sweep_stalled_jobs")
    async def sweep_stalled_jobs(timestamp: int) -> None:
        given_back = await retry_stalled_jobs(queue)
        if given_back:
            log.warning("stalled_jobs_given_back", jobs=given_back)

    @queue.periodic(cron="17 * * * *")
    @queue.task(name="abandon_expired_carts", queueing_lock="abandon_expired_carts")
    async def abandon_expired_carts(timestamp: int) -> None:
        async with services.database.system_connection() as conn:
            await carts.abandon_expired(conn)


async def run_worker(queue: App, *, concurrency: int = CONCURRENCY) -> None:
    """Work until cancelled; a job begun is finished first."""
    async with queue.open_async():
        await retry_stalled_jobs(queue)
        await queue.run_worker_async(concurrency=concurrency)
