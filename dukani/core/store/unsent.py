"""What of a conversation has not left yet."""

from __future__ import annotations

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.jobs import Partition
from dukani.core.store.messages import COLUMNS, Message


async def of_conversation(conn: Connection, *, conversation_id: str) -> list[Message]:
    """The messages of a conversation that wait, or whose sending is not known to have ended."""
    async with conn.cursor(row_factory=class_row(Message)) as cursor:
        await cursor.execute(
            f"""select {COLUMNS} from messages
                where boutique_id = private.current_boutique()
                  and conversation_id = %(conversation_id)s and status in ('queued', 'sending')
                  and campaign_recipient_id is null  -- its dispatch decides
                order by seq for no key update""".encode(),
            {"conversation_id": conversation_id},
        )
        return await cursor.fetchall()


async def held_partitions(conn: Connection, *, boutique_id: str) -> list[Partition]:
    """Those of the boutique with a message that waits since its provider refused it."""
    cursor = await conn.execute(
        """select distinct conversation_id::text as id, channel from messages
           where boutique_id = private.current_boutique() and status = 'sending'
             and error_code is not null limit 500"""
    )
    rows = await cursor.fetchall()
    return [Partition(boutique_id, row["id"], row["channel"]) for row in rows]
