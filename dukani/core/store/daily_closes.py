"""Closes of the shop's days: append-only, a day that is closed again has one version more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, LiteralString

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection
from dukani.core.store.keyset import Key


@dataclass(frozen=True, slots=True)
class NewLine:
    """`user_id`: of whom it was counted alone; None: of all the others together."""

    method: str
    user_id: str | None
    expected_minor: int
    counted_minor: int
    reason: str | None  # there is one exactly where the two are not the same


@dataclass(frozen=True, slots=True)
class DailyClose:
    id: str
    day: date
    version: int
    currency: str
    float_minor: int
    paid_out: list[dict[str, Any]]  # what, amount_minor
    left_minor: int | None
    note: str
    closed_by: str
    created_at: datetime
    lines: list[dict[str, Any]]  # as `NewLine`

    @property
    def key(self) -> Key:
        return Key(self.created_at, self.id)


_CLOSES: LiteralString = """
select c.id::text, c.day, c.version, c.currency, c.float_minor, c.paid_out, c.left_minor, c.note,
  c.closed_by::text, c.created_at,
  (select jsonb_agg(to_jsonb(n) - 'boutique_id' - 'close_id'
     order by n.method, n.user_id nulls first)
   from daily_close_lines n where n.boutique_id = c.boutique_id and n.close_id = c.id) as lines
from daily_closes c
where c.boutique_id = private.current_boutique()"""
_IS_LATEST: LiteralString = """ and not exists (select from daily_closes later
  where later.boutique_id = c.boutique_id and later.day = c.day and later.version > c.version)"""


async def add(
    conn: Connection,
    *,
    day: date,
    version: int,
    float_minor: int,
    paid_out: Sequence[dict[str, Any]],
    left_minor: int | None,
    note: str,
    lines: Sequence[NewLine],
    user_id: str,
) -> str | None:
    """The new close's id; None when the day has this version already."""
    cursor = await conn.execute(
        """
        with closed as (
          insert into daily_closes (boutique_id, day, version, currency, float_minor, paid_out,
            left_minor, note, closed_by)
          select b.id, %(day)s, %(version)s, b.currency, %(float)s, %(paid_out)s, %(left)s,
            %(note)s, %(user_id)s
          from boutiques b where b.id = private.current_boutique()
          on conflict (boutique_id, day, version) do nothing
          returning boutique_id, id
        ), counted as (
          insert into daily_close_lines (boutique_id, close_id, method, user_id, expected_minor,
            counted_minor, reason)
          select closed.boutique_id, closed.id, n.*
          from closed, jsonb_to_recordset(%(lines)s) as n (method text, user_id uuid,
            expected_minor bigint, counted_minor bigint, reason text)
        )
        select id::text from closed
        """,
        {
            "day": day,
            "version": version,
            "float": float_minor,
            "paid_out": Jsonb(list(paid_out)),
            "left": left_minor,
            "note": note,
            "lines": Jsonb([asdict(line) for line in lines]),
            "user_id": user_id,
        },
    )
    row = await cursor.fetchone()
    return str(row["id"]) if row else None


async def get(conn: Connection, *, close_id: str) -> DailyClose | None:
    found = await _several(conn, " and c.id = %(id)s", {"id": close_id})
    return found[0] if found else None


async def latest_of(conn: Connection, *, day: date) -> DailyClose | None:
    found = await _several(conn, " and c.day = %(day)s" + _IS_LATEST, {"day": day})
    return found[0] if found else None


async def latest_before(conn: Connection, *, day: date) -> DailyClose | None:
    """The last day's before `day` that was closed."""
    order = " order by c.day desc limit 1"
    found = await _several(conn, " and c.day < %(day)s" + _IS_LATEST + order, {"day": day})
    return found[0] if found else None


async def page(
    conn: Connection, *, day: date | None, after: Key | None, limit: int
) -> list[DailyClose]:
    """Each day's latest version, or of one `day` all of them; what was closed last comes first."""
    which = " and c.day = %(day)s" if day else _IS_LATEST
    later = " and (c.created_at, c.id) < (%(at)s, %(id)s::uuid)" if after else ""
    order = " order by c.created_at desc, c.id desc limit %(limit)s"
    return await _several(
        conn,
        which + later + order,
        {
            "day": day,
            "at": after.value if after else None,
            "id": after.id if after else None,
            "limit": limit,
        },
    )


async def _several(
    conn: Connection, where: LiteralString, values: dict[str, Any]
) -> list[DailyClose]:
    async with conn.cursor(row_factory=class_row(DailyClose)) as cursor:
        await cursor.execute((_CLOSES + where).encode(), values)
        return await cursor.fetchall()
