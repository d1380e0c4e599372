"""The conversation's memory between turns: one row of plain JSON.

A turn reads the memory in its first statement and writes it in its last (`turns.py`); here it is
read and set on its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psycopg.types.json import Jsonb

from dukani.core.database import Connection

# A statement of its own, and a part of the one that closes a turn.
REMEMBER = """
insert into conversation_memories (boutique_id, conversation_id, state)
values (private.current_boutique(), %(conversation_id)s, %(memory)s)
on conflict (boutique_id, conversation_id)
  do update set state = excluded.state, updated_at = now()
"""


async def recall(conn: Connection, *, conversation_id: str) -> dict[str, Any]:
    """The memory as the last turn left it; empty before the first turn."""
    cursor = await conn.execute(
        "select state from conversation_memories where conversation_id = %(conversation_id)s",
        {"conversation_id": conversation_id},
    )
    row = await cursor.fetchone()
    return dict(row["state"]) if row else {}


async def remember(conn: Connection, *, conversation_id: str, state: Mapping[str, Any]) -> None:
    """Set the memory, as if a turn had ended with it."""
    await conn.execute(REMEMBER, {"conversation_id": conversation_id, "memory": Jsonb(dict(state))})
