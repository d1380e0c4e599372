"""Ends the review of an order's payment, after a person has looked."""

from __future__ import annotations

from dukani.core.database import Connection


async def end(conn: Connection, *, order_id: str) -> bool:
    """Take an order out of review; false when it is in none.

    An order that was paid stays so; one that waited for money is unpaid again, and so are its
    attempts under review.
    """
    cursor = await conn.execute(
        """
        update orders set review_reason = null, payment_status = case payment_status
            when 'needs_review' then 'failed' else payment_status end
        where boutique_id = private.current_boutique() and id = %(order_id)s
          and (payment_status = 'needs_review' or review_reason is not null)
        """,
        {"order_id": order_id},
    )
    if cursor.rowcount == 0:
        return False
    await conn.execute(
        """
        update payments set status = 'failed', resolved_at = coalesce(resolved_at, now())
        where boutique_id = private.current_boutique() and order_id = %(order_id)s
          and status = 'needs_review'
        """,
        {"order_id": order_id},
    )
    return True
