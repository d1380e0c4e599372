"""What customers of a shop call a thing, in the words that the assistant knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class Synonym:
    """`said`: in small letters, with single spaces."""

    id: str
    said: str
    means: str
    created_at: datetime


_COLUMNS = "id::text, said, means, created_at"


async def of_boutique(conn: Connection) -> list[Synonym]:
    """The newest first."""
    async with conn.cursor(row_factory=class_row(Synonym)) as cursor:
        await cursor.execute(
            f"""select {_COLUMNS} from synonyms where boutique_id = private.current_boutique()
                order by created_at desc, id""".encode()
        )
        return await cursor.fetchall()


async def newest_of_catalogue(conn: Connection) -> str:
    """Changes with every new piece and synonym of the boutique."""
    cursor = await conn.execute(
        b"""select concat_ws(' ',
             (select id::text from products
              where boutique_id = private.current_boutique() and active
              order by created_at desc limit 1),
             (select max(created_at)::text from synonyms
              where boutique_id = private.current_boutique())) as newest"""
    )
    row = await cursor.fetchone()
    assert row is not None  # a select without a from has one row
    return str(row["newest"])


async def add(conn: Connection, *, said: str, means: str) -> Synonym | None:
    """None when the shop has said before what these words mean."""
    async with conn.cursor(row_factory=class_row(Synonym)) as cursor:
        await cursor.execute(
            f"""insert into synonyms (boutique_id, said, means)
                values (private.current_boutique(), %(said)s, %(means)s)
                on conflict (boutique_id, said) do nothing returning {_COLUMNS}""".encode(),
            {"said": said, "means": means},
        )
        return await cursor.fetchone()


async def remove(conn: Connection, *, synonym_id: str) -> bool:
    cursor = await conn.execute(
        b"""delete from synonyms
           where boutique_id = private.current_boutique() and id = %(id)s""",
        {"id": synonym_id},
    )
    return cursor.rowcount == 1
