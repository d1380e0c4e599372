"""What came in and went out on a day of the shop, for each way of paying and each person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection

TakenBy = Literal["cash", "mpesa", "bank", "credit", "unsaid"]
# `reversal`: M-Pesa took a payment back. What goes out has a sum below zero.
TakenFor = Literal["order", "counter", "debt", "refund", "reversal"]


@dataclass(frozen=True, slots=True)
class Taking:
    """`user_id`: who sold, took or gave back the money; None: the assistant, or nobody knows."""

    method: TakenBy
    source: TakenFor
    user_id: str | None
    payments: int
    sum_minor: int


@dataclass(frozen=True, slots=True)
class Some:
    payments: int
    sum_minor: int


@dataclass(frozen=True, slots=True)
class StatementOfDay:
    """What M-Pesa's statements say of the day, as far as they were imported.

    What was received is what was taken by M-Pesa, less what is `missing`, and with the others.
    """

    until: datetime | None  # the time of the latest line there is, of whichever day
    received_minor: int  # what came in and stayed, less refunds, without what was set aside
    missing: Some  # taken by M-Pesa as the shop says, and on no line of the day
    unclaimed: Some  # no order and no sale is known to be it
    undone: Some  # for sales that were undone
    of_other_days: Some  # for sales and refunds that were written down on another day
    differs: Some  # by how much lines are of another sum than the sale that has their receipt


# An order's money came when its statement says so, else when M-Pesa told us.
_ROWS: LiteralString = """
select p.paid_by as method, 'order' as source, null::uuid as user_id,
  coalesce(p.received_minor, p.amount_minor) as sum_minor, false as is_on_statement
from payments p
where p.boutique_id = private.current_boutique()
  and (p.status = 'succeeded' or p.received_minor > 0)
  and p.resolved_at >= %(since)s and p.resolved_at < %(until)s
  and not exists (select from statement_matches m where m.boutique_id = p.boutique_id
    and m.payment_id = p.id and m.how <> 'reversal')
union all
select p.paid_by, 'order', null, coalesce(p.received_minor, p.amount_minor), true
from statement_lines l
join statement_matches m on m.boutique_id = l.boutique_id and m.line_id = l.id
  and m.how <> 'reversal'
join payments p on p.boutique_id = m.boutique_id and p.id = m.payment_id
  and (p.status = 'succeeded' or p.received_minor > 0)
where l.boutique_id = private.current_boutique()
  and l.completed_at >= %(since)s and l.completed_at < %(until)s
union all
select s.paid_by, 'counter', s.sold_by, s.total_minor,
  exists (select from statement_matches m
    join statement_lines l on l.boutique_id = m.boutique_id and l.id = m.line_id
      and l.completed_at >= %(since)s and l.completed_at < %(until)s
    where m.boutique_id = s.boutique_id and m.sale_id = s.id and m.how <> 'reversal')
from counter_sales s
where s.boutique_id = private.current_boutique() and s.undone_at is null
  and s.created_at >= %(since)s and s.created_at < %(until)s
union all
select d.method, 'debt', d.taken_by, d.amount_minor, false
from debt_payments d
where d.boutique_id = private.current_boutique() and d.taken_back_at is null
  and d.created_at >= %(since)s and d.created_at < %(until)s
  and not exists (select from statement_matches m where m.boutique_id = d.boutique_id
    and m.debt_payment_id = d.id and m.how <> 'reversal')
union all
select d.method, 'debt', d.taken_by, d.amount_minor, true
from statement_lines l
join statement_matches m on m.boutique_id = l.boutique_id and m.line_id = l.id
  and m.how <> 'reversal'
join debt_payments d on d.boutique_id = m.boutique_id and d.id = m.debt_payment_id
where l.boutique_id = private.current_boutique()
  and l.completed_at >= %(since)s and l.completed_at < %(until)s
union all
select r.method, 'refund', substring(r.refunded_by from '^(?:owner|staff):(.*)$')::uuid,
  -r.amount_minor,
  exists (select from statement_matches m
    join statement_lines l on l.boutique_id = m.boutique_id and l.id = m.line_id
      and l.completed_at >= %(since)s and l.completed_at < %(until)s
    where m.boutique_id = r.boutique_id and m.refund_id = r.id and m.how <> 'reversal')
  or r.method = 'mpesa' and exists (select from statement_lines l
    where l.boutique_id = r.boutique_id and l.kind = 'reversal' and l.receipt = upper(r.reference)
      and l.completed_at >= %(since)s and l.completed_at < %(until)s)
from refunds r
where r.boutique_id = private.current_boutique()
  and r.created_at >= %(since)s and r.created_at < %(until)s
union all
select 'mpesa', 'reversal', null,
  case when m.refund_id is null then -l.amount_minor else l.amount_minor end, true
from statement_lines l
join statement_matches m on m.boutique_id = l.boutique_id and m.line_id = l.id
  and m.how = 'reversal'
