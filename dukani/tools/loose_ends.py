"""Sets off again what was left lying: every few minutes, so that no loss lasts.

All of it may run twice: every job deferred here looks at the rows itself.
"""

from __future__ import annotations

import structlog

from dukani.core.database import Connection
from dukani.core.queue import defer
from dukani.core.services import Services
from dukani.core.store import loose_ends
from dukani.tools.lanes import Lane, defer_delivery
from dukani.tools.payment_questions import ASK_AFTER_S

log = structlog.get_logger()


async def pick_up_loose_ends(services: Services) -> dict[str, int]:
    """Defer a job for each; how many of each kind there were."""
    async with services.database.system_connection() as conn:
        found = {
            "holds": await _holds(conn),
            "payments": await _payments(conn),
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
        await defer(
            conn,
            "ring_timer",
            lock=f"overdue:{end.id}",
            boutique_id=end.boutique_id,
            conversation_id=end.conversation_id,
            payload={"timer": "hold_over", "order_id": end.id},
        )
    return len(ends)


async def _payments(conn: Connection) -> int:
    ends = await loose_ends.silent_payments(conn)
    for end in ends:
        await defer(
            conn,
            "reconcile_payment",
            lock=f"overdue:{end.id}",
            boutique_id=end.boutique_id,
            payment_id=end.id,
            step=len(ASK_AFTER_S) - 1,  # no answer now means that a person must look
        )
    return len(ends)


async def _conversations(conn: Connection) -> int:
    ends = await loose_ends.waiting_conversations(conn)
    for end in ends:
        await defer(
            conn,
            "handle_turn",
            lock=str(end.conversation_id),
            boutique_id=end.boutique_id,
            conversation_id=end.conversation_id,
        )
    return len(ends)


async def _lanes(conn: Connection) -> int:
    ends = await loose_ends.waiting_lanes(conn)
    for end in ends:
        await defer_delivery(conn, Lane(str(end.boutique_id), end.conversation_id))
    return len(ends)


async def _callbacks(conn: Connection) -> int:
    """Without the payment at whose address it came, which only the job knew: M-Pesa is asked."""
    ends = await loose_ends.unread_callbacks(conn)
    for end in ends:
        await defer(
            conn,
            "handle_payment_callback",
            lock=f"overdue:{end.id}",
            webhook_event_id=int(str(end.id)),
            payment_id=None,
        )
    return len(ends)
