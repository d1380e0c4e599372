"""Notes of the shop's people in a chat, append-only. No assistant and no customer reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.keyset import Key


@dataclass(frozen=True, slots=True)
class InternalNote:
    id: str
    written_by: str  # the member's id
    body: str = field(repr=False)
    created_at: datetime

    @property
    def key(self) -> Key:
        return Key(self.created_at, self.id)


async def add(conn: Connection, *, conversation_id: str, body: str) -> None:
    """Add a note in the name of the member who acts."""
    await conn.execute(
        """insert into internal_notes (boutique_id, conversation_id, written_by, body)
           values (private.current_boutique(), %(conversation_id)s,
             (select private.my_user_id()), %(body)s)""",
        {"conversation_id": conversation_id, "body": body},
    )


async def page(
    conn: Connection, *, conversation_id: str, after: Key | None = None, limit: int
) -> list[InternalNote]:
    """The notes before the one with the key `after`, the latest first."""
    older = "and (created_at, id) < (%(at)s, %(id)s::uuid)" if after else ""
    async with conn.cursor(row_factory=class_row(InternalNote)) as cursor:
        await cursor.execute(
            f"""select id::text, written_by::text, body, created_at from internal_notes
                where boutique_id = private.current_boutique()
                  and conversation_id = %(conversation_id)s {older}
                order by created_at desc, id desc limit %(limit)s""".encode(),
            {
                "conversation_id": conversation_id,
                "at": after.value if after else None,
                "id": after.id if after else None,
                "limit": limit,
            },
        )
        return await cursor.fetchall()
