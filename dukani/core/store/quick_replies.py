"""Texts that a boutique's people write often, each with the shortcut it is found by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class QuickReply:
    id: str
    shortcut: str
    english: str  # empty: there is none in this language
    swahili: str
    updated_at: datetime


_COLUMNS = "id::text, shortcut, english, swahili, updated_at"


async def of_boutique(conn: Connection) -> list[QuickReply]:
    """By their shortcuts."""
    async with conn.cursor(row_factory=class_row(QuickReply)) as cursor:
        await cursor.execute(
            f"""select {_COLUMNS} from quick_replies
                where boutique_id = private.current_boutique() order by shortcut""".encode()
        )
        return await cursor.fetchall()


async def add(conn: Connection, *, shortcut: str, english: str, swahili: str) -> QuickReply:
    """Raises psycopg's UniqueViolation for a shortcut that is taken."""
    async with conn.cursor(row_factory=class_row(QuickReply)) as cursor:
        await cursor.execute(
            f"""insert into quick_replies (boutique_id, shortcut, english, swahili)
                values (private.current_boutique(), %(shortcut)s, %(english)s, %(swahili)s)
                returning {_COLUMNS}""".encode(),
            {"shortcut": shortcut, "english": english, "swahili": swahili},
        )
        added = await cursor.fetchone()
        assert added is not None, "an insert returns its row"
        return added


async def change(
    conn: Connection, *, reply_id: str, shortcut: str, english: str, swahili: str
) -> QuickReply | None:
    """Write it anew; None: there is no such. Raises UniqueViolation as `add`."""
    async with conn.cursor(row_factory=class_row(QuickReply)) as cursor:
        await cursor.execute(
            f"""update quick_replies
                set shortcut = %(shortcut)s, english = %(english)s, swahili = %(swahili)s
                where boutique_id = private.current_boutique() and id = %(reply_id)s
                returning {_COLUMNS}""".encode(),
            {"reply_id": reply_id, "shortcut": shortcut, "english": english, "swahili": swahili},
        )
        return await cursor.fetchone()


async def remove(conn: Connection, *, reply_id: str) -> bool:
    """False: there is no such."""
    cursor = await conn.execute(
        """delete from quick_replies
           where boutique_id = private.current_boutique() and id = %(reply_id)s""",
        {"reply_id": reply_id},
    )
    return cursor.rowcount == 1
