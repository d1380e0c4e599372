"""Pauses of a boutique, or of one of its channels, by whoever runs the installation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from psycopg.rows import class_row

from dukani.core.channels import WhatsAppProvider
from dukani.core.database import Connection

WHOLE = "all"  # in place of a provider, in `boutiques.platform_pauses`
# SQL, for a boutique as `b`: whether the platform lets it send no offers by the number it has.
SENDS_NOTHING: LiteralString = "(b.platform_pauses ?| array['all', b.whatsapp_provider])"


@dataclass(frozen=True, slots=True)
class PlatformPause:
    provider: WhatsAppProvider | None  # none: the whole boutique
    reason: str
    paused_at: datetime


async def open_ones(conn: Connection) -> list[PlatformPause]:
    """Of the boutique that the connection is in."""
    async with conn.cursor(row_factory=class_row(PlatformPause)) as cursor:
        await cursor.execute(
            """select provider, reason, paused_at from platform_pauses
               where boutique_id = private.current_boutique() and ended_at is null
               order by provider nulls first"""
        )
        return await cursor.fetchall()


async def begin(conn: Connection, *, provider: WhatsAppProvider | None, reason: str) -> bool:
    """False when it is paused already. Needs a platform connection in the boutique."""
    cursor = await conn.execute(
        """insert into platform_pauses (boutique_id, provider, reason)
           values (private.current_boutique(), %(provider)s, %(reason)s)
           on conflict (boutique_id, (coalesce(provider, ''))) where ended_at is null
           do nothing""",
        {"provider": provider, "reason": reason},
    )
    return cursor.rowcount == 1


async def end(conn: Connection, *, provider: WhatsAppProvider | None) -> bool:
    """False when it is not paused. Needs a platform connection in the boutique."""
    cursor = await conn.execute(
        """update platform_pauses set ended_at = now()
           where boutique_id = private.current_boutique() and ended_at is null
             and provider is not distinct from %(provider)s""",
        {"provider": provider},
    )
    return cursor.rowcount == 1
