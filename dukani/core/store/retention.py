"""Deletes what is older than its kind may be, a batch at a time, and notes what was deleted.

All need a system connection. What taxes or money need is in none of the statements; a test runs
them on a full boutique and compares every table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection

Removed = Mapping[str, int]  # by boutique


def _deleting(table: LiteralString, old: LiteralString, *, by: LiteralString) -> LiteralString:
    """The oldest rows first, found by the index on `by`."""
    return f"""with gone as (
      delete from {table} where ctid = any(array(
        select ctid from {table} where {old} order by {by} limit %(most)s))
      returning boutique_id)
    select boutique_id::text, count(*)::int as removed from gone group by boutique_id"""


# How a kind is deleted; each begins with rows of the oldest time.
STATEMENTS: Mapping[str, LiteralString] = {
    "webhook_events": _deleting(
        "webhook_events", "boutique_id is not null and created_at < %(before)s", by="created_at"
    ),
    "memories": _deleting("conversation_memories", "updated_at < %(before)s", by="updated_at"),
    # What was given up stays for whoever looks for why.
    "done_events": _deleting(
        "conversation_events", "handled_at < %(before)s and not dead_letter", by="handled_at"
    ),
    "domain_events": """select boutique_id::text, removed::int
      from private.purge_domain_events(%(before)s, %(most)s)""",
    "answers": _deleting("idempotency_keys", "created_at < %(before)s", by="created_at"),
    "pushes": _deleting("alert_pushes", "created_at < %(before)s", by="created_at"),
    "imports": _deleting("piece_imports", "finished_at < %(before)s", by="finished_at"),
    "link_opens": _deleting("catalog_link_opens", "opened_at < %(before)s", by="opened_at"),
    "send_statuses": _deleting("campaign_statuses", "received_at < %(before)s", by="received_at"),
    "cart_links": _deleting("cart_links", "expires_at < %(before)s", by="expires_at"),
    "cart_codes": _deleting("cart_codes", "expires_at < %(before)s", by="expires_at"),
    "wishes": _deleting("unmet_wishes", "created_at < %(before)s", by="created_at"),
    "automation_decisions": _deleting(
        "automation_decisions", "created_at < %(before)s", by="created_at"
    ),
    "automation_clicks": _deleting("automation_clicks", "opened_at < %(before)s", by="opened_at"),
    # With what was sent in them; the orders that came of it stay.
    "automation_enrolments": _deleting(
        "automation_enrolments", "ended_at < %(before)s", by="ended_at"
    ),
    "window_carts": _deleting("window_carts", "changed_at < %(before)s", by="changed_at"),
    "agent_carts": _deleting("agent_carts", "changed_at < %(before)s", by="changed_at"),
    "agent_calls": _deleting("agent_calls", "last_at < %(before)s", by="last_at"),
    "stock_waits": _deleting("stock_waits", "created_at < %(before)s", by="created_at"),
    # Not searched by from now on. The model's row goes the night after its last vector: until then
    # it leads to what is left.
    "old_vectors": """with old as materialized (
      select boutique_id, model, ready_at from photo_models
      where used_at < %(before)s order by used_at limit %(most)s
    ), not_ready as (
      update photo_models m set ready_at = null from old
      where m.boutique_id = old.boutique_id and m.model = old.model and old.ready_at is not null
    ), empty as (
      delete from photo_models m using old
      where m.boutique_id = old.boutique_id and m.model = old.model and old.ready_at is null
        and not exists (select from product_embeddings e
          where e.boutique_id = old.boutique_id and e.model = old.model)
    ), gone as (
      delete from product_embeddings where ctid = any(array(
        select e.ctid from old join product_embeddings e
          on e.boutique_id = old.boutique_id and e.model = old.model
        limit %(most)s))
      returning boutique_id)
    select boutique_id::text, count(*)::int as removed from gone group by boutique_id""",
    "audit_log": """select boutique_id::text, removed::int
      from private.purge_audit_log(%(before)s, %(most)s)""",
    # Done ones go at once; these are kept for whoever looks for why they failed.
    "jobs": """with gone as (
      delete from jobs.procrastinate_jobs where id = any(array(
        select id from jobs.procrastinate_jobs
        where status in ('failed', 'cancelled', 'aborted') and scheduled_at < %(before)s
        order by scheduled_at limit %(most)s))
      returning 1)
    select null as boutique_id, count(*)::int as removed from gone having count(*) > 0""",
}


async def delete_some(conn: Connection, kind: str, *, before: datetime, most: int) -> Removed:
    """Delete `most` rows of the kind at most, none of which is from `before` on."""
    cursor = await conn.execute(STATEMENTS[kind].encode(), {"before": before, "most": most})
    return {str(row["boutique_id"]): row["removed"] for row in await cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class Batch:
    """How many were emptied, and up to which time all were looked at; None: there are no more."""

    removed: Removed
    until: datetime | None


# The row stays; its index does not say which were emptied, so that a turn's updates stay cheap.
_FORGET: LiteralString = """
with old as materialized (
  select boutique_id, id, created_at from messages
  where created_at >= %(since)s and created_at < %(before)s
    and (perceived is not null or understanding is not null)
  order by created_at limit %(most)s
), gone as (
  update messages m set perceived = null, understanding = null from old
  where m.boutique_id = old.boutique_id and m.id = old.id returning m.boutique_id
)
select boutique_id::text, count(*)::int as removed, (select max(created_at) from old) as until
from gone group by boutique_id"""


async def forget_understanding(
    conn: Connection, *, since: datetime, before: datetime, most: int
) -> Batch:
    """Empty what was made of messages, of the oldest first; their words stay."""
    cursor = await conn.execute(_FORGET.encode(), {"since": since, "before": before, "most": most})
    rows = await cursor.fetchall()
    until: datetime | None = rows[0]["until"] if rows else None
    return Batch({row["boutique_id"]: row["removed"] for row in rows}, until)


@dataclass(frozen=True, slots=True)
class OldFile:
    """A message with a file that the customer sent."""

    boutique_id: str
    message_id: str
    kind: str
    payload: dict[str, Any]
    media_path: str
    created_at: datetime


async def old_files(
    conn: Connection, *, since: datetime, before: datetime, most: int
) -> list[OldFile]:
    """Of customers only: what the shop sent are its own pictures."""
    async with conn.cursor(row_factory=class_row(OldFile)) as cursor:
        await cursor.execute(
            """select boutique_id::text, id::text as message_id, kind, payload, media_path,
                 created_at
               from messages
               where created_at >= %(since)s and created_at < %(before)s and direction = 'in'
                 and media_path is not null
               order by created_at limit %(most)s""",
            {"since": since, "before": before, "most": most},
        )
        return await cursor.fetchall()


async def without_files(conn: Connection, old: list[OldFile]) -> None:
    """Their files are gone."""
    await conn.execute(
        """update messages m set media_path = null
           from unnest(%(boutiques)s::uuid[], %(messages)s::uuid[]) old (boutique_id, id)
           where m.boutique_id = old.boutique_id and m.id = old.id""",
        {
            "boutiques": [one.boutique_id for one in old],
            "messages": [one.message_id for one in old],
        },
    )


# A chat that was emptied and went on is looked at again when it has been emptied for as long.
_EMPTY: LiteralString = """
with silent as materialized (
  (select boutique_id, id from conversations
   where emptied_at is null and greatest(last_inbound_at, created_at) < %(before)s
   order by greatest(last_inbound_at, created_at) limit %(most)s)
  union
  (select boutique_id, id from conversations
   where emptied_at is not null and emptied_at < %(before)s
     and greatest(last_inbound_at, created_at) < %(before)s
   order by emptied_at limit %(most)s)
), gone as (
  update messages m set body = '', payload = '{}', template = null, wording = null,
    perceived = null, understanding = null
  from silent s
  where m.boutique_id = s.boutique_id and m.conversation_id = s.id and m.created_at < %(before)s
    and m.status not in ('queued', 'sending') and m.body <> ''
  returning m.boutique_id
), marked as (
  update conversations c set emptied_at = %(now)s from silent s
  where c.boutique_id = s.boutique_id and c.id = s.id returning c.id
)
select boutique_id::text, count(*)::int as removed, (select count(*) from marked) as chats
from gone group by boutique_id
union all
select null, 0, (select count(*) from marked)"""


async def empty_silent_chats(
    conn: Connection, *, now: datetime, before: datetime, most: int
) -> tuple[Removed, int]:
    """Take the words out of chats in which no customer has written since; how many chats."""
    cursor = await conn.execute(_EMPTY.encode(), {"now": now, "before": before, "most": most})
    rows = await cursor.fetchall()
    removed = {row["boutique_id"]: row["removed"] for row in rows if row["boutique_id"]}
    return removed, int(rows[-1]["chats"])
