"""Channels on which an owner has stopped what her rules send."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection

AutomationChannel = Literal["whatsapp", "sms"]


@dataclass(frozen=True, slots=True)
class PausedChannel:
    """`reason`: in the owner's words."""

    channel: AutomationChannel
    reason: str | None
    paused_at: datetime


async def paused(conn: Connection) -> list[PausedChannel]:
    """Only those that are paused: a channel without a row sends."""
    async with conn.cursor(row_factory=class_row(PausedChannel)) as cursor:
        await cursor.execute(
            """select channel, reason, paused_at from automation_channels
               where boutique_id = private.current_boutique() order by channel desc"""
        )
        return await cursor.fetchall()


async def pause(
    conn: Connection, *, channel: AutomationChannel, reason: str | None, by: str | None
) -> None:
    """Of a channel that is paused the new reason is kept, and since when it is paused anew."""
    await resume(conn, channel=channel)
    await conn.execute(
        """insert into automation_channels (boutique_id, channel, reason, paused_by)
           values (private.current_boutique(), %(channel)s, %(reason)s, %(by)s)
           on conflict do nothing""",
        {"channel": channel, "reason": reason, "by": by},
    )


async def resume(conn: Connection, *, channel: AutomationChannel) -> bool:
    """False: it was not paused."""
    cursor = await conn.execute(
        """delete from automation_channels
           where boutique_id = private.current_boutique() and channel = %(channel)s""",
        {"channel": channel},
    )
    return cursor.rowcount == 1
