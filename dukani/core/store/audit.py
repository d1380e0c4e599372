"""The audit log: who did what to which thing, append-only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection

Actor = Literal["assistant", "customer", "staff", "provider", "system"]


async def write(
    conn: Connection,
    *,
    actor: Actor,
    action: str,
    subject: str,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Add a line. `subject` names the thing: `order:DK-1001`. No phone numbers in `details`."""
    await conn.execute(
        """insert into audit_log (boutique_id, actor, action, subject, details)
           values (private.current_boutique(), %(actor)s, %(action)s, %(subject)s, %(details)s)""",
        {
            "actor": actor,
            "action": action,
            "subject": subject,
            "details": Jsonb(dict(details or {})),
        },
    )


async def write_by_member(
    conn: Connection, *, action: str, subject: str, details: Mapping[str, Any] | None = None
) -> None:
    """As `write`, by the member of this connection: `owner:<user id>` or `staff:<user id>`."""
    await conn.execute(
        """insert into audit_log (boutique_id, actor, action, subject, details)
           values (private.current_boutique(), private.current_actor(), %(action)s, %(subject)s,
             %(details)s)""",
        {"action": action, "subject": subject, "details": Jsonb(dict(details or {}))},
    )


async def by_message(conn: Connection) -> None:
    """What follows in this transaction the owner asked for by a message to her shop."""
    await conn.execute("select set_config('app.via', 'whatsapp', true)")


@dataclass(frozen=True, slots=True)
class AuditLine:
    actor: str
    action: str
    created_at: datetime


async def of_subject(conn: Connection, *, subject: str, limit: int) -> list[AuditLine]:
    """What was done to the thing, the newest first."""
    async with conn.cursor(row_factory=class_row(AuditLine)) as cursor:
        await cursor.execute(
            """select actor, action, created_at from audit_log
               where boutique_id = private.current_boutique() and subject = %(subject)s
               order by id desc limit %(limit)s""",
            {"subject": subject, "limit": limit},
        )
        return await cursor.fetchall()


@dataclass(frozen=True, slots=True)
class PlatformLine:
    """What a platform admin did in a boutique; `by` is none for who is none any more."""

    at: datetime
    by: str | None
    action: str
    subject: str
    reason: str | None
    page: str | None


async def by_platform(conn: Connection, *, limit: int) -> list[PlatformLine]:
    """In the boutique of a platform connection, the newest first."""
    async with conn.cursor(row_factory=class_row(PlatformLine)) as cursor:
        await cursor.execute(
            """select a.created_at as at, p.email as by, a.action, a.subject,
                 a.details ->> 'reason' as reason, a.details ->> 'page' as page
               from audit_log a
               left join private.platform_people() p on a.actor = 'platform:' || p.user_id
               where a.boutique_id = private.current_boutique() and a.actor like 'platform:%%'
               order by a.id desc limit %(limit)s""",
            {"limit": limit},
        )
        return await cursor.fetchall()
