"""Which message templates a boutique has approved at its provider."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from psycopg.rows import class_row

from dukani.core.channels import MessagingProvider
from dukani.core.database import Connection

TemplateStatus = Literal["approved", "pending", "rejected", "paused"]
TemplateLanguage = Literal["en", "sw"]


@dataclass(frozen=True, slots=True)
class RegisteredTemplate:
    """A template as the provider has it; `content_sid` is Twilio's name for it (`HX…`)."""

    provider: MessagingProvider
    name: str
    language: TemplateLanguage
    status: TemplateStatus
    content_sid: str | None
    checked_at: datetime


async def of_boutique(conn: Connection, *, boutique_id: str) -> list[RegisteredTemplate]:
    """All that the boutique has registered, by name."""
    async with conn.cursor(row_factory=class_row(RegisteredTemplate)) as cursor:
        await cursor.execute(
            """select provider, name, language, status, content_sid, checked_at
               from message_templates where boutique_id = %(boutique_id)s
               order by name, language, provider""",
            {"boutique_id": boutique_id},
        )
        return await cursor.fetchall()


async def approved(
    conn: Connection, *, provider: MessagingProvider, name: str
) -> list[RegisteredTemplate]:
    """The template of that name, in each language in which it may be sent."""
    async with conn.cursor(row_factory=class_row(RegisteredTemplate)) as cursor:
        await cursor.execute(
            """select provider, name, language, status, content_sid, checked_at
               from message_templates
               where boutique_id = private.current_boutique() and provider = %(provider)s
                 and name = %(name)s and status = 'approved'""",
            {"provider": provider, "name": name},
        )
        return await cursor.fetchall()


async def put(
    conn: Connection,
    *,
    boutique_id: str,
    provider: MessagingProvider,
    name: str,
    language: TemplateLanguage,
    status: TemplateStatus,
    content_sid: str | None = None,
) -> None:
    """Note what the provider says of a template. Needs a system connection."""
    await conn.execute(
        """insert into message_templates (boutique_id, provider, name, language, status,
             content_sid)
           values (%(boutique_id)s, %(provider)s, %(name)s, %(language)s, %(status)s,
             %(content_sid)s)
           on conflict (boutique_id, provider, name, language) do update
             set status = excluded.status, content_sid = excluded.content_sid,
               checked_at = now()""",
        {
            "boutique_id": boutique_id,
            "provider": provider,
            "name": name,
            "language": language,
            "status": status,
            "content_sid": content_sid,
        },
    )
