"""Finds orphans: rows that wait for a job that was lost.

A job that fails for good (the database was away for longer than its retries, or a bug) leaves rows
that wait for it. Each query finds such rows of all boutiques, old enough that a living job would
have handled them. Needs a system connection.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import LiteralString

from psycopg.rows import class_row

from dukani.core.channels import Channel
from dukani.core.database import Connection

MOST = 500  # rows at once: the next run finds the others


@dataclass(frozen=True, slots=True)
class Orphan:
    """A row that waits; `conversation_id` is none for notes to the owner."""

    boutique_id: str | None
    conversation_id: str | None
    id: str | None  # of the order, payment or callback
    channel: Channel = "whatsapp"  # of a partition


_NO_JOB: LiteralString = """not exists (
  select from jobs.procrastinate_jobs j
  where j.status in ('todo', 'doing') and j.lock = {lock})"""
# The locks of `core/jobs.py`, as `jobs.defer` keeps them.
_TURN: LiteralString = "e.boutique_id || '/' || e.conversation_id"
_TURN_OF_MESSAGE: LiteralString = "m.boutique_id || '/' || m.conversation_id"
_DELIVERY: LiteralString = """m.boutique_id || '/deliver:'
  || coalesce(m.conversation_id::text, m.boutique_id || ':owner')
  || case when m.channel = 'whatsapp' then '' else ':' || m.channel end"""
_CALLBACK: LiteralString = "'callback:' || (w.payload #>> '{Body,stkCallback,CheckoutRequestID}')"

# Expired stock reservations that were not released.
_RESERVATIONS: LiteralString = """
select distinct o.boutique_id::text, o.conversation_id::text, o.id::text
from stock_reservations r
join orders o on o.boutique_id = r.boutique_id and o.id = r.order_id
where r.status = 'held' and r.expires_at < now() - interval '2 minutes'
  and o.conversation_id is not null
limit %(most)s
"""

# The last question is asked half an hour after the push.
_PAYMENTS: LiteralString = """
select boutique_id::text, null as conversation_id, id::text from payments
where status in ('requested', 'sending', 'pending') and provider <> 'manual'
  and created_at < now() - interval '45 minutes'
limit %(most)s
"""

# Payments under review whose result M-Pesa may still tell, while no person has decided.
_REVIEWS: LiteralString = f"""
select p.boutique_id::text, null as conversation_id, p.id::text from payments p
join orders o on o.boutique_id = p.boutique_id and o.id = p.order_id
where p.status = 'needs_review' and p.review_reason in ('unknown_result', 'no_answer', 'no_amount')
  and p.checkout_request_id is not null and o.payment_status = 'needs_review'
  and p.created_at between now() - interval '2 days' and now() - interval '45 minutes'
  and {_NO_JOB.format(lock="p.boutique_id || '/reconcile:' || p.id")}
limit %(most)s
"""

# Prompts for message tokens of which M-Pesa has not told the end, and no job asks.
_TOP_UPS: LiteralString = f"""
select u.boutique_id::text, null as conversation_id, u.id::text from wallet_top_ups u
where u.created_at between now() - interval '2 days' and now() - interval '45 minutes'
  and not exists (select from wallet_top_up_steps s where s.boutique_id = u.boutique_id
    and s.top_up_id = u.id and s.step in ('paid', 'failed', 'review'))
  and {_NO_JOB.format(lock="u.boutique_id || '/reconcile:' || u.id")}
limit %(most)s
"""

_EVENTS: LiteralString = f"""
select distinct e.boutique_id::text, e.conversation_id::text, null as id
from conversation_events e
where e.handled_at is null and e.created_at < now() - interval '2 minutes'
  and {_NO_JOB.format(lock=_TURN)}
limit %(most)s
"""

_MESSAGES: LiteralString = f"""
select distinct m.boutique_id::text, m.conversation_id::text, null as id, m.channel
from messages m
where m.status in ('queued', 'sending') and m.campaign_recipient_id is null
  and coalesce(m.send_after, m.created_at) < now() - interval '2 minutes'
  and {_NO_JOB.format(lock=_TURN_OF_MESSAGE)}
  and {_NO_JOB.format(lock=_DELIVERY)}
limit %(most)s
"""

_OWNERS: LiteralString = f"""
select distinct i.boutique_id::text, null as conversation_id, null as id from owner_inbox i
where i.handled_at is null and i.created_at < now() - interval '2 minutes'
  and {_NO_JOB.format(lock="i.boutique_id || '/owner'")}
limit %(most)s
"""

_CALLBACKS: LiteralString = f"""
select null as boutique_id, null as conversation_id, w.id::text from webhook_events w
where w.kind = 'payment' and w.outcome = 'stored' and w.created_at < now() - interval '2 minutes'
  and {_NO_JOB.format(lock=_CALLBACK)}
limit %(most)s
"""


async def overdue_reservations(conn: Connection) -> list[Orphan]:
    return await _found(conn, _RESERVATIONS)


async def silent_payments(conn: Connection) -> list[Orphan]:
    """Attempts in flight long after the last question about them."""
    return await _found(conn, _PAYMENTS)


async def unanswered_reviews(conn: Connection) -> list[Orphan]:
    """Attempts under review for want of an answer, and no job to ask about them."""
    return await _found(conn, _REVIEWS)


async def silent_top_ups(conn: Connection) -> list[Orphan]:
    """Top-ups that M-Pesa may still tell the end of."""
    return await _found(conn, _TOP_UPS)


async def waiting_conversations(conn: Connection) -> list[Orphan]:
    """Conversations with events to handle and no job for a turn."""
    return await _found(conn, _EVENTS)


async def waiting_partitions(conn: Connection) -> list[Orphan]:
    """Partitions with a message to send and no job for its delivery."""
    return await _found(conn, _MESSAGES)


async def waiting_owners(conn: Connection) -> list[Orphan]:
    """Boutiques whose owner wrote, and no job to handle it."""
    return await _found(conn, _OWNERS)


async def unread_callbacks(conn: Connection) -> list[Orphan]:
    return await _found(conn, _CALLBACKS)


@dataclass(frozen=True, slots=True)
class LostImport:
    """A list of pieces that is being worked on by nobody."""

    boutique_id: str
    id: str
    run: int


async def lost_imports(conn: Connection) -> list[LostImport]:
    no_job = _NO_JOB.format(lock="i.boutique_id || '/piece_import:' || i.id")
    async with conn.cursor(row_factory=class_row(LostImport)) as cursor:
        await cursor.execute(
            f"""select i.boutique_id::text, i.id::text, i.run from piece_imports i
                where i.status in ('checking', 'importing', 'picturing')
                  and i.touched_at < now() - interval '2 minutes' and {no_job}
                limit %(most)s""".encode(),
            {"most": MOST},
        )
        return await cursor.fetchall()


async def _found(conn: Connection, statement: LiteralString) -> list[Orphan]:
    async with conn.cursor(row_factory=class_row(Orphan)) as cursor:
        await cursor.execute(statement, {"most": MOST})
        return await cursor.fetchall()
