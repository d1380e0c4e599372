"""Messages on their way out: the next one of a lane, and what became of it.

A lane is a conversation, or a boutique's notes to its owner (no conversation). `sending` with
an error code was refused for now and is known not to have been sent; `sending` without one
may have been sent: whoever marked it so has not come back.
"""

from __future__ import annotations

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.messages import COLUMNS, Message


async def next_to_send(conn: Connection, *, conversation_id: str | None) -> Message | None:
    """The oldest message of the lane that is not sent yet."""
    lane = "conversation_id = %(id)s" if conversation_id else "conversation_id is null"
    async with conn.cursor(row_factory=class_row(Message)) as cursor:
        await cursor.execute(
            f"""select {COLUMNS} from messages
                where {lane} and status in ('queued', 'sending')
                order by seq limit 1""".encode(),
            {"id": conversation_id},
        )
        return await cursor.fetchone()


async def mark_sending(conn: Connection, *, message: Message, again: bool = False) -> bool:
    """Take a message for one attempt. False when another worker took it since it was read.

    `again` notes that it is sent a second time without knowing of the first.
    """
    cursor = await conn.execute(
        """update messages set status = 'sending', error_code = null, attempts = attempts + 1,
             payload = case when %(again)s then payload || '{"sent_again": true}' else payload end
           where id = %(message_id)s and status in ('queued', 'sending')
             and attempts = %(attempts)s""",
        {"message_id": message.id, "attempts": message.attempts, "again": again},
    )
    return cursor.rowcount == 1


async def mark_refused(conn: Connection, *, message_id: str, error_code: str) -> None:
    """It was not sent and may be tried again."""
    await conn.execute(
        """update messages set error_code = %(error_code)s
           where id = %(message_id)s and status = 'sending'""",
        {"message_id": message_id, "error_code": error_code},
    )


async def mark_sent(conn: Connection, *, message_id: str, provider_id: str) -> None:
    """The provider took it. A status that came before this stays ahead."""
    await conn.execute(
        """update messages set status = 'sent', provider_id = %(provider_id)s, error_code = null
           where id = %(message_id)s and status <> 'failed'""",
        {"message_id": message_id, "provider_id": provider_id},
    )


async def mark_failed(conn: Connection, *, message_id: str, error_code: str) -> None:
    """It will not be sent."""
    await conn.execute(
        """update messages set status = 'failed', error_code = %(error_code)s
           where id = %(message_id)s and status in ('queued', 'sending')""",
        {"message_id": message_id, "error_code": error_code},
    )


async def apply_status(
    conn: Connection,
    *,
    provider_id: str,
    status: str,
    message_id: str | None = None,
    error_code: str | None = None,
) -> Message | None:
    """What the provider says of a message it took; the message, or none when it is not ours.

    `message_id` is our own id if it came back with the status: a status may arrive before the
    answer to the send, when the provider's id is not known here yet.
    """
    async with conn.cursor(row_factory=class_row(Message)) as cursor:
        await cursor.execute(
            f"""update messages set status = %(status)s::message_status,
                  provider_id = coalesce(provider_id, %(provider_id)s),
                  error_code = case
                    when status >= 'delivered' then error_code  -- arrived or given up: final
                    when %(status)s = 'failed' then %(error_code)s end
                where direction = 'out' and id = coalesce(
                  (select m.id from messages m where m.id = %(message_id)s::uuid),
                  (select m.id from messages m where m.provider_id = %(provider_id)s))
                returning {COLUMNS}""",
            {
                "provider_id": provider_id,
                "status": status,
                "message_id": message_id,
                "error_code": error_code,
            },
        )
        return await cursor.fetchone()
