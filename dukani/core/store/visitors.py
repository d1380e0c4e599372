"""Who a visitor of the shop's window is, once she has said so."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.languages import Language


@dataclass(frozen=True, slots=True)
class KnownVisitor:
    """The customer whose browser this is."""

    customer_id: str
    phone: str | None
    language: Language | None


async def customer_of(conn: Connection, *, anonymous_id: str) -> KnownVisitor | None:
    async with conn.cursor(row_factory=class_row(KnownVisitor)) as cursor:
        await cursor.execute(
            """select c.id::text as customer_id, c.phone, c.language
               from visitor_customers v
               join customers c on c.boutique_id = v.boutique_id and c.id = v.customer_id
               where v.boutique_id = private.current_boutique()
                 and v.anonymous_id = %(anonymous_id)s""",
            {"anonymous_id": anonymous_id},
        )
        return await cursor.fetchone()


async def is_now(conn: Connection, *, anonymous_id: str, customer_id: str) -> None:
    """The browser is this customer's, who has just proved her number, whoever's it was before."""
    await conn.execute(
        """insert into visitor_customers (boutique_id, anonymous_id, customer_id)
           values (private.current_boutique(), %(anonymous_id)s, %(customer_id)s)
           on conflict (boutique_id, anonymous_id) do update
             set customer_id = excluded.customer_id, joined_at = now()""",
        {"anonymous_id": anonymous_id, "customer_id": customer_id},
    )


async def forget(conn: Connection, *, anonymous_id: str) -> None:
    """Take away what the browser did here; its events stay, and are nobody's."""
    await conn.execute(
        "select private.forget_visitor(%(anonymous_id)s)", {"anonymous_id": anonymous_id}
    )
