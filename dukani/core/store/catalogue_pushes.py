"""Batches that were sent to Meta's catalogue, until Meta says what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection

PushState = Literal["started", "finished", "failed"]


@dataclass(frozen=True, slots=True)
class Push:
    id: str
    handle: str
    items: int
    state: PushState
    errors: int
    asked: int
    pushed_at: datetime
    ended_at: datetime | None


async def add(conn: Connection, *, handle: str, items: int) -> str:
    cursor = await conn.execute(
        """insert into catalogue_pushes (boutique_id, handle, items)
           values (private.current_boutique(), %(handle)s, %(items)s) returning id::text as id""",
        {"handle": handle, "items": items},
    )
    row = await cursor.fetchone()
    assert row is not None, "an insert returns its row"
    return str(row["id"])


_LIST = """
select id::text, handle, items, state, errors, asked, pushed_at, ended_at from catalogue_pushes
where boutique_id = private.current_boutique()
"""


async def still_open(conn: Connection, *, limit: int) -> list[Push]:
    async with conn.cursor(row_factory=class_row(Push)) as cursor:
        await cursor.execute(
            _LIST + "and state = 'started' order by pushed_at limit %(limit)s", {"limit": limit}
        )
        return await cursor.fetchall()


async def last(conn: Connection, *, limit: int) -> list[Push]:
    async with conn.cursor(row_factory=class_row(Push)) as cursor:
        await cursor.execute(_LIST + "order by pushed_at desc limit %(limit)s", {"limit": limit})
        return await cursor.fetchall()


async def note(conn: Connection, *, push_id: str, state: PushState, errors: int) -> None:
    """What Meta said of it."""
    await conn.execute(
        """update catalogue_pushes set state = %(state)s, errors = %(errors)s, asked = asked + 1,
             ended_at = case when %(state)s = 'started' then null else now() end
           where boutique_id = private.current_boutique() and id = %(id)s""",
        {"id": push_id, "state": state, "errors": errors},
    )


async def send_again(conn: Connection, *, push_id: str) -> None:
    """What is known of no batch that failed may not be there: its items are sent once more."""
    await conn.execute(
        """update catalogue_items set dirty = true, again = true, version = version + 1
           where boutique_id = private.current_boutique() and push_id = %(id)s""",
        {"id": push_id},
    )


async def remove_old(conn: Connection, *, kept: int) -> None:
    """Leave the last ones only."""
    await conn.execute(
        """delete from catalogue_pushes
           where boutique_id = private.current_boutique() and state <> 'started'
             and id <> all(array(select id from catalogue_pushes
               where boutique_id = private.current_boutique()
               order by pushed_at desc limit %(kept)s))""",
        {"kept": kept},
    )
