"""Measures blocks of work for `metrics.py`, where they are already one place in the code."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from procrastinate import JobContext

from dukani.core.errors import ProviderError, ProviderRefused, ProviderUnclear
from dukani.core.observability import metrics

log = structlog.get_logger()

LOOK_AT_LOOP_S = 0.5


class ProviderCall:
    """A call under way. Unless an answer is told, how it ended tells."""

    def __init__(self) -> None:
        self.answer: str | None = None

    def answered(self, status: int) -> None:
        """The answer's HTTP status, of which only the class is kept, and that of rate limits."""
        self.answer = "429" if status == 429 else f"{status // 100}xx"


@contextmanager
def provider_call(provider: str) -> Iterator[ProviderCall]:
    """Counts the block as a call to the provider, and how long it took."""
    call, began = ProviderCall(), time.perf_counter()
    try:
        yield call
    except ProviderError as error:
        call.answer = call.answer or _told_by(error)
        raise
    except BaseException:
        call.answer = call.answer or "broken"
        raise
    finally:
        took, answer = time.perf_counter() - began, call.answer or "2xx"
        metrics.PROVIDER_CALLS.labels(provider, answer).observe(took)
        log.debug("provider_called", provider=provider, answer=answer, took_s=round(took, 3))


def _told_by(error: ProviderError) -> str:
    if isinstance(error, ProviderRefused):
        return "refused"
    return "unclear" if isinstance(error, ProviderUnclear) else "unavailable"


def outcome_of(error: ProviderError | None) -> str:
    """How a message ended at its provider."""
    return "sent" if error is None else _told_by(error)


@contextmanager
def turn_part(name: str) -> Iterator[None]:
    """Times a part of a turn; an error passes by."""
    began = time.perf_counter()
    try:
        yield
    finally:
        metrics.TURN_PARTS.labels(name).observe(time.perf_counter() - began)


async def measure_job(
    call_next: Callable[[], Awaitable[Any]], context: JobContext, worker: object
) -> Any:
    """A worker's middleware: counts each try of a job and how long it took."""
    began, outcome = time.perf_counter(), "failed"
    try:
        result = await call_next()
        outcome = "done"
        return result
    except asyncio.CancelledError:
        outcome = "cancelled"
        raise
    finally:
        took = time.perf_counter() - began
        task = context.job.task_name
        metrics.JOBS.labels(task, outcome).observe(took)
        log.debug("job_ended", task=task, outcome=outcome, took_s=round(took, 3))


async def measure_loop() -> None:
    """Until cancelled: how late the event loop wakes whoever sleeps on it."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + LOOK_AT_LOOP_S
        await asyncio.sleep(LOOK_AT_LOOP_S)
        metrics.LOOP_LAG.observe(max(0.0, loop.time() - due))
