"""What platform admins did, append-only: across boutiques, and in a boutique's own audit log too.

Needs a system connection or a platform admin's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class PlatformAct:
    actor: str
    act: str
    details: dict[str, Any]
    created_at: datetime


async def write(
    conn: Connection,
    *,
    actor: str,
    act: str,
    subject: str,
    boutique_id: str | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Add a line. `subject` names the thing: `webhook_event:12`. No phone numbers in `details`.

    With a boutique the line stands in that boutique's audit log as well.
    """
    await conn.execute(
        """with act as (
             insert into private.platform_acts (actor, boutique_id, act, subject, details)
             values (%(actor)s, %(boutique_id)s, %(act)s, %(subject)s, %(details)s)
             returning boutique_id)
           insert into audit_log (boutique_id, actor, action, subject, details)
           select boutique_id, %(actor)s, %(act)s, %(subject)s, %(details)s from act
           where boutique_id is not null""",
        {
            "actor": actor,
            "boutique_id": boutique_id,
            "act": act,
            "subject": subject,
            "details": Jsonb(dict(details or {})),
        },
    )


async def of_subject(conn: Connection, *, subject: str, limit: int = 20) -> list[PlatformAct]:
    """The newest first."""
    async with conn.cursor(row_factory=class_row(PlatformAct)) as cursor:
        await cursor.execute(
            """select actor, act, details, created_at from private.platform_acts
               where subject = %(subject)s order by id desc limit %(limit)s""",
            {"subject": subject, "limit": limit},
        )
        return await cursor.fetchall()
