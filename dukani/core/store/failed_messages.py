"""Messages of ours that failed for a reason of ours, in every boutique. Needs a system connection.

Not those that WhatsApp or the customer kept away (no such phone, marketing stopped, outside the 24
hours), nor a campaign's, which tells of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, LiteralString

from psycopg.rows import class_row

from dukani.core.channels import Channel
from dukani.core.clients.send_errors import ACTIONS, Action
from dukani.core.database import Connection
from dukani.core.store.keyset import Key

_NOT_OURS = frozenset(
    (
        Action.SUPPRESS,
        Action.OPT_OUT_MARKETING,
        Action.MARKETING_LIMIT,
        Action.SKIP,
        Action.TEMPLATE_ONLY,
    )
)
_CODES_NOT_OURS = sorted(code for code, action in ACTIONS.items() if action in _NOT_OURS)


@dataclass(frozen=True, slots=True)
class FailedMessage:
    """`later`: messages to the same customer that have left since, which a retry comes after."""

    id: str
    boutique_id: str
    boutique: str
    conversation_id: str | None
    kind: str
    body: str = field(repr=False)
    provider: str
    channel: Channel
    error_code: str | None
    attempts: int
    created_at: datetime
    failed_at: datetime
    later: int

    @property
    def key(self) -> Key:
        return Key(self.failed_at, self.id)


_FAILED: LiteralString = """
select m.id::text, m.boutique_id::text, b.name as boutique, m.conversation_id::text, m.kind, m.body,
  m.provider, m.channel, m.error_code, m.attempts, m.created_at, m.updated_at as failed_at,
  (select count(*) from messages l where l.boutique_id = m.boutique_id
     and l.conversation_id = m.conversation_id and l.direction = 'out' and l.seq > m.seq
     and l.status in ('sent', 'delivered', 'read'))::int as later
from messages m join boutiques b on b.id = m.boutique_id
where m.status = 'failed' and m.direction = 'out' and m.campaign_recipient_id is null
  and not coalesce(m.error_code = any(%(not_ours)s), false)
  and not m.payload ?| array['copied', 'dismissed']
"""


async def page(conn: Connection, *, after: Key | None, limit: int) -> list[FailedMessage]:
    """Those that failed last first."""
    later: LiteralString = " and (m.updated_at, m.id) < (%(at)s, %(id)s::uuid)" if after else ""
    return await _several(
        conn,
        f"{_FAILED}{later} order by m.updated_at desc, m.id desc limit %(limit)s",
        {
            "at": after.value if after else None,
            "id": after.id if after else None,
            "limit": limit,
        },
    )


async def get(conn: Connection, *, message_id: str) -> FailedMessage | None:
    found = await _several(conn, f"{_FAILED} and m.id = %(id)s", {"id": message_id})
    return found[0] if found else None


async def _several(conn: Connection, statement: str, values: dict[str, Any]) -> list[FailedMessage]:
    async with conn.cursor(row_factory=class_row(FailedMessage)) as cursor:
        await cursor.execute(statement.encode(), values | {"not_ours": _CODES_NOT_OURS})
        return await cursor.fetchall()
