"""Health checks: `/healthz` (the process lives) and `/readyz` (the process can serve)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import psycopg
import structlog
from fastapi import APIRouter
from fastapi.responses import JSONResponse

from dukani import __version__
from dukani.core.database import Database
from dukani.core.migrations import pending
from dukani.core.store.schema_history import history, takes_writes

log = structlog.get_logger()

ANSWER_S = 3.0  # below the timeout of those who ask, so that they get the reason
NO_ANSWER = "The database does not answer."
NOT_MIGRATED = "The database was not migrated: run `dukani migrate`."
READ_ONLY = "The database takes no writes: it is a standby, or was made read-only (a full disk?)."
EXHAUSTED = "All connections of this process are in use, and others wait for one."
SILENT = "The worker has given no sign of life for {age:.0f} s."


@dataclass(frozen=True, slots=True)
class SignAge:
    """How to know the age of the worker's last sign of life; `most_s`: of one that is well."""

    seconds: Callable[[], float]
    most_s: float


def health_routes(database: Database, *, sign_age: SignAge | None = None) -> APIRouter:
    """With `sign_age` the process is a worker's too, and not ready while that one is silent."""
    router = APIRouter()

    @router.get("/healthz")
    async def healthz() -> JSONResponse:
        """200 while the process lives; a restart would help against nothing else."""
        return JSONResponse({"status": "ok", "version": __version__})

    @router.get("/readyz")
    async def readyz() -> JSONResponse:
        """200 while the database answers, is migrated and takes writes; else 503 and the reason."""
        reason = await why_not_ready(database) or why_silent(sign_age)
        if reason is None:
            return JSONResponse({"status": "ready"})
        log.warning("not_ready", reason=reason)
        return JSONResponse({"status": "not ready", "reason": reason}, status_code=503)

    return router


async def why_not_ready(database: Database) -> str | None:
    """Why the process cannot serve, in a sentence for anybody: no address, user or server message.

    A database that is ahead of this version is accepted: this version serves until the next one
    does, and again after a rollback.
    """
    try:
        async with asyncio.timeout(ANSWER_S), database.system_connection() as conn:
            found, writable = await history(conn), await takes_writes(conn)
    except (psycopg.ProgrammingError, psycopg.DataError):  # no such table, permission or role
        return NOT_MIGRATED
    except (psycopg.Error, TimeoutError):
        return EXHAUSTED if database.pool_stats().is_exhausted else NO_ANSWER
    if missing := pending(found.applied):
        first = missing[0].name
        return f"Migrations are missing ({len(missing)}, first {first}): run `dukani migrate`."
    if not found.with_queue:
        return NOT_MIGRATED
    return None if writable else READ_ONLY


def why_silent(sign_age: SignAge | None) -> str | None:
    """Why a worker is not ready though the database is; None when it is, or there is none."""
    if sign_age is None or (age := sign_age.seconds()) <= sign_age.most_s:
        return None
    return SILENT.format(age=age)
