"""Imports of an owner's list of pieces: how far each is, and what its columns hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection

Status = Literal["ready", "checking", "checked", "importing", "picturing", "imported", "stopped"]
KEPT_DAYS = 30


@dataclass(frozen=True, slots=True)
class PieceImport:
    id: str
    file_name: str
    columns: list[str]
    mapping: list[str]  # for each column its field, or ''
    archive_missing: bool
    status: Status
    run: int
    lines: int
    done: int
    new: int
    changed: int
    unchanged: int
    refused: int
    archived: int
    started_by: str | None
    created_at: datetime
    finished_at: datetime | None


_COLUMNS = """id::text, file_name, columns, mapping, archive_missing, status, run, lines, done, new,
  changed, unchanged, refused, archived, started_by::text, created_at, finished_at"""


async def create(
    conn: Connection,
    *,
    file_name: str,
    columns: Sequence[str],
    mapping: Sequence[str],
    lines: int,
    started_by: str | None,
) -> str:
    cursor = await conn.execute(
        """insert into piece_imports
             (boutique_id, file_name, columns, mapping, lines, started_by)
           values (private.current_boutique(), %(file_name)s, %(columns)s, %(mapping)s, %(lines)s,
             %(started_by)s)
           returning id::text""",
        {
            "file_name": file_name,
            "columns": list(columns),
            "mapping": list(mapping),
            "lines": lines,
            "started_by": started_by,
        },
    )
    row = await cursor.fetchone()
    assert row is not None  # `returning` gives a row or the statement raised
    return str(row["id"])


async def get(conn: Connection, *, import_id: str, lock: bool = False) -> PieceImport | None:
    async with conn.cursor(row_factory=class_row(PieceImport)) as cursor:
        await cursor.execute(
            f"""select {_COLUMNS} from piece_imports
                where boutique_id = private.current_boutique() and id = %(id)s
                {"for no key update" if lock else ""}""".encode(),
            {"id": import_id},
        )
        return await cursor.fetchone()


async def latest(conn: Connection, *, limit: int) -> list[PieceImport]:
    async with conn.cursor(row_factory=class_row(PieceImport)) as cursor:
        await cursor.execute(
            f"""select {_COLUMNS} from piece_imports
                where boutique_id = private.current_boutique()
                order by created_at desc limit %(limit)s""".encode(),
            {"limit": limit},
        )
        return await cursor.fetchall()


async def name_columns(
    conn: Connection, *, import_id: str, mapping: Sequence[str], archive_missing: bool
) -> None:
    """Say what the columns hold; whatever a trial said before is forgotten."""
    await conn.execute(
        """update piece_imports set mapping = %(mapping)s, archive_missing = %(archive)s,
             status = 'ready', run = run + 1, done = 0
           where boutique_id = private.current_boutique() and id = %(id)s""",
        {"id": import_id, "mapping": list(mapping), "archive": archive_missing},
    )


async def begin(conn: Connection, *, import_id: str, status: Status) -> int:
    """Start a run from its first line; its number."""
    cursor = await conn.execute(
        """update piece_imports set status = %(status)s, touched_at = now(), run = run + 1,
             done = 0, new = 0, changed = 0, unchanged = 0, refused = 0, archived = 0
           where boutique_id = private.current_boutique() and id = %(id)s returning run""",
        {"id": import_id, "status": status},
    )
    row = await cursor.fetchone()
    assert row is not None  # locked by the caller
    return int(row["run"])


async def advance(
    conn: Connection, *, import_id: str, done: int, counts: Mapping[str, int]
) -> None:
    """Note how far the run has come, in the transaction that did it."""
    names = ("new", "changed", "unchanged", "refused")
    await conn.execute(
        """update piece_imports set done = %(done)s, touched_at = now(), new = new + %(new)s,
             changed = changed + %(changed)s, unchanged = unchanged + %(unchanged)s,
             refused = refused + %(refused)s
           where boutique_id = private.current_boutique() and id = %(id)s""",
        {"id": import_id, "done": done, **{name: counts.get(name, 0) for name in names}},
    )


async def end(
    conn: Connection, *, import_id: str, status: Status, archived: int | None = None
) -> None:
    """Put the import into a state; `archived`: how many pieces the list has no more."""
    await conn.execute(
        """update piece_imports set status = %(status)s, touched_at = now(),
             archived = coalesce(%(n)s, archived),
             finished_at = case when %(status)s in ('imported', 'stopped') then now() end
           where boutique_id = private.current_boutique() and id = %(id)s""",
        {"id": import_id, "status": status, "n": archived},
    )


async def forget_old(conn: Connection) -> None:
    """Delete imports that nobody will look at again, with their lines."""
    await conn.execute(
        """delete from piece_imports where boutique_id = private.current_boutique()
             and created_at < now() - make_interval(days => %(days)s)""",
        {"days": KEPT_DAYS},
    )


async def saved_columns(conn: Connection) -> dict[str, str]:
    """What this boutique calls its columns: name → field, '' for none."""
    cursor = await conn.execute(
        "select name, field from piece_columns where boutique_id = private.current_boutique()"
    )
    return {row["name"]: row["field"] for row in await cursor.fetchall()}


async def save_columns(conn: Connection, fields: Mapping[str, str]) -> None:
    names = sorted(fields)
    await conn.execute(
        """insert into piece_columns (boutique_id, name, field)
           select private.current_boutique(), said.name, said.field
           from unnest(%(names)s::text[], %(fields)s::text[]) as said (name, field)
           on conflict (boutique_id, name) do update set field = excluded.field""",
        {"names": names, "fields": [fields[name] for name in names]},
    )
