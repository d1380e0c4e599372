"""What is owed for sales on credit: the ledger's sum for each sale, and its entries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.keyset import Key

PaymentMethod = Literal["cash", "mpesa"]


@dataclass(frozen=True, slots=True)
class Debt:
    """A sale on credit, under the sale's id; its buyer is the sale's, also after a merge."""

    id: str
    number: str
    customer_id: str | None
    buyer_name: str
    buyer_phone: str | None = field(repr=False)
    currency: str
    total_minor: int
    owed_minor: int
    created_at: datetime
    days: int  # whole days of the boutique's calendar since the sale

    @property
    def key(self) -> Key:
        return Key(self.created_at, self.id)


@dataclass(frozen=True, slots=True)
class CreditEntry:
    id: str
    kind: Literal["debt", "payment", "undone"]
    amount_minor: int  # more owed above zero, less below
    method: PaymentMethod | None
    reference: str | None
    made_by: str | None
    created_at: datetime


_DEBTS: LiteralString = """
select s.id::text, s.number, s.customer_id::text, s.buyer_name, s.buyer_phone, s.currency,
  s.total_minor, o.owed_minor, s.created_at,
  (now() at time zone b.timezone)::date - (s.created_at at time zone b.timezone)::date as days
from counter_sales s
join boutiques b on b.id = s.boutique_id
cross join lateral (
  select coalesce(sum(e.amount_minor), 0)::bigint as owed_minor from credit_entries e
  where e.boutique_id = s.boutique_id and e.sale_id = s.id
) o
where s.boutique_id = private.current_boutique() and s.paid_by = 'credit'"""


async def page(conn: Connection, *, after: Key | None, limit: int) -> list[Debt]:
    """What is still owed, the oldest first: it is the first that a payment should go to."""
    later = " and (s.created_at, s.id) > (%(at)s, %(id)s::uuid)" if after else ""
    rest = " and s.undone_at is null and o.owed_minor > 0 order by s.created_at, s.id limit %(n)s"
    async with conn.cursor(row_factory=class_row(Debt)) as cursor:
        await cursor.execute(
            (_DEBTS + later + rest).encode(),
            {
                "n": limit,
                "at": after.value if after else None,
                "id": after.id if after else None,
            },
        )
        return await cursor.fetchall()


async def get(conn: Connection, *, debt_id: str) -> Debt | None:
    """A debt that was paid too, with nothing owed."""
    async with conn.cursor(row_factory=class_row(Debt)) as cursor:
        await cursor.execute(_DEBTS + " and s.id = %(id)s", {"id": debt_id})
        return await cursor.fetchone()


async def entries(conn: Connection, *, debt_id: str) -> list[CreditEntry]:
    """The oldest first."""
    async with conn.cursor(row_factory=class_row(CreditEntry)) as cursor:
        await cursor.execute(
            """
            select id::text, kind, amount_minor, method, reference, made_by::text, created_at
            from credit_entries
            where boutique_id = private.current_boutique() and sale_id = %(id)s
            order by created_at, id
            """,
            {"id": debt_id},
        )
        return await cursor.fetchall()


async def lock(conn: Connection, *, debt_id: str) -> None:
    """Payments of one debt, and the undoing of its sale, follow each other."""
    await conn.execute(
        "select from counter_sales where boutique_id = private.current_boutique()"
        " and id = %(id)s for update",
        {"id": debt_id},
    )


async def lock_reference(conn: Connection, *, reference: str) -> None:
    """Till the transaction's end nobody else writes money down under this reference."""
    await conn.execute(
        "select pg_advisory_xact_lock("
        "hashtextextended(private.current_boutique()::text || %(reference)s, 0))",
        {"reference": reference},
    )


async def is_used(conn: Connection, *, reference: str) -> bool:
    """Whether a sale or another payment of a debt is under this M-Pesa reference."""
    cursor = await conn.execute(
        """
        select from credit_entries
        where boutique_id = private.current_boutique() and reference = %(reference)s
        union all
        select from counter_sales
        where boutique_id = private.current_boutique() and upper(reference) = %(reference)s
          and undone_at is null
        """,
        {"reference": reference},
    )
    return cursor.rowcount > 0


async def add_payment(
    conn: Connection,
    *,
    debt_id: str,
    amount_minor: int,
    method: PaymentMethod,
    reference: str | None,
    user_id: str,
) -> None:
    await conn.execute(
        """
        insert into credit_entries (boutique_id, sale_id, kind, amount_minor, method, reference,
          made_by)
        values (private.current_boutique(), %(id)s, 'payment', -%(amount)s::bigint, %(method)s,
          %(reference)s, %(user)s)
        """,
        {
            "id": debt_id,
            "amount": amount_minor,
            "method": method,
            "reference": reference,
            "user": user_id,
        },
    )


async def owed_by(conn: Connection, *, customer_id: str) -> list[str]:
    """The numbers of the customer's sales that are not paid off."""
    async with conn.cursor(row_factory=class_row(Debt)) as cursor:
        await cursor.execute(
            f"{_DEBTS} and s.customer_id = %(customer_id)s and o.owed_minor > 0"
            " order by s.created_at".encode(),
            {"customer_id": customer_id},
        )
        return [debt.number for debt in await cursor.fetchall()]
