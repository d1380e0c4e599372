"""How far an automation's message has come, and whether that is accounted for.

The database's triggers keep the row by the message's status; see 20261128010500.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.messages import ToldStatus

SendState = Literal["queued", "sent", "delivered", "read", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class OwedSend:
    """A send whose row is locked, and that ended without its tokens and its contact."""

    id: str
    state: SendState
    error_code: str | None


@dataclass(frozen=True, slots=True)
class Owed:
    boutique_id: str
    send_id: str


def send_of(reference: str | None) -> str | None:
    """The id of the send that a message's `reference` names."""
    kind, _, send_id = (reference or "").partition(":")
    return send_id if kind == "automation" else None


async def tell(conn: Connection, *, message_id: str, status: ToldStatus, code: str | None) -> None:
    """Note a status that the message's own row may not show: it arrived after it had failed."""
    await conn.execute(
        """select private.note_told_automation(%(message_id)s, %(status)s, %(code)s)""",
        {"message_id": message_id, "status": status, "code": code},
    )


async def lock_owed(conn: Connection, *, send_id: str) -> OwedSend | None:
    """The send, locked until the transaction ends; None: it is accounted for, or not ours."""
    async with conn.cursor(row_factory=class_row(OwedSend)) as cursor:
        await cursor.execute(
            """select id::text, state, error_code from automation_sends
               where boutique_id = private.current_boutique() and id = %(id)s and owed
               for no key update""",
            {"id": send_id},
        )
        return await cursor.fetchone()


async def settled(conn: Connection, *, send_id: str) -> None:
    await conn.execute(
        """update automation_sends set owed = false
           where boutique_id = private.current_boutique() and id = %(id)s""",
        {"id": send_id},
    )


async def owed(conn: Connection, *, limit: int) -> list[Owed]:
    """Sends that are not accounted for, of all boutiques. Needs a system connection."""
    async with conn.cursor(row_factory=class_row(Owed)) as cursor:
        await cursor.execute(
            """select boutique_id::text, id::text as send_id from automation_sends
               where owed order by boutique_id, id limit %(limit)s""",
            {"limit": limit},
        )
        return await cursor.fetchall()
