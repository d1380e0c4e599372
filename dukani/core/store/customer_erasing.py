"""What stands against erasing a customer, the erasure, and its report in the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from psycopg.rows import class_row

from dukani.core.database import Connection


def subject_of(customer_id: str) -> str:
    """How the audit log names a customer."""
    return f"customers:{customer_id}"


@dataclass(frozen=True, slots=True)
class OpenOrder:
    number: str
    under_review: bool


async def open_orders(conn: Connection, *, customer_id: str) -> list[OpenOrder]:
    """Orders that are not paid and delivered, nor over otherwise."""
    async with conn.cursor(row_factory=class_row(OpenOrder)) as cursor:
        await cursor.execute(
            """select number, payment_status = 'needs_review' as under_review from orders
               where boutique_id = private.current_boutique() and customer_id = %(customer_id)s
                 and (status = 'open' or payment_status in ('needs_review', 'pending')
                   or status = 'confirmed' and refund_status <> 'all'
                     and fulfilment_status in ('unfulfilled', 'dispatched'))
               order by created_at limit 20""",
            {"customer_id": customer_id},
        )
        return await cursor.fetchall()


async def lock(conn: Connection, *, customer_id: str) -> bool:
    """Whether there is such a customer, whose row stays locked until the transaction ends."""
    cursor = await conn.execute(
        """select id as found from customers
           where boutique_id = private.current_boutique() and id = %(customer_id)s
           for no key update""",
        {"customer_id": customer_id},
    )
    row = await cursor.fetchone()
    return bool(row and row["found"])


async def erase(conn: Connection, *, customer_id: str) -> dict[str, Any]:
    """`files` to remove, and how many rows of each table were `removed` and `kept`."""
    cursor = await conn.execute(
        "select private.erase_customer(%(customer_id)s) as done", {"customer_id": customer_id}
    )
    row = await cursor.fetchone()
    assert row is not None and row["done"] is not None  # locked before
    done: dict[str, Any] = row["done"]
    return done


async def report(conn: Connection, *, customer_id: str) -> dict[str, Any] | None:
    """`erased_at`, `removed`, `kept` and the number of `files`; None: she was not erased."""
    cursor = await conn.execute(
        """select a.created_at as erased_at, a.details -> 'removed' as removed,
             a.details -> 'kept' as kept, (a.details -> 'files')::int as files
           from audit_log a
           where a.boutique_id = private.current_boutique() and a.subject = %(subject)s
             and a.action = 'customer_erased'
           order by a.id desc limit 1""",
        {"subject": subject_of(customer_id)},
    )
    return await cursor.fetchone()
