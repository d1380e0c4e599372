"""Sets off again what was left lying: every few minutes, so that no loss lasts.

All of it may run twice: every job deferred here looks at the rows itself.
"""

from __future__ import annotations

import structlog

from dukani.core import lanes
from dukani.core.database import Connection
from dukani.core.lanes import Lane, overdue_lock
from dukani.core.services import Services
from dukani.core.store import loose_ends
from dukani.tools.payments.questions import ASK_IN_REVIEW_EVERY, LAST_QUESTION

log = structlog.get_logger()


async def pick_up_loose_ends(services: Services) -> dict[str, int]:
    """Defer a job for each; how many of each kind there were."""
    async with services.database.system_connection() as conn:
        found = {
            "holds": await _holds(conn),
            "payments": await _payments(conn),
            "reviews": await _reviews(conn),
            "conversations": await _conversations(conn),
            "lanes": await _lanes(conn),
            "callbacks": await _callbacks(conn),
        }
    if any(found.values()):
        log.warning("loose_ends_picked_up", **found)
    return found


async def _holds(conn: Connection) -> int:
    ends = await loose_ends.overdue_holds(conn)
    for end in ends:
        await lanes.defer_hold_timer(
            conn,
            lock=overdue_lock(str(end.id)),
            boutique_id=str(end.boutique_id),
            conversation_id=str(end.conversation_id),
            order_id=str(end.id),
        )
    return len(ends)


async def _payments(conn: Connection) -> int:
    ends = await loose_ends.silent_payments(conn)
    for end in ends:
        await lanes.defer_question(
            conn,
            lock=overdue_lock(str(end.id)),
            boutique_id=str(end.boutique_id),
            payment_id=str(end.id),
            step=LAST_QUESTION,  # no answer now means that a person must look
        )
    return len(ends)


async def _reviews(conn: Connection) -> int:
    """Its lane tells that a question is to come, so one is asked every hour, not every sweep."""
    ends = await loose_ends.unanswered_reviews(conn)
    for end in ends:
        await lanes.defer_question(
            conn,
            lock=lanes.question_lock(str(end.id)),
            boutique_id=str(end.boutique_id),
            payment_id=str(end.id),
            step=LAST_QUESTION,
            delay=ASK_IN_REVIEW_EVERY,
        )
    return len(ends)


async def _conversations(conn: Connection) -> int:
    ends = await loose_ends.waiting_conversations(conn)
    for end in ends:
        await lanes.defer_turn(
            conn, boutique_id=str(end.boutique_id), conversation_id=str(end.conversation_id)
        )
    return len(ends)


async def _lanes(conn: Connection) -> int:
    ends = await loose_ends.waiting_lanes(conn)
    for end in ends:
        await lanes.defer_delivery(conn, Lane(str(end.boutique_id), end.conversation_id))
    return len(ends)


async def _callbacks(conn: Connection) -> int:
    """Without the payment at whose address it came, which only the job knew: M-Pesa is asked."""
    ends = await loose_ends.unread_callbacks(conn)
    for end in ends:
        await lanes.defer_callback(
            conn,
            lock=overdue_lock(str(end.id)),
            webhook_event_id=int(str(end.id)),
            payment_id=None,
        )
    return len(ends)
