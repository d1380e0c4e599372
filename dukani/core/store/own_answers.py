"""The shop's own answers to questions that the assistant would not understand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    id: str
    asked: str
    english: str
    swahili: str | None
    created_at: datetime


_COLUMNS = "id::text, asked, english, swahili, created_at"


async def of_boutique(conn: Connection) -> list[OwnAnswer]:
    """The newest first."""
    async with conn.cursor(row_factory=class_row(OwnAnswer)) as cursor:
        await cursor.execute(
            f"""select {_COLUMNS} from own_answers
                where boutique_id = private.current_boutique()
                order by created_at desc, id""".encode()
        )
        return await cursor.fetchall()


async def add(
    conn: Connection, *, asked: str, english: str, swahili: str | None
) -> OwnAnswer | None:
    """None when there is an answer to these words already."""
    async with conn.cursor(row_factory=class_row(OwnAnswer)) as cursor:
        await cursor.execute(
            f"""insert into own_answers (boutique_id, asked, english, swahili)
                values (private.current_boutique(), %(asked)s, %(english)s, %(swahili)s)
                on conflict (boutique_id, lower(asked)) do nothing
                returning {_COLUMNS}""".encode(),
            {"asked": asked, "english": english, "swahili": swahili},
        )
        return await cursor.fetchone()


async def remove(conn: Connection, *, answer_id: str) -> bool:
    cursor = await conn.execute(
        b"""delete from own_answers
           where boutique_id = private.current_boutique() and id = %(id)s""",
        {"id": answer_id},
    )
    return cursor.rowcount == 1
