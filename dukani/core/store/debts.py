"""What is owed for sales on credit: the sales of which something is owed, and their ledger."""

from __future__ import annotations

from collections.abc import Mapping
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
    """`reason`: why a rest was written off, or a payment taken back.

    A payment may have entries in several sales.
    """

    id: str
    kind: Literal["debt", "payment", "taken_back", "undone", "write_off"]
    amount_minor: int  # more owed above zero, less below
    method: PaymentMethod | None
    reference: str | None
    reason: str | None
    payment_id: str | None
    made_by: str | None
    created_at: datetime


# SQL: whole days since the sale `s` in the boutique `b`.
DAYS: LiteralString = (
    "(now() at time zone b.timezone)::date - (s.created_at at time zone b.timezone)::date"
)
_DEBTS: LiteralString = f"""
select s.id::text, s.number, s.customer_id::text, s.buyer_name, s.buyer_phone, s.currency,
  s.total_minor, s.owed_minor, s.created_at, {DAYS} as days
from counter_sales s
join boutiques b on b.id = s.boutique_id
where s.boutique_id = private.current_boutique() and s.paid_by = 'credit'"""


async def page(conn: Connection, *, after: Key | None, limit: int) -> list[Debt]:
    """What is still owed, the oldest first: it is the first that a payment goes to."""
    later = " and (s.created_at, s.id) > (%(at)s, %(id)s::uuid)" if after else ""
    rest = " and s.owed_minor > 0 order by s.created_at, s.id limit %(n)s"
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
            select e.id::text, e.kind, e.amount_minor, p.method, p.reference,
              case e.kind when 'taken_back' then p.taken_back_reason else e.reason end as reason,
              e.payment_id::text, e.made_by::text, e.created_at
            from credit_entries e
            left join debt_payments p on p.boutique_id = e.boutique_id and p.id = e.payment_id
            where e.boutique_id = private.current_boutique() and e.sale_id = %(id)s
            order by e.created_at, e.id
            """,
            {"id": debt_id},
        )
        return await cursor.fetchall()


async def lock(conn: Connection, *, debt_ids: list[str]) -> None:
    """Payments of a debt, and the undoing of its sale, follow each other; none waits in a ring."""
    await conn.execute(
        "select from counter_sales where boutique_id = private.current_boutique()"
        " and id = any(%(ids)s::uuid[]) order by id for update",
        {"ids": debt_ids},
    )


async def lock_reference(conn: Connection, *, reference: str) -> None:
    """Till the transaction's end nobody else writes money down under this reference."""
    await conn.execute(
        "select pg_advisory_xact_lock("
        "hashtextextended(private.current_boutique()::text || upper(%(reference)s), 0))",
        {"reference": reference},
    )


async def is_used(conn: Connection, *, reference: str) -> bool:
    """Whether a sale or another payment of a debt is under this M-Pesa reference."""
    cursor = await conn.execute(
        """
        select from debt_payments
        where boutique_id = private.current_boutique() and reference = %(reference)s
          and taken_back_at is null
        union all
        select from counter_sales
        where boutique_id = private.current_boutique() and upper(reference) = %(reference)s
          and undone_at is null
        union all
        select from payments
        where boutique_id = private.current_boutique() and receipt = %(reference)s
        """,
        {"reference": reference},
    )
    return cursor.rowcount > 0


async def is_of_debt(conn: Connection, *, reference: str) -> bool:
    cursor = await conn.execute(
        """select from debt_payments where boutique_id = private.current_boutique()
             and reference = upper(%(reference)s) and taken_back_at is null""",
        {"reference": reference},
    )
    return cursor.rowcount > 0


async def mpesa_payment(conn: Connection, *, payment_id: str) -> int | None:
    """The sum of a payment by M-Pesa; None: there is none."""
    cursor = await conn.execute(
        """select amount_minor from debt_payments where boutique_id = private.current_boutique()
             and id = %(id)s and method = 'mpesa'""",
        {"id": payment_id},
    )
    row = await cursor.fetchone()
    return int(row["amount_minor"]) if row else None


