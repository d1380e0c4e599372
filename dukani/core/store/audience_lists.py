"""Lists of customers, picked by hand or named in a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection

Source = Literal["manual", "csv"]
_COLUMNS = """l.id::text as id, l.name, l.source, l.created_at, (
  select count(*)::int from audience_list_members m
  where m.boutique_id = l.boutique_id and m.list_id = l.id) as members"""


@dataclass(frozen=True, slots=True)
class AudienceList:
    id: str
    name: str
    source: Source
    created_at: datetime
    members: int


async def of_boutique(conn: Connection) -> list[AudienceList]:
    """The latest first."""
    async with conn.cursor(row_factory=class_row(AudienceList)) as cursor:
        await cursor.execute(
            f"""select {_COLUMNS} from audience_lists l
                where l.boutique_id = private.current_boutique()
                order by l.created_at desc, l.id desc""".encode()
        )
        return await cursor.fetchall()


async def get(conn: Connection, *, list_id: str) -> AudienceList | None:
    async with conn.cursor(row_factory=class_row(AudienceList)) as cursor:
        await cursor.execute(
            f"""select {_COLUMNS} from audience_lists l
                where l.boutique_id = private.current_boutique() and l.id = %(id)s""".encode(),
            {"id": list_id},
        )
        return await cursor.fetchone()


async def create(conn: Connection, *, name: str, source: Source) -> str:
    """Its id. Raises psycopg's UniqueViolation for a name that is taken."""
    cursor = await conn.execute(
        """insert into audience_lists (boutique_id, name, source)
           values (private.current_boutique(), %(name)s, %(source)s) returning id::text as id""",
        {"name": name, "source": source},
    )
    row = await cursor.fetchone()
    assert row is not None, "an insert returns its row"
    return str(row["id"])


async def of_file(conn: Connection, *, name: str) -> str:
    """The id of the list of files with this name, a new one if there is none.

    Raises psycopg's UniqueViolation if a list picked by hand is called so.
    """
    cursor = await conn.execute(
        """select id::text as id from audience_lists
           where boutique_id = private.current_boutique() and name = %(name)s and source = 'csv'""",
        {"name": name},
    )
    row = await cursor.fetchone()
    return str(row["id"]) if row else await create(conn, name=name, source="csv")


async def add_members(conn: Connection, *, list_id: str, customer_ids: Sequence[str]) -> int:
    """How many are new on it. Ids that are none of the boutique's customers are left out."""
    cursor = await conn.execute(
        """insert into audience_list_members (boutique_id, list_id, customer_id)
           select c.boutique_id, %(list_id)s, c.id from customers c
           where c.boutique_id = private.current_boutique()
             and c.id = any(%(customer_ids)s::uuid[])
           on conflict do nothing""",
        {"list_id": list_id, "customer_ids": list(customer_ids)},
    )
    return cursor.rowcount


async def remove(conn: Connection, *, list_id: str) -> bool:
    """False: there is no such."""
    cursor = await conn.execute(
        """delete from audience_lists
           where boutique_id = private.current_boutique() and id = %(id)s""",
        {"id": list_id},
    )
    return cursor.rowcount == 1
