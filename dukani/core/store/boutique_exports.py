"""Exports of a whole boutique: who asked, how far each came, and until when it is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection

Status = Literal["waiting", "running", "done", "failed", "gone"]


@dataclass(frozen=True, slots=True)
class BoutiqueExport:
    """`tables` is 0 until it began. `bytes` and `parts`: of the file, which grows meanwhile."""

    id: str
    status: Status
    run: int
    tables: int
    tables_done: int
    rows: int
    files: int
    missing_files: int
    parts: int
    bytes: int
    created_at: datetime
    finished_at: datetime | None
    expires_at: datetime | None


_COLUMNS: LiteralString = """id::text, status, run, tables, tables_done, rows, files,
  missing_files, parts, bytes, created_at, finished_at, expires_at"""


async def ask(conn: Connection, *, asked_by: str | None) -> BoutiqueExport | None:
    """A new one; None: one is under way."""
    return await _one(
        conn,
        f"""insert into boutique_exports (boutique_id, asked_by)
            values (private.current_boutique(), %(asked_by)s)
            on conflict (boutique_id) where status in ('waiting', 'running') do nothing
            returning {_COLUMNS}""",
        asked_by=asked_by,
    )


async def latest(conn: Connection, *, limit: int) -> list[BoutiqueExport]:
    """The newest first."""
    async with conn.cursor(row_factory=class_row(BoutiqueExport)) as cursor:
        await cursor.execute(
            f"""select {_COLUMNS} from boutique_exports
                where boutique_id = private.current_boutique()
                order by created_at desc limit %(limit)s""".encode(),
            {"limit": limit},
        )
        return await cursor.fetchall()


async def get(conn: Connection, *, export_id: str) -> BoutiqueExport | None:
    return await _one(
        conn,
        f"""select {_COLUMNS} from boutique_exports
            where boutique_id = private.current_boutique() and id = %(id)s""",
        id=export_id,
    )


async def begin(conn: Connection, *, export_id: str) -> BoutiqueExport | None:
    """Start from the first table, also after a run that was broken off; None: it is over."""
    return await _one(
        conn,
        f"""update boutique_exports set status = 'running', run = run + 1, tables = 0,
              tables_done = 0, rows = 0, files = 0, missing_files = 0, parts = 0, bytes = 0
            where boutique_id = private.current_boutique() and id = %(id)s
              and status in ('waiting', 'running', 'failed')
            returning {_COLUMNS}""",
        id=export_id,
    )


async def note(
    conn: Connection,
    *,
    export_id: str,
    run: int,
    tables: int,
    tables_done: int,
    rows: int,
    files: int,
    missing_files: int,
    parts: int,
    size: int,
) -> bool:
    """How far the run came; False: another has begun since, and this one is to stop."""
    cursor = await conn.execute(
        """update boutique_exports set tables = %(tables)s, tables_done = %(tables_done)s,
             rows = %(rows)s, files = %(files)s, missing_files = %(missing_files)s,
             parts = %(parts)s, bytes = %(size)s
           where boutique_id = private.current_boutique() and id = %(id)s and run = %(run)s
             and status = 'running'""",
        {
            "id": export_id, "run": run, "tables": tables, "tables_done": tables_done,
            "rows": rows, "files": files, "missing_files": missing_files, "parts": parts,
            "size": size,
        },
    )  # fmt: skip
    return cursor.rowcount == 1


async def end(conn: Connection, *, export_id: str, run: int, status: Status, hours: int) -> None:
    await conn.execute(
        """update boutique_exports set status = %(status)s, finished_at = now(),
             expires_at = case %(status)s when 'done' then now() + %(hours)s * interval '1 hour' end
           where boutique_id = private.current_boutique() and id = %(id)s and run = %(run)s""",
        {"id": export_id, "run": run, "status": status, "hours": hours},
    )


@dataclass(frozen=True, slots=True)
class Expired:
    boutique_id: str
    id: str
    run: int
    parts: int


async def expired(conn: Connection) -> list[Expired]:
    """Of all boutiques: whose file has had its day. Needs a system connection."""
    async with conn.cursor(row_factory=class_row(Expired)) as cursor:
        await cursor.execute(
            """select boutique_id::text, id::text, run, parts from boutique_exports
               where status = 'done' and expires_at < now() limit 200"""
        )
        return await cursor.fetchall()


async def forget(conn: Connection, one: Expired) -> None:
    """Its file is gone. Needs a system connection."""
    await conn.execute(
        """update boutique_exports set status = 'gone'
           where boutique_id = %(boutique_id)s and id = %(id)s and status = 'done'""",
        {"boutique_id": one.boutique_id, "id": one.id},
    )


async def _one(
    conn: Connection, statement: LiteralString, **values: str | None
) -> BoutiqueExport | None:
    async with conn.cursor(row_factory=class_row(BoutiqueExport)) as cursor:
        await cursor.execute(statement, values)
        return await cursor.fetchone()
