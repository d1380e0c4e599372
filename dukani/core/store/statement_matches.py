"""What each line of a statement was found to be, and the money that has no line yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.statements import LineKind

# `debtor`: somebody who owes at least this sum, and may have paid of it.
ThingKind = Literal["payment", "sale", "refund", "order", "debt_payment", "debtor"]
How = Literal["receipt", "alike", "reversal"]
SetAside = Literal["personal", "not_a_sale", "elsewhere", "other"]


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A line that belongs to nothing yet."""

    id: str
    kind: LineKind
    receipt: str
    original: str | None
    amount_minor: int
    at: datetime
    phone: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Thing:
    """Money the shop knows of, or waits for. `is_settled`: nothing is left to be decided of it."""

    kind: ThingKind
    id: str
    receipt: str | None
    amount_minor: int
    at: datetime
    phone: str | None = field(default=None, repr=False)
    is_settled: bool = True


@dataclass(frozen=True, slots=True)
class Match:
    line: OpenLine
    thing: Thing
    how: How


_COLUMN: dict[str, LiteralString] = {
    "payment": "payment_id",
    "sale": "sale_id",
    "refund": "refund_id",
    "debt_payment": "debt_payment_id",
}
# An attempt is settled money once it succeeded; before that a person decides.
_PAYMENTS: LiteralString = """
select 'payment' as kind, p.id::text, p.receipt, coalesce(p.received_minor, p.amount_minor)
    as amount_minor, coalesce(p.resolved_at, p.sent_at, p.created_at) as at, p.phone,
  p.status = 'succeeded' as is_settled
from payments p
where p.boutique_id = private.current_boutique() and p.paid_by = 'mpesa'"""
_SALES: LiteralString = """
select 'sale' as kind, s.id::text, upper(s.reference) as receipt, s.total_minor as amount_minor,
  s.created_at as at, s.buyer_phone as phone, true as is_settled
from counter_sales s
where s.boutique_id = private.current_boutique() and s.paid_by = 'mpesa'"""
_REFUNDS: LiteralString = """
select 'refund' as kind, r.id::text, upper(r.reference) as receipt, r.amount_minor,
  r.created_at as at, c.phone, true as is_settled
from refunds r
join orders o on o.boutique_id = r.boutique_id and o.id = r.order_id
join customers c on c.boutique_id = o.boutique_id and c.id = o.customer_id
where r.boutique_id = private.current_boutique() and r.method = 'mpesa'"""
_DEBT_PAYMENTS: LiteralString = """
select 'debt_payment' as kind, d.id::text, d.reference as receipt, d.amount_minor,
  d.created_at as at, d.phone, true as is_settled
from debt_payments d
where d.boutique_id = private.current_boutique() and d.method = 'mpesa'
  and d.taken_back_at is null"""
_ORDERS: LiteralString = """
select 'order' as kind, o.id::text, null as receipt, o.total_minor as amount_minor,
  o.created_at as at, c.phone, false as is_settled
from orders o
join customers c on c.boutique_id = o.boutique_id and c.id = o.customer_id
where o.boutique_id = private.current_boutique() and o.status = 'open'
  and o.payment_status <> 'paid'"""


def _free(table: LiteralString, column: LiteralString) -> LiteralString:
    return f""" and not exists (select from statement_matches m
      where m.boutique_id = {table}.boutique_id and m.{column} = {table}.id
        and m.how <> 'reversal')"""


async def open_lines(conn: Connection) -> list[OpenLine]:
    """The lines that belong to nothing yet and may belong to something."""
    async with conn.cursor(row_factory=class_row(OpenLine)) as cursor:
        await cursor.execute(
            """select l.id::text, l.kind, l.receipt, l.original, l.amount_minor,
                 l.completed_at as at, l.phone
               from statement_lines l
               where l.boutique_id = private.current_boutique()
                 and l.kind in ('paid_in', 'paid_out', 'reversal')
                 and not exists (select from statement_matches m
                   where m.boutique_id = l.boutique_id and m.line_id = l.id)
               order by l.id"""
        )
        return await cursor.fetchall()


