"""Looks of platform admins at a boutique's dashboard: for a reason, and an hour at most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.languages import Language


@dataclass(frozen=True, slots=True)
class Look:
    id: str
    reason: str
    began_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    pages: Sequence[str]


@dataclass(frozen=True, slots=True)
class OpenLook:
    """Of the person of a `user_connection`, with the boutique that is looked at."""

    id: str
    boutique_id: str
    slug: str
    name: str
    currency: str
    timezone: str
    language: Language
    reason: str
    began_at: datetime
    ends_at: datetime


async def begin(conn: Connection, *, admin_id: str, reason: str, lasts: timedelta) -> str | None:
    """The new look's id; None when the admin looks at the boutique already.

    Needs a platform connection in the boutique.
    """
    await conn.execute(
        """update platform_looks set ended_at = ends_at
           where boutique_id = private.current_boutique() and admin_id = %(admin_id)s
             and ended_at is null and ends_at <= now()""",
        {"admin_id": admin_id},
    )
    cursor = await conn.execute(
        """insert into platform_looks (boutique_id, admin_id, reason, ends_at)
           values (private.current_boutique(), %(admin_id)s, %(reason)s, now() + %(lasts)s)
           on conflict (admin_id, boutique_id) where ended_at is null do nothing
           returning id::text""",
        {"admin_id": admin_id, "reason": reason, "lasts": lasts},
    )
    row = await cursor.fetchone()
    return str(row["id"]) if row else None


async def end(conn: Connection, *, admin_id: str) -> str | None:
    """The id of the admin's look at the boutique, which is over; None when there was none."""
    cursor = await conn.execute(
        """update platform_looks set ended_at = least(now(), ends_at)
           where boutique_id = private.current_boutique() and admin_id = %(admin_id)s
             and ended_at is null
           returning id::text""",
        {"admin_id": admin_id},
    )
    row = await cursor.fetchone()
    return str(row["id"]) if row else None


async def current(conn: Connection, *, admin_id: str) -> Look | None:
    """The admin's open look at the boutique. Needs a platform connection in it."""
    async with conn.cursor(row_factory=class_row(Look)) as cursor:
        await cursor.execute(
            """select id::text, reason, began_at, ends_at, ended_at, pages from platform_looks
               where boutique_id = private.current_boutique() and admin_id = %(admin_id)s
                 and ended_at is null and ends_at > now()""",
            {"admin_id": admin_id},
        )
        return await cursor.fetchone()


async def note_page(conn: Connection, *, look_id: str, page: str) -> bool:
    """Note a kind of page that is looked at; false when it was noted before."""
    cursor = await conn.execute(
        """update platform_looks set pages = pages || %(page)s::text
           where boutique_id = private.current_boutique() and id = %(look_id)s
             and not %(page)s = any(pages)""",
        {"look_id": look_id, "page": page},
    )
    return cursor.rowcount == 1


async def newest(conn: Connection, *, since: timedelta, limit: int) -> list[Look]:
    """The boutique's looks that began within `since`, the newest first."""
    async with conn.cursor(row_factory=class_row(Look)) as cursor:
        await cursor.execute(
            """select id::text, reason, began_at, ends_at, ended_at, pages from platform_looks
               where boutique_id = private.current_boutique() and began_at > now() - %(since)s
               order by began_at desc limit %(limit)s""",
            {"since": since, "limit": limit},
        )
        return await cursor.fetchall()


async def mine(conn: Connection) -> list[OpenLook]:
    """Those under way of the person of a `user_connection`."""
    async with conn.cursor(row_factory=class_row(OpenLook)) as cursor:
        await cursor.execute(
            """select id::text, boutique_id::text, slug, name, currency, timezone, language, reason,
                 began_at, ends_at from private.my_looks()"""
        )
        return await cursor.fetchall()
