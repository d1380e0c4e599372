"""What a message offered that came outside of the talk: a campaign's pieces, something she left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class LastOffer:
    """A message of the shop's. `quoted`: she replies to it, else it is the last she was written.

    `recover`: what it offers to take up again, {kind, id}; of an SMS, what its send is about.
    `code`: of a rule's message, which an order that comes of it has as `utm_message_id`.
    `outside`: of a campaign or a rule, or pieces that another system sent.
    """

    quoted: bool
    outside: bool
    arrived: bool
    options: list[dict[str, Any]]
    recover: dict[str, Any] | None
    code: str | None
    created_at: datetime


async def of_conversation(
    conn: Connection, *, conversation_id: str, reply_to: str | None
) -> list[LastOffer]:
    """The message she replies to, if it is one of ours, and the last that she was written."""
    async with conn.cursor(row_factory=class_row(LastOffer)) as cursor:
        await cursor.execute(
            """select said.place = 0 as quoted,
                 (said.campaign_recipient_id is not null or s.id is not null
                   or starts_with(said.reference, 'products:')) is true as outside,
                 said.status not in ('queued', 'failed') as arrived,
                 coalesce(nullif(said.payload -> 'options', 'null'), '[]') as options,
                 case when said.reference like 'cart:%%'
                   then jsonb_build_object('kind', 'cart', 'id', substr(said.reference, 6))
                   else coalesce(nullif(said.payload -> 'recover', 'null'),
                     case when s.id is not null then
                       jsonb_build_object('kind', s.subject_kind, 'id', s.subject_id) end)
                   end as recover,
                 s.code, said.created_at
               from (
                 (select m.*, 0 as place from messages m
                  where m.boutique_id = private.current_boutique()
                    and m.provider_id = %(reply_to)s and m.direction = 'out')
                 union all
                 (select m.*, 1 from messages m
                  where m.boutique_id = private.current_boutique()
                    and m.conversation_id = %(conversation_id)s and m.direction = 'out'
                  order by m.seq desc limit 1)
               ) said
               left join automation_sends s on s.boutique_id = said.boutique_id
                 and s.id = case when said.reference like 'automation:%%'
                   then substr(said.reference, 12)::uuid end
               order by said.place""",
            {"conversation_id": conversation_id, "reply_to": reply_to},
        )
        return await cursor.fetchall()
