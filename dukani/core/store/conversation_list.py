"""Lists of a boutique's conversations and of the messages in one, as its people see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, LiteralString

from psycopg.rows import class_row

from dukani.core.channels import Channel
from dukani.core.database import Connection
from dukani.core.store.conversations import HandoffReason
from dukani.core.store.keyset import Key
from dukani.core.store.messages import Author, MessageStatus
from dukani.core.store.today import WAITS_FOR_A_PERSON

ConversationFilter = Literal["all", "with_people", "waiting"]

_FILTERS: dict[ConversationFilter, LiteralString] = {
    "all": "true",
    "with_people": "v.handed_off_at is not null",
    "waiting": WAITS_FOR_A_PERSON,
}
_LAST_AT: LiteralString = "greatest(v.last_inbound_at, v.created_at)"
MOST_UNREAD = 99  # counted no further


@dataclass(frozen=True, slots=True)
class ListedConversation:
    id: str
    customer_id: str
    customer_name: str | None
    phone: str | None = field(repr=False)
    channel: Channel
    handed_off_at: datetime | None  # none: the assistant answers
    handoff_reason: HandoffReason | None
    last_staff_at: datetime | None
    last_inbound_at: datetime | None
    last_at: datetime
    unread: int  # the customer's messages that nobody of the shop has read, at most `MOST_UNREAD`
    last_author: Author | None
    last_kind: str | None
    last_body: str | None = field(repr=False)

    @property
    def key(self) -> Key:
        return Key(self.last_at, self.id)


_LIST = """
with page as (
  select v.*, {last_at} as last_at from conversations v
  where v.boutique_id = private.current_boutique() and {which} {after}
  order by {last_at} desc, v.id desc limit %(limit)s
)
select v.id::text, v.customer_id::text, c.name as customer_name, c.phone, v.channel,
  v.handed_off_at, v.handoff_reason, v.last_staff_at, v.last_inbound_at, v.last_at,
  unread.messages as unread, last.author as last_author, last.kind as last_kind,
  left(last.body, 200) as last_body
from page v
join customers c on c.boutique_id = v.boutique_id and c.id = v.customer_id
cross join lateral (
  select count(*)::int as messages from (
    select from messages m where m.boutique_id = v.boutique_id and m.conversation_id = v.id
      and m.seq > v.staff_read_seq and m.direction = 'in' limit {most}) counted
) unread
left join lateral (
  select m.author, m.kind, m.body from messages m
  where m.boutique_id = v.boutique_id and m.conversation_id = v.id
  order by m.seq desc limit 1
) last on true
order by v.last_at desc, v.id desc
"""


async def page(
    conn: Connection,
    *,
    which: ConversationFilter = "all",
    after: Key | None = None,
    limit: int = 1,
    conversation_id: str | None = None,
) -> list[ListedConversation]:
    """The conversations after the one with the key `after`, the latest first; or only one."""
    narrowed = "and v.id = %(conversation_id)s" if conversation_id else ""
    if after:
        narrowed = f"and ({_LAST_AT}, v.id) < (%(at)s, %(id)s::uuid)"
    statement = _LIST.format(
        last_at=_LAST_AT, which=_FILTERS[which], after=narrowed, most=MOST_UNREAD
    )
    async with conn.cursor(row_factory=class_row(ListedConversation)) as cursor:
        await cursor.execute(
            statement.encode(),
            {
                "limit": limit,
                "at": after.value if after else None,
                "id": after.id if after else None,
                "conversation_id": conversation_id,
            },
        )
        return await cursor.fetchall()


@dataclass(frozen=True, slots=True)
class ShownMessage:
    id: str
    seq: int
    direction: Literal["in", "out"]
    author: Author
    kind: str
    body: str = field(repr=False)
    media_path: str | None
    payload: dict[str, Any] = field(repr=False)
    status: MessageStatus
    error_code: str | None
    reply_to_id: str | None  # id of the message that this one answers
    created_at: datetime
    sent_at: datetime | None

    @property
    def key(self) -> Key:
        return Key(self.seq, self.id)


async def messages(
    conn: Connection, *, conversation_id: str, after: Key | None, limit: int
) -> list[ShownMessage]:
    """The messages of a conversation, the latest first."""
    async with conn.cursor(row_factory=class_row(ShownMessage)) as cursor:
        await cursor.execute(
            """select m.id::text, m.seq, m.direction, m.author, m.kind, m.body, m.media_path,
                 m.payload, m.status::text as status, m.error_code, m.created_at, m.sent_at,
                 (select a.id::text from messages a where a.boutique_id = m.boutique_id
                    and a.provider_id = m.reply_to) as reply_to_id
               from messages m
               where m.boutique_id = private.current_boutique()
                 and m.conversation_id = %(conversation_id)s and m.seq < %(before)s
               order by m.seq desc limit %(limit)s""",
            {
                "conversation_id": conversation_id,
                "before": after.value if after else 2**63 - 1,
                "limit": limit,
            },
        )
        return await cursor.fetchall()


async def mark_read(conn: Connection, *, conversation_id: str) -> bool:
    """Note that the shop's people have read all of a conversation; false: there is no such."""
    cursor = await conn.execute(
        """update conversations v set staff_read_seq = greatest(v.staff_read_seq, (
             select coalesce(max(m.seq), 0) from messages m
             where m.boutique_id = v.boutique_id and m.conversation_id = v.id))
           where v.boutique_id = private.current_boutique() and v.id = %(conversation_id)s""",
        {"conversation_id": conversation_id},
    )
    return cursor.rowcount == 1