async def things(conn: Connection, *, since: datetime, until: datetime) -> list[Thing]:
    """The money of a time that no line was found to be; a failed attempt only with its receipt."""
    statement = f"""
      select * from ({_PAYMENTS}{_free("p", "payment_id")}
          and (p.status = 'succeeded' or p.receipt is not null)
        union all {_SALES}{_free("s", "sale_id")} and s.undone_at is null
        union all {_DEBT_PAYMENTS}{_free("d", "debt_payment_id")}
        union all {_REFUNDS}{_free("r", "refund_id")}) t
      where t.at between %(since)s and %(until)s or t.receipt is not null order by t.kind, t.id"""
    return await _things(conn, statement, {"since": since, "until": until})


async def reversible(conn: Connection, *, receipts: Sequence[str]) -> list[Thing]:
    """The money with one of these receipts, also where a line was found for it."""
    statement = f"""select * from ({_PAYMENTS} union all {_SALES} union all {_REFUNDS}
        union all {_DEBT_PAYMENTS}) t
      where t.receipt = any(%(receipts)s) order by t.kind, t.id"""
    return await _things(conn, statement, {"receipts": list(receipts)})


async def choices(
    conn: Connection, *, amount_minor: int, since: datetime, until: datetime
) -> list[Thing]:
    """Orders that wait for this sum, payments and sales of it without a line."""
    statement = f"""
      select * from ({_PAYMENTS}{_free("p", "payment_id")} and p.status = 'succeeded'
        union all {_SALES}{_free("s", "sale_id")} and s.undone_at is null
        union all {_DEBT_PAYMENTS}{_free("d", "debt_payment_id")}
        union all {_ORDERS}) t
      where t.amount_minor = %(amount_minor)s and t.at between %(since)s and %(until)s
      order by t.at desc, t.id limit 50"""
    return await _things(
        conn, statement, {"amount_minor": amount_minor, "since": since, "until": until}
    )


async def _things(conn: Connection, statement: str, values: dict[str, Any]) -> list[Thing]:
    async with conn.cursor(row_factory=class_row(Thing)) as cursor:
        await cursor.execute(statement.encode(), values)
        return await cursor.fetchall()


async def forget_alike(conn: Connection) -> None:
    """Those found by likeness are found anew: a later statement may hold a likelier line."""
    await conn.execute(
        """delete from statement_matches
           where boutique_id = private.current_boutique() and how = 'alike'"""
    )


async def add(conn: Connection, found: Sequence[Match]) -> None:
    for one in found:
        await put(
            conn, line_id=one.line.id, kind=one.thing.kind, thing_id=one.thing.id, how=one.how
        )


async def put(
    conn: Connection,
    *,
    line_id: str,
    kind: str,
    thing_id: str,
    how: str,
    decided_by: str | None = None,
) -> bool:
    """Whether the line was free, and the thing too."""
    column = _COLUMN[kind]
    cursor = await conn.execute(
        f"""insert into statement_matches (boutique_id, line_id, how, {column}, decided_by)
            values (private.current_boutique(), %(line_id)s, %(how)s, %(thing_id)s, %(by)s)
            on conflict do nothing""".encode(),
        {"line_id": line_id, "how": how, "thing_id": thing_id, "by": decided_by},
    )
    return cursor.rowcount == 1


async def set_aside(
    conn: Connection, *, line_id: str, reason: SetAside, note: str, decided_by: str
) -> bool:
    """Whether the line was left until now."""
    cursor = await conn.execute(
        """insert into statement_matches (boutique_id, line_id, how, reason, note, decided_by)
           values (private.current_boutique(), %(line_id)s, 'set_aside', %(reason)s, %(note)s,
             %(by)s)
           on conflict do nothing""",
        {"line_id": line_id, "reason": reason, "note": note, "by": decided_by},
    )
    return cursor.rowcount == 1
