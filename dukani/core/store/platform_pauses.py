"""Pauses of a boutique, or of one of its channels, by whoever runs the installation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from psycopg.rows import class_row

from dukani.core.channels import WhatsAppProvider
from dukani.core.database import Connection

WHOLE = "all"  # in place of a provider, in `boutiques.platform_pauses`
RESTORED = "restored"  # beside it, of a pause that a restore began
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


@dataclass(frozen=True, slots=True)
class RestoredPause:
    """`before`: the platform had paused the boutique for another reason before the restore."""

    boutique_id: str
    slug: str
    before: bool


async def restored(conn: Connection, *, slug: str | None) -> list[RestoredPause]:
    """Those in force since a restore, of one boutique or all. Needs a system connection."""
    async with conn.cursor(row_factory=class_row(RestoredPause)) as cursor:
        await cursor.execute(
            """select b.id::text as boutique_id, b.slug, p.paused_at < p.restored_at as before
               from platform_pauses p join boutiques b on b.id = p.boutique_id
               where p.ended_at is null and p.restored_at is not null
                 and (%(slug)s::text is null or b.slug = %(slug)s)
               order by b.slug""",
            {"slug": slug},
        )
        return await cursor.fetchall()


async def forget_restore(conn: Connection) -> bool:
    """The boutique stays paused for the reason it had before. Needs a platform connection."""
    cursor = await conn.execute(
        """update platform_pauses set restored_at = null
           where boutique_id = private.current_boutique() and ended_at is null
             and restored_at is not null"""
    )
    return cursor.rowcount == 1
