"""Keeps an SMS of a customer's in the customer's chat; it opens no turn and no 24 hours."""

from __future__ import annotations

from datetime import datetime

from dukani.core.channels import SmsProvider
from dukani.core.database import Connection


async def keep(
    conn: Connection,
    *,
    conversation_id: str,
    provider: SmsProvider,
    provider_id: str,
    body: str,
    sent_at: datetime | None,
) -> bool:
    """Whether it is new: a provider may tell it twice."""
    cursor = await conn.execute(
        """insert into messages (boutique_id, conversation_id, direction, author, kind, body,
             channel, provider, provider_id, status, sent_at)
           values (private.current_boutique(), %(conversation_id)s, 'in', 'customer', 'text',
             %(body)s, 'sms', %(provider)s, %(provider_id)s, 'received', %(sent_at)s)
           on conflict (boutique_id, provider_id) do nothing""",
        {
            "conversation_id": conversation_id,
            "provider": provider,
            "provider_id": provider_id,
            "body": body,
            "sent_at": sent_at,
        },
    )
    return cursor.rowcount == 1


async def is_asked_for(conn: Connection, *, conversation_id: str) -> bool:
    """Whether an earlier SMS of the customer waits for a person already."""
    cursor = await conn.execute(
        """select 1 from requests where boutique_id = private.current_boutique()
             and conversation_id = %(conversation_id)s and status = 'open'
             and details ->> 'channel' = 'sms' limit 1""",
        {"conversation_id": conversation_id},
    )
    return await cursor.fetchone() is not None
