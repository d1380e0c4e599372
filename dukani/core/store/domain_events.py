"""Domain events of a boutique: appended in the transaction that caused them, read without loss.

Triggers write most kinds, and messages are read from their own table; `append` is for events that
no row shows. `domain/domain_events.py` has the kinds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString, Protocol

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection


class Tellable(Protocol):
    """An event of `domain/domain_events.py`."""

    @property
    def kind(self) -> str: ...

    def payload(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far one consumer has read; each consumer stores its own beside its results."""

    transaction_id: int = 0
    stream: int = 0  # in a transaction the messages (0) come before the other events (1)
    id: int = 0


FROM_THE_START = Cursor()
_LAST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event as it is stored; `cursor` is the place to read on from."""

    transaction_id: int
    stream: int
    id: int
    kind: str
    customer_id: str | None
    conversation_id: str | None
    subject_id: str
    payload: dict[str, Any]
    occurred_at: datetime

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.transaction_id, self.stream, self.id)


async def append(
    conn: Connection,
    event: Tellable,
    *,
    subject_id: str,
    customer_id: str | None = None,
    conversation_id: str | None = None,
    anonymous_id: str | None = None,
) -> None:
    """Append an event, which exists once this transaction commits.

    `anonymous_id`: of a visitor. If the visitor has said who she is, the event is that customer's.
    """
    await conn.execute(
        """
        insert into domain_events
          (boutique_id, kind, customer_id, conversation_id, anonymous_id, subject_id, payload)
        values (private.current_boutique(), %(kind)s,
          coalesce(%(customer_id)s, (
            select v.customer_id from visitor_customers v
            where v.boutique_id = private.current_boutique()
              and v.anonymous_id = %(anonymous_id)s)),
          %(conversation_id)s, %(anonymous_id)s, %(subject_id)s, %(payload)s)
        """,
        {
            "kind": event.kind,
            "customer_id": customer_id,
            "conversation_id": conversation_id,
            "anonymous_id": anonymous_id,
            "subject_id": subject_id,
            "payload": Jsonb(event.payload()),
        },
    )


# An expression of a `with`: a turn's last statement tells which piece was spoken of, once an hour.
NOTE_VIEW: LiteralString = """
viewed as (
  insert into domain_events
    (boutique_id, kind, customer_id, conversation_id, subject_id, payload)
  select p.boutique_id, 'view_product', %(customer_id)s, %(conversation_id)s, p.id,
    jsonb_build_object('sku', p.sku)
  from products p
  where p.boutique_id = private.current_boutique() and p.id = %(viewed_id)s
    and not exists (
      select from domain_events e
      where e.boutique_id = p.boutique_id and e.subject_id = p.id
        and e.kind = 'view_product'
        and e.conversation_id = %(conversation_id)s
        and e.occurred_at > now() - interval '1 hour')
)"""


# Only events of transactions older than the snapshot's `xmin` are read: those have all ended, so no
# earlier event can appear later. A transaction under way delays the events of later ones until it
# ends. Each half of the union reads its own index in order, `limit` rows at most.
_READ = """
select * from (
  (select m.transaction_id::text::bigint as transaction_id, 0 as stream, m.seq as id,
     'message_' || m.direction as kind, c.customer_id::text, m.conversation_id::text,
     m.id::text as subject_id,
     jsonb_build_object('author', m.author, 'message_kind', m.kind) as payload,
     m.created_at as occurred_at
   from messages m
   join conversations c on c.boutique_id = m.boutique_id and c.id = m.conversation_id
   where m.boutique_id = private.current_boutique()
     and m.campaign_recipient_id is null  -- `campaign_changed` tells of those together
     and (m.transaction_id, m.seq) > (%(transaction_id)s::xid8, %(after_message)s)
     and m.transaction_id < pg_snapshot_xmin(pg_current_snapshot())
   order by m.transaction_id, m.seq limit %(limit)s)
  union all
  (select e.transaction_id::text::bigint, 1, e.id, e.kind, e.customer_id::text,
     e.conversation_id::text, e.subject_id::text, e.payload, e.occurred_at
   from domain_events e
   where e.boutique_id = private.current_boutique()
     and (e.transaction_id, e.id) > (%(transaction_id)s::xid8, %(after_event)s)
     and e.transaction_id < pg_snapshot_xmin(pg_current_snapshot())
   order by e.transaction_id, e.id limit %(limit)s)
) happened
order by transaction_id, stream, id limit %(limit)s
"""


async def read_since(conn: Connection, *, cursor: Cursor, limit: int = 100) -> list[StoredEvent]:
    """The boutique's events after the cursor, in the order to be handled.

    Read on from the last event's `cursor`: no event is skipped or comes twice, however late a
    transaction commits. Notes to the owner are left out.
    """
    async with conn.cursor(row_factory=class_row(StoredEvent)) as reading:
        await reading.execute(
            _READ,
            {
                "transaction_id": str(cursor.transaction_id),
                "after_message": cursor.id if cursor.stream == 0 else _LAST_ID,
                "after_event": cursor.id if cursor.stream == 1 else 0,
                "limit": limit,
            },
        )
        return await reading.fetchall()


async def more_to_come(conn: Connection) -> bool:
    """Whether events have happened that `read_since` gives only once earlier transactions end."""
    row = await (
        await conn.execute(
            """select exists (
                 select from domain_events where boutique_id = private.current_boutique()
                   and transaction_id >= pg_snapshot_xmin(pg_current_snapshot())
               ) or exists (
                 select from messages where boutique_id = private.current_boutique()
                   and transaction_id >= pg_snapshot_xmin(pg_current_snapshot())) as more"""
        )
    ).fetchone()
    return row is not None and bool(row["more"])


async def from_now(conn: Connection) -> Cursor:
    """The cursor of a consumer that starts now: later events come after it."""
    row = await (
        await conn.execute("select pg_snapshot_xmin(pg_current_snapshot())::text as oldest")
    ).fetchone()
    assert row is not None  # a select without a from has one row
    return Cursor(int(row["oldest"]))


async def recategorised_since(
    conn: Connection, *, template_ids: Sequence[str], since: datetime
) -> bool:
    """Whether WhatsApp has put one of these message templates into another category since then."""
    cursor = await conn.execute(
        """select from domain_events
           where boutique_id = private.current_boutique()
             and subject_id = any(%(ids)s::uuid[]) and kind = 'template_changed'
             and payload ->> 'what' = 'category' and occurred_at >= %(since)s limit 1""",
        {"ids": list(template_ids), "since": since},
    )
    return await cursor.fetchone() is not None
