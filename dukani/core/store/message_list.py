"""The messages of a conversation as the shop's people read them, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, LiteralString

from psycopg.rows import class_row

from dukani.core.channels import Channel
from dukani.core.database import Connection
from dukani.core.store.keyset import Key
from dukani.core.store.messages import Author, MessageStatus


@dataclass(frozen=True, slots=True)
class ShownMessage:
    id: str
    seq: int
    direction: Literal["in", "out"]
    author: Author
    channel: Channel
    written_by: str | None  # the member's id, of a person's message from the app
    kind: str
    body: str = field(repr=False)
    media_path: str | None
    payload: dict[str, Any] = field(repr=False)
    status: MessageStatus
    error_code: str | None
    reply_to_id: str | None  # id of the message that this one answers
    answered: dict[str, Any] | None = field(repr=False)  # what is quoted of that message
    created_at: datetime
    sent_at: datetime | None

    @property
    def key(self) -> Key:
        return Key(self.seq, self.id)


_MESSAGES: LiteralString = """
select m.id::text, m.seq, m.direction, m.author, m.channel,
  m.payload ->> 'written_by' as written_by,
  m.kind, m.body, m.media_path, m.payload, m.status::text as status, m.error_code, m.created_at,
  m.sent_at,
  a.id::text as reply_to_id,
  case when a.id is not null then jsonb_build_object('author', a.author, 'kind', a.kind,
    'body', left(a.body, 200), 'media_path', a.media_path) end as answered
from messages m
left join messages a on a.boutique_id = m.boutique_id and a.provider_id = m.reply_to
where m.boutique_id = private.current_boutique() and m.conversation_id = %(conversation_id)s
"""
_OLDER = f"{_MESSAGES} and m.seq < %(seq)s order by m.seq desc limit %(limit)s"
_NEWER = f"{_MESSAGES} and m.seq > %(seq)s order by m.seq limit %(limit)s"
_FROM_HERE = f"{_MESSAGES} and m.seq <= %(seq)s order by m.seq desc limit %(limit)s"


async def older(
    conn: Connection, *, conversation_id: str, than: Key | None, limit: int
) -> list[ShownMessage]:
    """The messages before the one with the key `than`, or the last of all; the latest first."""
    seq = than.value if than else 2**63 - 1
    return await _read(conn, _OLDER, conversation_id=conversation_id, seq=seq, limit=limit)


async def newer(
    conn: Connection, *, conversation_id: str, than: Key, limit: int
) -> list[ShownMessage]:
    """The messages next after the one with the key `than`; the earliest first."""
    return await _read(conn, _NEWER, conversation_id=conversation_id, seq=than.value, limit=limit)


async def up_to(
    conn: Connection, *, conversation_id: str, message_id: str, limit: int
) -> list[ShownMessage]:
    """The message and those before it, the latest first; none: it is not of this conversation."""
    cursor = await conn.execute(
        """select seq from messages where boutique_id = private.current_boutique()
             and conversation_id = %(conversation_id)s and id = %(message_id)s""",
        {"conversation_id": conversation_id, "message_id": message_id},
    )
    found = await cursor.fetchone()
    if found is None:
        return []
    return await _read(
        conn, _FROM_HERE, conversation_id=conversation_id, seq=found["seq"], limit=limit
    )


async def _read(
    conn: Connection, statement: LiteralString, **values: str | int | datetime
) -> list[ShownMessage]:
    async with conn.cursor(row_factory=class_row(ShownMessage)) as cursor:
        await cursor.execute(statement.encode(), values)
        return await cursor.fetchall()
