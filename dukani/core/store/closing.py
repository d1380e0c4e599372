"""Deletes a boutique, or closes it when its records must be kept. Needs a system connection."""

from __future__ import annotations

from dukani.core.database import Connection


async def must_be_kept(conn: Connection, *, boutique_id: str) -> str | None:
    """The reason why the boutique may not be deleted; none when it may."""
    cursor = await conn.execute(
        """select
             exists (select from orders where boutique_id = %(id)s
               and payment_status in ('paid', 'pending', 'needs_review')) as paid,
             exists (select from payments where boutique_id = %(id)s) as asked,
             exists (select from wallet_transfers where boutique_id = %(id)s
               and kind = 'top_up') as bought,
             exists (select from consents where boutique_id = %(id)s) as consented""",
        {"id": boutique_id},
    )
    row = await cursor.fetchone()
    assert row is not None  # a select without a from has one row
    if row["paid"]:
        return "it has orders that were paid, or may have been"
    if row["asked"]:
        return "customers were asked for money in it"
    if row["bought"]:
        return "its owner bought message tokens"
    return "customers said yes or stop in it" if row["consented"] else None


async def delete(conn: Connection, *, boutique_id: str) -> None:
    """Delete all data of the boutique; orders first, which do not cascade."""
    # The audit log goes too: no line for each row that does.
    await conn.execute("select set_config('app.via', '', true)")
    await conn.execute("delete from orders where boutique_id = %(id)s", {"id": boutique_id})
    await conn.execute("delete from boutiques where id = %(id)s", {"id": boutique_id})


async def close(conn: Connection, *, boutique_id: str) -> None:
    """Close the boutique: no messages in or out, and its provider accounts are switched off."""
    for statement in (
        "update boutiques set active = false where id = %(id)s",
        "update provider_credentials set active = false where boutique_id = %(id)s",
        """update messages set status = 'failed', error_code = 'closed'
           where boutique_id = %(id)s and status in ('queued', 'sending')""",
    ):
        await conn.execute(statement.encode(), {"id": boutique_id})