left join counter_sales s on s.boutique_id = m.boutique_id and s.id = m.sale_id
where l.boutique_id = private.current_boutique() and s.undone_at is null
  and not exists (select from refunds r where r.boutique_id = l.boutique_id
    and r.method = 'mpesa' and upper(r.reference) = l.receipt)
  and l.completed_at >= %(since)s and l.completed_at < %(until)s"""

# What each line of the day is to the shop's own rows of the day; null: it does not count.
_LINES: LiteralString = """
select case when l.kind = 'paid_in' or l.kind = 'reversal' and m.refund_id is not null
    then l.amount_minor else -l.amount_minor end as sum_minor,
  case when l.kind = 'reversal' and back.id is null then 0
    when back.id is not null then back.amount_minor - l.amount_minor
    when l.kind = 'paid_out' then r.amount_minor - l.amount_minor
    else l.amount_minor - coalesce(p.received_minor, p.amount_minor, s.total_minor, d.amount_minor)
  end as differs_minor,
  case
    when l.kind = 'paid_in' and m.how = 'set_aside' then null
    when l.kind = 'paid_in' and m.line_id is null then case
      when exists (select from statement_lines r where r.boutique_id = l.boutique_id
        and r.kind = 'reversal' and r.original = l.receipt and r.completed_at < %(until)s)
      then null else 'unclaimed' end
    when l.kind = 'reversal' and m.line_id is null then case
      when exists (select from statement_lines b
        left join statement_matches n on n.boutique_id = b.boutique_id and n.line_id = b.id
        where b.boutique_id = l.boutique_id and b.receipt = l.original and b.kind = 'paid_in'
          and b.completed_at < %(since)s and n.line_id is null)
      then 'of_other_days' end
    when m.line_id is null then null
    when back.created_at >= %(since)s and back.created_at < %(until)s then 'known'
    when back.id is not null then 'of_other_days'
    when s.undone_at is not null then 'undone'
    when l.kind = 'reversal' or p.status = 'succeeded' or p.received_minor > 0
      or m.debt_payment_id is not null
      or coalesce(s.created_at, r.created_at) >= %(since)s
        and coalesce(s.created_at, r.created_at) < %(until)s then 'known'
    else 'of_other_days' end as what
from statement_lines l
left join statement_matches m on m.boutique_id = l.boutique_id and m.line_id = l.id
left join payments p on p.boutique_id = m.boutique_id and p.id = m.payment_id
left join counter_sales s on s.boutique_id = m.boutique_id and s.id = m.sale_id
left join refunds r on r.boutique_id = m.boutique_id and r.id = m.refund_id
left join debt_payments d on d.boutique_id = m.boutique_id and d.id = m.debt_payment_id
left join refunds back on back.boutique_id = l.boutique_id and l.kind = 'reversal'
  and m.refund_id is null and back.method = 'mpesa' and upper(back.reference) = l.receipt
where l.boutique_id = private.current_boutique()
  and l.completed_at >= %(since)s and l.completed_at < %(until)s"""
_STATEMENT: LiteralString = f"""
with taken as (select * from ({_ROWS}) t where method = 'mpesa'),
lines as (select * from ({_LINES}) l where what is not null)
select (select max(l.completed_at) from statement_lines l
    where l.boutique_id = private.current_boutique()) as until,
  coalesce(sum(sum_minor), 0)::bigint as received_minor,
  (select jsonb_build_object('payments', count(*), 'sum_minor', coalesce(sum(t.sum_minor), 0))
   from taken t where not t.is_on_statement) as missing,
  jsonb_build_object('payments', count(*) filter (where what = 'unclaimed'),
    'sum_minor', coalesce(sum(sum_minor) filter (where what = 'unclaimed'), 0)) as unclaimed,
  jsonb_build_object('payments', count(*) filter (where what = 'undone'),
    'sum_minor', coalesce(sum(sum_minor) filter (where what = 'undone'), 0)) as undone,
  jsonb_build_object('payments', count(*) filter (where what = 'of_other_days'),
    'sum_minor', coalesce(sum(sum_minor) filter (where what = 'of_other_days'), 0))
    as of_other_days,
  jsonb_build_object(
    'payments', count(*) filter (where what = 'known' and differs_minor <> 0),
    'sum_minor', coalesce(sum(differs_minor) filter (where what = 'known'), 0)) as differs
from lines"""


_NAMED = ("missing", "unclaimed", "undone", "of_other_days", "differs")


async def between(conn: Connection, *, since: datetime, until: datetime) -> list[Taking]:
    """What was taken from `since` to before `until`: one line a method, source and person."""
    async with conn.cursor(row_factory=class_row(Taking)) as cursor:
        await cursor.execute(
            f"""select method, source, user_id::text, count(*)::int as payments,
                  sum(sum_minor)::bigint as sum_minor
                from ({_ROWS}) t group by method, source, user_id
                order by method, source, user_id""".encode(),
            {"since": since, "until": until},
        )
        return await cursor.fetchall()


async def on_statement(conn: Connection, *, since: datetime, until: datetime) -> StatementOfDay:
    cursor = await conn.execute(_STATEMENT.encode(), {"since": since, "until": until})
    row = await cursor.fetchone()
    assert row is not None  # an aggregate gives one row
    return StatementOfDay(**row | {name: Some(**row[name]) for name in _NAMED})
