"""Reads what the database says into the gauges of `metrics.py`, at most once in `FRESH_S` seconds.

However often a process is scraped, the database is asked no more often. When it does not answer,
its figures disappear instead of staying as they were, and `dukani_database_up` is 0.
"""

from __future__ import annotations

import asyncio
import time

import psycopg
import structlog

from dukani.core.database import Connection, Database
from dukani.core.observability import metrics
from dukani.core.queue_health import QueueState, WorkerState, late_after_s
from dukani.core.store import metric_figures, queue_states
from dukani.core.store.metric_figures import Figures

log = structlog.get_logger()

FRESH_S = 15.0
ANSWER_S = 5.0  # below the ten seconds that Prometheus waits by default

_OF_THE_DATABASE = (
    metrics.DATABASE_CONNECTIONS,
    metrics.QUEUE_JOBS,
    metrics.QUEUE_OLDEST,
    metrics.QUEUE_LATE_AFTER,
    metrics.QUEUE_PAUSED,
    metrics.QUEUE_LISTENERS,
    metrics.MESSAGES_UNSENT,
    metrics.PAYMENTS_OPEN,
    metrics.PAYMENTS_OLDEST,
    metrics.TEMPLATES,
    metrics.WALLETS,
    metrics.WALLET_TOKENS,
)


class MetricFigures:
    def __init__(self, database: Database, *, stalled_after_s: float) -> None:
        self._database = database
        self._stalled_after_s = stalled_after_s
        self._read_at: float | None = None
        self._one_by_one = asyncio.Lock()

    async def refresh(self) -> None:
        """Bring the gauges up to date, unless they are fresh."""
        _tell_of_pool(self._database)
        async with self._one_by_one:
            if self._read_at is None or time.monotonic() - self._read_at >= FRESH_S:
                await self._read()
        assert self._read_at is not None  # read just now, or before
        metrics.FIGURES_AGE.set(time.monotonic() - self._read_at)

    async def _read(self) -> None:
        self._read_at = time.monotonic()
        try:
            async with asyncio.timeout(ANSWER_S), self._database.system_connection() as conn:
                await self._tell(conn)
        except (psycopg.Error, TimeoutError) as error:
            log.warning("figures_not_read", reason=type(error).__name__)
            _clear()
            metrics.DATABASE_UP.set(0)

    async def _tell(self, conn: Connection) -> None:
        states = await queue_states.states(conn)
        workers = await queue_states.workers(conn, stalled_after_s=self._stalled_after_s)
        found = await metric_figures.figures(conn)
        _clear()
        metrics.DATABASE_UP.set(1)
        for state in states:
            _tell_of_queue(state, workers)
        _tell_of_database(found)
        _tell_of_business(found)


def _clear() -> None:
    """Forget values of labels that may be gone."""
    for gauge in _OF_THE_DATABASE:
        gauge.clear()


def _tell_of_pool(database: Database) -> None:
    pool = database.pool_stats()
    metrics.POOL_CONNECTIONS.labels("free").set(pool.free)
    metrics.POOL_CONNECTIONS.labels("in_use").set(pool.in_use)
    metrics.POOL_WAITING.set(pool.waiting)
    metrics.POOL_ERRORS.set(pool.errors)


def _tell_of_queue(state: QueueState, workers: list[WorkerState]) -> None:
    counts = {"waiting": state.waiting, "scheduled": state.scheduled, "doing": state.doing,
              "failed_last_hour": state.failed_last_hour}  # fmt: skip
    for name, count in counts.items():
        metrics.QUEUE_JOBS.labels(state.name, name).set(count)
    metrics.QUEUE_OLDEST.labels(state.name).set(state.oldest_s or 0)
    metrics.QUEUE_LATE_AFTER.labels(state.name).set(late_after_s(state.name))
    metrics.QUEUE_PAUSED.labels(state.name).set(state.paused_by is not None)
    listening = sum(worker.listens_to(state.name) for worker in workers)
    metrics.QUEUE_LISTENERS.labels(state.name).set(listening)


def _tell_of_database(found: Figures) -> None:
    metrics.DATABASE_WRITABLE.set(found.database["writable"])
    metrics.DATABASE_BYTES.set(found.database["bytes"])
    metrics.DATABASE_CONNECTIONS_MOST.set(found.database["connections_most"])
    metrics.DATABASE_OLDEST_TRANSACTION.set(found.database["oldest_transaction_s"])
    for row in found.connections:
        metrics.DATABASE_CONNECTIONS.labels(row["state"]).set(row["count"])


def _tell_of_business(found: Figures) -> None:
    metrics.DEAD_LETTERS.set(found.dead_letters)
    metrics.BOUTIQUES.set(found.boutiques)
    for row in found.payments:
        metrics.PAYMENTS_OPEN.labels(row["rail"], row["state"]).set(row["count"])
    prompts = [row for row in found.payments if row["state"] in ("sending", "pending")]
    for rail in {row["rail"] for row in prompts}:
        oldest = max(row["oldest_s"] for row in prompts if row["rail"] == rail)
        metrics.PAYMENTS_OLDEST.labels(rail).set(oldest)
    for row in found.unsent:
        metrics.MESSAGES_UNSENT.labels(row["why"]).set(row["count"])
    for row in found.templates:
        metrics.TEMPLATES.labels(row["state"]).set(row["count"])
    for state in ("filled", "empty"):
        metrics.WALLETS.labels(state).set(found.wallets[state])
    for account in ("available", "held", "spent"):
        metrics.WALLET_TOKENS.labels(account).set(found.wallets[account])
