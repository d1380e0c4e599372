"""The domain events that rules hear: which boutiques have new ones, and each boutique's in order.

Nothing is passed by "id greater than the last": an event is read once every transaction that is
older than its own has ended, under a lock on the boutique's cursor, and the cursor moves in the
transaction that did what the events asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class Heard:
    """`customer_id`: also of a visitor who has said since who she is; None: nobody known.

    `in_window`: it happened in the shop's window, not in the chat.
    """

    transaction_id: int
    id: int
    kind: str
    subject_id: str
    customer_id: str | None
    conversation_id: str | None
    payload: dict[str, Any]
    occurred_at: datetime
    in_window: bool = False


async def boutiques_with_news(conn: Connection, *, kinds: Sequence[str]) -> list[str]:
    """Boutiques with a rule that is on, and new events of these kinds.

    The mark moves with it: the caller defers their jobs in this transaction. Needs a system
    connection. Costs by the new events, however many boutiques and rules there are.
    """
    row = await (
        await conn.execute(
            """select transaction_id::text as since,
                 pg_snapshot_xmin(pg_current_snapshot())::text as upto
               from private.automation_watermark for update skip locked"""
        )
    ).fetchone()
    if row is None:  # another clock is at it
        return []
    span = {"since": row["since"], "upto": row["upto"], "kinds": list(kinds)}
    cursor = await conn.execute(
        """select distinct e.boutique_id::text as boutique_id from domain_events e
           where e.transaction_id >= %(since)s::xid8 and e.transaction_id < %(upto)s::xid8
             and e.kind = any(%(kinds)s)
             and exists (select from automation_rules r
               where r.boutique_id = e.boutique_id and r.is_on)""",
        span,
    )
    found = [row["boutique_id"] for row in await cursor.fetchall()]
    await conn.execute(
        "update private.automation_watermark set transaction_id = %(upto)s::xid8", span
    )
    return found


async def take(conn: Connection, *, kinds: Sequence[str], limit: int) -> list[Heard]:
    """The next events of these kinds; the cursor stands behind them once this commits.

    Another job of the boutique waits meanwhile. Fewer than `limit`: there are no more now.
    """
    row = await (
        await conn.execute(
            """select transaction_id::text as transaction_id, id,
                 pg_snapshot_xmin(pg_current_snapshot())::text as upto
               from automation_cursors
               where boutique_id = private.current_boutique() for update"""
        )
    ).fetchone()
    if row is None:
        return []
    async with conn.cursor(row_factory=class_row(Heard)) as cursor:
        await cursor.execute(
            """select e.transaction_id::text::bigint as transaction_id, e.id, e.kind,
                 e.subject_id::text, coalesce(e.customer_id, v.customer_id)::text as customer_id,
                 e.conversation_id::text, e.payload, e.occurred_at,
                 e.anonymous_id is not null as in_window
               from domain_events e
               left join visitor_customers v on v.boutique_id = e.boutique_id
                 and v.anonymous_id = e.anonymous_id
               where e.boutique_id = private.current_boutique()
                 and (e.transaction_id, e.id) > (%(transaction_id)s::xid8, %(id)s)
                 and e.transaction_id < %(upto)s::xid8 and e.kind = any(%(kinds)s)
               order by e.transaction_id, e.id limit %(limit)s""",
            {**row, "kinds": list(kinds), "limit": limit},
        )
        events = await cursor.fetchall()
    last = (str(events[-1].transaction_id), events[-1].id) if len(events) == limit else None
    await conn.execute(
        """update automation_cursors
           set transaction_id = greatest(transaction_id, %(transaction_id)s::xid8),
             id = %(id)s, read_at = now()
           where boutique_id = private.current_boutique()""",
        # Everything below `upto` was read: on from there, before its first event.
        {"transaction_id": last[0], "id": last[1]}
        if last
        else {"transaction_id": row["upto"], "id": 0},
    )
    return events
