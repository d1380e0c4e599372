"""Talks that ended at a stage, to be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.chat_sessions import LASTS
from dukani.core.store.figures.counting import STAGE
from dukani.core.store.keyset import Key

Stage = Literal["talk", "shown", "cart", "quoted", "paid"]
STAGES: tuple[Stage, ...] = ("talk", "shown", "cart", "quoted", "paid")


@dataclass(frozen=True, slots=True)
class LostSession:
    """`last_words`: the customer's last of the session, None when they are not kept any more."""

    id: str
    conversation_id: str
    customer_name: str | None
    started_at: datetime
    turns: int
    misunderstood: int
    with_person: bool
    last_words: str | None

    @property
    def key(self) -> Key:
        return Key(self.started_at, self.id)


async def ended_at(
    conn: Connection,
    *,
    stage: Stage | None,
    misunderstood: bool,
    since: datetime,
    until: datetime,
    after: Key | None,
    limit: int,
) -> list[LostSession]:
    """Begun from `since` to before `until` and come to this stage and no further; newest first.

    `misunderstood`: only those with a turn that was not understood.
    """
    async with conn.cursor(row_factory=class_row(LostSession)) as cursor:
        await cursor.execute(
            f"""select s.id::text, s.conversation_id::text, c.name as customer_name, s.started_at,
                  s.turns, s.misunderstood, s.with_person,
                  (select nullif(m.body, '') from messages m
                   where m.boutique_id = s.boutique_id and m.conversation_id = s.conversation_id
                     and m.direction = 'in' and m.created_at < s.started_at + {LASTS}
                     and m.created_at > s.started_at - interval '5 minutes'
                   order by m.seq desc limit 1) as last_words
                from chat_sessions s
                join conversations v on v.boutique_id = s.boutique_id and v.id = s.conversation_id
                join customers c on c.boutique_id = v.boutique_id and c.id = v.customer_id
                where s.boutique_id = private.current_boutique()
                  and s.started_at >= %(since)s and s.started_at < %(until)s
                  and (%(stage)s::int is null or {STAGE} = %(stage)s)
                  and (not %(misunderstood)s or s.misunderstood > 0)
                  and (%(at)s::timestamptz is null
                    or (s.started_at, s.id) < (%(at)s, %(id)s::uuid))
                order by s.started_at desc, s.id desc limit %(limit)s""".encode(),
            {
                "stage": None if stage is None else STAGES.index(stage),
                "misunderstood": misunderstood,
                "since": since,
                "until": until,
                "at": after.value if after else None,
                "id": after.id if after else None,
                "limit": limit,
            },
        )
        return await cursor.fetchall()
