"""What a boutique used of messages and models in a month of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class MessagesUsed:
    """By people of the shop, the assistant and campaigns together: `sent`."""

    received: int
    sent: int
    failed: int


@dataclass(frozen=True, slots=True)
class ModelUsed:
    model: str
    calls: int
    input_tokens: int
    output_tokens: int


async def messages(
    conn: Connection, *, boutique_id: str, since: datetime, until: datetime
) -> MessagesUsed:
    """From `since` to before `until`."""
    async with conn.cursor(row_factory=class_row(MessagesUsed)) as cursor:
        await cursor.execute(
            """select count(*) filter (where direction = 'in')::int as received,
                 count(*) filter (where direction = 'out'
                   and status in ('sent', 'delivered', 'read'))::int as sent,
                 count(*) filter (where status = 'failed')::int as failed
               from messages
               where boutique_id = %(boutique_id)s and created_at >= %(since)s
                 and created_at < %(until)s""",
            {"boutique_id": boutique_id, "since": since, "until": until},
        )
        found = await cursor.fetchone()
    assert found is not None  # an aggregate gives one row
    return found


async def models(
    conn: Connection, *, boutique_id: str, since: datetime, until: datetime
) -> list[ModelUsed]:
    """By model's name, of the boutique's days from `since` to before `until`."""
    async with conn.cursor(row_factory=class_row(ModelUsed)) as cursor:
        await cursor.execute(
            """select t.model, sum(t.calls)::int as calls,
                 sum(t.input_tokens)::bigint as input_tokens,
                 sum(t.output_tokens)::bigint as output_tokens
               from token_usage t join boutiques b on b.id = t.boutique_id
               where t.boutique_id = %(boutique_id)s
                 and t.on_day >= (%(since)s at time zone b.timezone)::date
                 and t.on_day < (%(until)s at time zone b.timezone)::date
               group by t.model order by t.model""",
            {"boutique_id": boutique_id, "since": since, "until": until},
        )
        return await cursor.fetchall()
