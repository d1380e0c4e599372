"""Segments that an owner named and kept; `segments.py` finds who is in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection

_COLUMNS = "id::text as id, name, rule, created_at, updated_at"


@dataclass(frozen=True, slots=True)
class SavedSegment:
    """`rule` in the shape of `domain/segments.py`."""

    id: str
    name: str
    rule: Mapping[str, Any]
    created_at: datetime
    updated_at: datetime


async def of_boutique(conn: Connection) -> list[SavedSegment]:
    """By their names."""
    async with conn.cursor(row_factory=class_row(SavedSegment)) as cursor:
        await cursor.execute(
            f"""select {_COLUMNS} from segments
                where boutique_id = private.current_boutique() order by name, id""".encode()
        )
        return await cursor.fetchall()


async def get(
    conn: Connection, *, segment_id: str, for_update: bool = False
) -> SavedSegment | None:
    return await _one(
        conn,
        f"""select {_COLUMNS} from segments
            where boutique_id = private.current_boutique() and id = %(id)s
            {"for no key update" if for_update else ""}""",
        {"id": segment_id},
    )


async def add(conn: Connection, *, name: str, rule: Mapping[str, Any]) -> SavedSegment:
    """Raises psycopg's UniqueViolation for a name that is taken."""
    added = await _one(
        conn,
        f"""insert into segments (boutique_id, name, rule)
            values (private.current_boutique(), %(name)s, %(rule)s) returning {_COLUMNS}""",
        {"name": name, "rule": Jsonb(dict(rule))},
    )
    assert added is not None, "an insert returns its row"
    return added


async def change(
    conn: Connection, *, segment_id: str, name: str, rule: Mapping[str, Any]
) -> SavedSegment | None:
    """None: there is no such. Raises UniqueViolation as `add`."""
    return await _one(
        conn,
        f"""update segments set name = %(name)s, rule = %(rule)s
            where boutique_id = private.current_boutique() and id = %(id)s
            returning {_COLUMNS}""",
        {"id": segment_id, "name": name, "rule": Jsonb(dict(rule))},
    )


async def remove(conn: Connection, *, segment_id: str) -> bool:
    """False: there is no such."""
    cursor = await conn.execute(
        """delete from segments
           where boutique_id = private.current_boutique() and id = %(id)s""",
        {"id": segment_id},
    )
    return cursor.rowcount == 1


async def _one(conn: Connection, statement: str, values: Mapping[str, Any]) -> SavedSegment | None:
    async with conn.cursor(row_factory=class_row(SavedSegment)) as cursor:
        await cursor.execute(statement.encode(), values)
        return await cursor.fetchone()
