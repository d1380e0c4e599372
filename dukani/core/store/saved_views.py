"""Filters of lists that members keep under a name, for themselves or for the shop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection

Screen = Literal["orders", "customers", "pieces", "chats", "payments"]
_COLUMNS = """id::text, screen, name, params, kept_by is null as shared, opens_first, updated_at"""


@dataclass(frozen=True, slots=True)
class SavedView:
    """`params` as they were kept; `opens_first`: the screen opens with it."""

    id: str
    screen: Screen
    name: str
    params: Mapping[str, Any]
    shared: bool
    opens_first: bool
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewFields:
    name: str
    params: Mapping[str, str]
    shared: bool
    opens_first: bool


async def seen_by_member(conn: Connection, *, screen: Screen | None = None) -> list[SavedView]:
    """The shop's, then the member's own, each by their names; only those that may be seen."""
    async with conn.cursor(row_factory=class_row(SavedView)) as cursor:
        await cursor.execute(
            f"""select {_COLUMNS} from saved_views
                where boutique_id = private.current_boutique()
                  and (%(screen)s::text is null or screen = %(screen)s)
                order by kept_by is not null, lower(name), id""".encode(),
            {"screen": screen},
        )
        return await cursor.fetchall()


async def get(conn: Connection, *, view_id: str) -> SavedView | None:
    return await _one(
        conn,
        f"""select {_COLUMNS} from saved_views
            where boutique_id = private.current_boutique() and id = %(id)s""",
        {"id": view_id},
    )


async def add(conn: Connection, *, screen: Screen, fields: ViewFields) -> SavedView:
    """Raises psycopg's UniqueViolation, and InsufficientPrivilege for who may not share."""
    added = await _one(
        conn,
        f"""insert into saved_views (boutique_id, screen, name, params, kept_by, opens_first)
            values (private.current_boutique(), %(screen)s, %(name)s, %(params)s,
              case when not %(shared)s then private.my_user_id() end, %(opens_first)s)
            returning {_COLUMNS}""",
        _values(fields) | {"screen": screen},
    )
    assert added is not None, "an insert returns its row"
    return added


async def change(conn: Connection, *, view_id: str, fields: ViewFields) -> SavedView | None:
    """None: there is none that the member may change. Raises as `add`."""
    return await _one(
        conn,
        f"""update saved_views set name = %(name)s, params = %(params)s,
              kept_by = case when not %(shared)s then private.my_user_id() end,
              opens_first = %(opens_first)s
            where boutique_id = private.current_boutique() and id = %(id)s
            returning {_COLUMNS}""",
        _values(fields) | {"id": view_id},
    )


async def open_none_first(conn: Connection, *, screen: Screen, shared: bool) -> None:
    """No view of the shop's, or of the member's own, is what the screen opens with."""
    await conn.execute(
        """update saved_views set opens_first = false
           where boutique_id = private.current_boutique() and screen = %(screen)s and opens_first
             and (kept_by is null) = %(shared)s""",
        {"screen": screen, "shared": shared},
    )


async def remove(conn: Connection, *, view_id: str) -> bool:
    """False: there is none that the member may remove."""
    cursor = await conn.execute(
        """delete from saved_views
           where boutique_id = private.current_boutique() and id = %(id)s""",
        {"id": view_id},
    )
    return cursor.rowcount == 1


def _values(fields: ViewFields) -> dict[str, Any]:
    return {
        "name": fields.name,
        "params": Jsonb(dict(fields.params)),
        "shared": fields.shared,
        "opens_first": fields.opens_first,
    }


async def _one(conn: Connection, statement: str, values: Mapping[str, Any]) -> SavedView | None:
    async with conn.cursor(row_factory=class_row(SavedView)) as cursor:
        await cursor.execute(statement.encode(), values)
        return await cursor.fetchone()
