"""Finds orphans (rows whose job was lost) every few minutes, and defers their jobs again.

Deferring a job twice does no harm: every job checks the rows itself.
"""

from __future__ import annotations

import structlog

from dukani.core import jobs
from dukani.core.database import Connection
from dukani.core.jobs import Partition, overdue_lock
from dukani.core.services import Services
from dukani.core.store import orphans
from dukani.tools import plans, shared_number
from dukani.tools.payments import top_up_jobs
from dukani.tools.payments.questions import ASK_IN_REVIEW_EVERY, LAST_QUESTION

log = structlog.get_logger()


async def sweep(services: Services) -> dict[str, int]:
    """Defers a job for each orphan; returns the number of orphans by kind.

    Also gives the platform's number to boutiques that have none by now, and warns owners whose plan
    is nearly used.
    """
    await shared_number.keep(services)
    await plans.warn_owners(services)
    async with services.database.system_connection() as conn:
        found = {
            "reservations": await _reservations(conn),
            "payments": await _payments(conn),
            "reviews": await _reviews(conn),
            "top_ups": await _top_ups(conn),
            "conversations": await _conversations(conn),
            "partitions": await _partitions(conn),
            "owners": await _owners(conn),
            "callbacks": await _callbacks(conn),
            "imports": await _imports(conn),
        }
    if any(found.values()):
        log.warning("orphans_picked_up", **found)
    return found


async def _reservations(conn: Connection) -> int:
    waiting = await orphans.overdue_reservations(conn)
    for orphan in waiting:
        await jobs.defer_reservation_timer(
            conn,
            lock=overdue_lock(str(orphan.id)),
            boutique_id=str(orphan.boutique_id),
            conversation_id=str(orphan.conversation_id),
            order_id=str(orphan.id),
        )
    return len(waiting)


async def _payments(conn: Connection) -> int:
    waiting = await orphans.silent_payments(conn)
    for orphan in waiting:
        await jobs.defer_question(
            conn,
            lock=overdue_lock(str(orphan.id)),
            boutique_id=str(orphan.boutique_id),
            payment_id=str(orphan.id),
            step=LAST_QUESTION,  # without an answer now, the payment goes to review
        )
    return len(waiting)


async def _reviews(conn: Connection) -> int:
    """Defers one question an hour per payment, not one per sweep: the lock prevents a second."""
    waiting = await orphans.unanswered_reviews(conn)
    for orphan in waiting:
        await jobs.defer_question(
            conn,
            lock=jobs.question_lock(str(orphan.id)),
            boutique_id=str(orphan.boutique_id),
            payment_id=str(orphan.id),
            step=LAST_QUESTION,
            delay=ASK_IN_REVIEW_EVERY,
        )
    return len(waiting)


async def _top_ups(conn: Connection) -> int:
    """As `_reviews`: each is asked about once an hour, for two days."""
    waiting = await orphans.silent_top_ups(conn)
    for orphan in waiting:
        await jobs.defer_top_up_question(
            conn,
            boutique_id=str(orphan.boutique_id),
            top_up_id=str(orphan.id),
            step=top_up_jobs.LAST_QUESTION,
            delay=ASK_IN_REVIEW_EVERY,
        )
    return len(waiting)


async def _conversations(conn: Connection) -> int:
    waiting = await orphans.waiting_conversations(conn)
    for orphan in waiting:
        await jobs.defer_turn(
            conn, boutique_id=str(orphan.boutique_id), conversation_id=str(orphan.conversation_id)
        )
    return len(waiting)


async def _partitions(conn: Connection) -> int:
    waiting = await orphans.waiting_partitions(conn)
    for orphan in waiting:
        partition = Partition(str(orphan.boutique_id), orphan.conversation_id, orphan.channel)
        await jobs.defer_delivery(conn, partition)
    return len(waiting)


async def _owners(conn: Connection) -> int:
    waiting = await orphans.waiting_owners(conn)
    for orphan in waiting:
        await jobs.defer_owner_messages(conn, boutique_id=str(orphan.boutique_id))
    return len(waiting)


async def _callbacks(conn: Connection) -> int:
    """Defers callbacks without their payment id: the stored event says which payment proves it.

    M-Pesa must confirm all others before they count.
    """
    waiting = await orphans.unread_callbacks(conn)
    for orphan in waiting:
        await jobs.defer_callback(
            conn,
            lock=overdue_lock(str(orphan.id)),
            webhook_event_id=int(str(orphan.id)),
            payment_id=None,
        )
    return len(waiting)


async def _imports(conn: Connection) -> int:
    lost = await orphans.lost_imports(conn)
    for one in lost:
        await jobs.defer_piece_import(
            conn, boutique_id=one.boutique_id, import_id=one.id, run=one.run
        )
    return len(lost)
