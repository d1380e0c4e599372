"""Lists of a boutique's conversations, as its people see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, LiteralString

from psycopg.rows import class_row

from dukani.core.channels import Channel
from dukani.core.database import Connection
from dukani.core.store.conversations import HandoffReason
from dukani.core.store.keyset import Key
from dukani.core.store.messages import Author
from dukani.core.store.today import WAITS_FOR_A_PERSON

ConversationFilter = Literal["all", "with_people", "waiting", "mine"]

_FILTERS: dict[ConversationFilter, LiteralString] = {
    "all": "true",
    "with_people": "v.handed_off_at is not null",
    "waiting": WAITS_FOR_A_PERSON,
    "mine": "v.assigned_to = (select private.my_user_id())",
}
_TAGGED: LiteralString = """and exists (select from customer_tags g
  where g.boutique_id = v.boutique_id and g.customer_id = v.customer_id and g.tag = %(tag)s)"""
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
    assigned_to: str | None  # the member it is left to
    last_staff_at: datetime | None
    last_inbound_at: datetime | None
    last_at: datetime
    unread: int  # the customer's messages that nobody of the shop has read, at most `MOST_UNREAD`
    last_author: Author | None
    last_kind: str | None
    last_body: str | None = field(repr=False)
    tags: list[str]

    @property
    def key(self) -> Key:
        return Key(self.last_at, self.id)


_LIST = """
with page as (
  select v.*, {last_at} as last_at from conversations v
  where v.boutique_id = private.current_boutique() and {which} {tagged} {after}
  order by {last_at} desc, v.id desc limit %(limit)s
)
select v.id::text, v.customer_id::text, c.name as customer_name, c.phone, v.channel,
  v.handed_off_at, v.handoff_reason, v.assigned_to::text, v.last_staff_at, v.last_inbound_at,
  v.last_at,
  unread.messages as unread, last.author as last_author, last.kind as last_kind,
  left(last.body, 200) as last_body,
  array(select g.tag from customer_tags g where g.boutique_id = v.boutique_id
    and g.customer_id = v.customer_id order by g.tag) as tags
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
    tag: str | None = None,
    after: Key | None = None,
    limit: int = 1,
    conversation_id: str | None = None,
) -> list[ListedConversation]:
    """The conversations after the one with the key `after`, the latest first; or only one."""
    narrowed = "and v.id = %(conversation_id)s" if conversation_id else ""
    if after:
        narrowed = f"and ({_LAST_AT}, v.id) < (%(at)s, %(id)s::uuid)"
    statement = _LIST.format(
        last_at=_LAST_AT,
        which=_FILTERS[which],
        tagged=_TAGGED if tag else "",
        after=narrowed,
        most=MOST_UNREAD,
    )
    async with conn.cursor(row_factory=class_row(ListedConversation)) as cursor:
        await cursor.execute(
            statement.encode(),
            {
                "limit": limit,
                "at": after.value if after else None,
                "id": after.id if after else None,
                "conversation_id": conversation_id,
                "tag": tag,
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
