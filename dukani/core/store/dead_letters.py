"""Dead letters of every boutique: events that no turn could handle. Needs a system connection."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection

# What a retry does. `answer`: the assistant answers, and has the chat again if it was given away
# for the failure. `pass_on`: a person has the chat, and gets the message. `again`: it is no message
# but a payment's result or the like, and is handled. The others are not retried: `answered` by a
# person since, or `moved_on`, the assistant has answered what was written later.
Fate = Literal["answer", "pass_on", "again", "answered", "moved_on"]
RETRIED: frozenset[Fate] = frozenset(("answer", "pass_on", "again"))


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """`came_at` is when the event happened, `left_at` when it was given up."""

    id: int
    boutique_id: str
    boutique: str
    conversation_id: str
    kind: str
    body: str | None = field(repr=False)
    error: str | None
    failures: int
    interruptions: int
    came_at: datetime
    left_at: datetime
    handed_off: bool
    fate: Fate


_LETTERS: LiteralString = """
select e.id, e.boutique_id::text, b.name as boutique, e.conversation_id::text, e.kind, m.body,
  e.last_error as error, e.failures, e.interruptions, e.created_at as came_at,
  e.handled_at as left_at, v.handed_off_at is not null as handed_off,
  case when e.kind <> 'message' then 'again'
    when exists (select from messages a where a.boutique_id = e.boutique_id
      and a.conversation_id = e.conversation_id and a.author = 'staff'
      and a.created_at > e.created_at) then 'answered'
    when b.paused_at is not null
      or (v.handed_off_at is not null and v.handoff_reason <> 'failed') then 'pass_on'
    when v.handed_off_at is null and exists (
      select from conversation_events later
      where later.boutique_id = e.boutique_id and later.conversation_id = e.conversation_id
        and later.id > e.id and later.kind = 'message' and later.handled_at is not null
        and not later.dead_letter) then 'moved_on'
    else 'answer' end as fate
from conversation_events e
join boutiques b on b.id = e.boutique_id
join conversations v on v.boutique_id = e.boutique_id and v.id = e.conversation_id
left join messages m on m.boutique_id = e.boutique_id and m.id = e.message_id
where e.dead_letter and e.dismissed_at is null
"""


async def page(conn: Connection, *, before: int | None, limit: int) -> list[DeadLetter]:
    """The newest first; `before` is the id of the last one read."""
    return await _several(
        conn,
        f"""{_LETTERS} and (%(before)s::bigint is null or e.id < %(before)s)
            order by e.id desc limit %(limit)s""",
        {"before": before, "limit": limit},
    )


async def lock(conn: Connection, *, event_id: int) -> DeadLetter | None:
    """The letter, held until the transaction ends; None if it is none, or none any more."""
    found = await _several(
        conn, f"{_LETTERS} and e.id = %(id)s for no key update of e, v", {"id": event_id}
    )
    return found[0] if found else None


async def reopen(conn: Connection, *, event_id: int) -> None:
    """Let the conversation's next turn handle the event, as if it had never failed."""
    await conn.execute(
        """update conversation_events set handled_at = null, dead_letter = false, failures = 0,
             interruptions = 0
           where id = %(id)s and dead_letter""",
        {"id": event_id},
    )


async def dismiss(conn: Connection, *, event_id: int) -> None:
    await conn.execute(
        """update conversation_events set dismissed_at = now()
           where id = %(id)s and dead_letter and dismissed_at is null""",
        {"id": event_id},
    )


async def _several(conn: Connection, statement: str, values: dict[str, Any]) -> list[DeadLetter]:
    async with conn.cursor(row_factory=class_row(DeadLetter)) as cursor:
        await cursor.execute(statement.encode(), values)
        return await cursor.fetchall()