async def add_payment(
    conn: Connection,
    *,
    parts: Mapping[str, int],
    method: PaymentMethod,
    reference: str | None,
    phone: str | None,
    user_id: str,
) -> str:
    """A payment that goes to these sales with these sums; its id."""
    cursor = await conn.execute(
        """
        with paid as (
          insert into debt_payments (boutique_id, amount_minor, method, reference, phone, taken_by)
          values (private.current_boutique(), %(amount)s, %(method)s, %(reference)s, %(phone)s,
            %(user)s)
          returning boutique_id, id
        ), gone as (
          insert into credit_entries (boutique_id, sale_id, kind, amount_minor, payment_id, made_by)
          select paid.boutique_id, part.sale_id, 'payment', -part.minor, paid.id, %(user)s
          from paid, unnest(%(sales)s::uuid[], %(sums)s::bigint[]) as part (sale_id, minor)
        )
        select id::text from paid
        """,
        {
            "amount": sum(parts.values()),
            "method": method,
            "reference": reference,
            "phone": phone,
            "user": user_id,
            "sales": list(parts),
            "sums": list(parts.values()),
        },
    )
    row = await cursor.fetchone()
    assert row is not None  # `returning` gives a row or the statement raised
    return str(row["id"])


async def sales_of_payment(conn: Connection, *, payment_id: str) -> list[str] | None:
    """The sales that a payment went to; None: there is no such payment, or it was taken back."""
    cursor = await conn.execute(
        """select array_agg(e.sale_id::text) as sales
           from debt_payments p
           join credit_entries e on e.boutique_id = p.boutique_id and e.payment_id = p.id
           where p.boutique_id = private.current_boutique() and p.id = %(id)s
             and p.taken_back_at is null""",
        {"id": payment_id},
    )
    row = await cursor.fetchone()
    return row["sales"] if row else None


async def take_back(conn: Connection, *, payment_id: str, reason: str, user_id: str) -> bool:
    """Its sales are owed again by what it paid of them; false if that was done before."""
    cursor = await conn.execute(
        """
        with back as (
          update debt_payments set taken_back_at = now(), taken_back_by = %(user)s,
            taken_back_reason = %(reason)s
          where boutique_id = private.current_boutique() and id = %(id)s
            and taken_back_at is null
          returning boutique_id, id
        ), owed as (
          insert into credit_entries (boutique_id, sale_id, kind, amount_minor, payment_id, made_by)
          select e.boutique_id, e.sale_id, 'taken_back', -e.amount_minor, e.payment_id, %(user)s
          from back join credit_entries e on e.boutique_id = back.boutique_id
            and e.payment_id = back.id and e.kind = 'payment'
        )
        select from back
        """,
        {"id": payment_id, "reason": reason, "user": user_id},
    )
    return cursor.rowcount == 1


async def write_off(
    conn: Connection, *, debt_id: str, amount_minor: int, reason: str, user_id: str
) -> None:
    await conn.execute(
        """insert into credit_entries (boutique_id, sale_id, kind, amount_minor, reason, made_by)
           values (private.current_boutique(), %(id)s, 'write_off', -%(amount)s::bigint,
             %(reason)s, %(user)s)""",
        {"id": debt_id, "amount": amount_minor, "reason": reason, "user": user_id},
    )


async def owed_by(conn: Connection, *, customer_id: str) -> list[str]:
    """The numbers of the customer's sales that are not paid off."""
    async with conn.cursor(row_factory=class_row(Debt)) as cursor:
        await cursor.execute(
            f"""{_DEBTS} and s.owed_minor > 0 and (s.customer_id = %(customer_id)s
                or s.buyer_phone = (select phone from customers
                  where boutique_id = private.current_boutique() and id = %(customer_id)s))
              order by s.created_at""".encode(),
            {"customer_id": customer_id},
        )
        return [debt.number for debt in await cursor.fetchall()]
