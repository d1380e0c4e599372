"""Health checks: `/healthz` (the process lives) and `/readyz` (the process can serve)."""

from __future__ import annotations

import asyncio

import psycopg
import structlog
from fastapi import APIRouter
from fastapi.responses import JSONResponse

from dukani.core.database import Database
from dukani.core.migrations import pending
from dukani.core.store.schema_history import history

log = structlog.get_logger()

ANSWER_S = 3.0  # below the timeout of those who ask, so that they get the reason
NO_ANSWER = "The database does not answer."
NOT_MIGRATED = "The database was not migrated: run `dukani migrate`."


def health_routes(database: Database) -> APIRouter:
    router = APIRouter()

    @router.get("/healthz")
    async def healthz() -> JSONResponse:
        """200 while the process lives; a restart would help against nothing else."""
        return JSONResponse({"status": "ok"})

    @router.get("/readyz")
    async def readyz() -> JSONResponse:
        """200 while the database answers and is migrated; else 503 and the reason."""
        reason = await why_not_ready(database)
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
            found = await history(conn)
    except (psycopg.ProgrammingError, psycopg.DataError):  # no such table, permission or role
        return NOT_MIGRATED
    except (psycopg.Error, TimeoutError):
        return NO_ANSWER
    if missing := pending(found.applied):
        first = missing[0].name
        return f"Migrations are missing ({len(missing)}, first {first}): run `dukani migrate`."
    return None if found.with_queue else NOT_MIGRATED
