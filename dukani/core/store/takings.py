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
class StatementOfDay:
    """What M-Pesa's statements say of the day, as far as they were imported."""

    until: datetime | None  # the time of the latest line there is, of whichever day
    received_minor: int  # what came in and stayed, less refunds, without what was set aside
    unclaimed: int
    unclaimed_minor: int  # no order and no sale is known to be it
    undone: int
    undone_minor: int  # of sales that were undone


# An order's money came when its statement says so, else when M-Pesa told us.
_ROWS: LiteralString = """
select 'mpesa' as method, 'order' as source, null::uuid as user_id,
  coalesce(p.received_minor, p.amount_minor) as sum_minor
from payments p
where p.boutique_id = private.current_boutique()
  and (p.status = 'succeeded' or p.received_minor > 0)
  and p.resolved_at >= %(since)s and p.resolved_at < %(until)s
  and not exists (select from statement_matches m where m.boutique_id = p.boutique_id
    and m.payment_id = p.id and m.how <> 'reversal')
union all
select 'mpesa', 'order', null, coalesce(p.received_minor, p.amount_minor)
from statement_lines l
join statement_matches m on m.boutique_id = l.boutique_id and m.line_id = l.id
  and m.how <> 'reversal'
join payments p on p.boutique_id = m.boutique_id and p.id = m.payment_id
  and (p.status = 'succeeded' or p.received_minor > 0)
where l.boutique_id = private.current_boutique()
  and l.completed_at >= %(since)s and l.completed_at < %(until)s
union all
select s.paid_by, 'counter', s.sold_by, s.total_minor
from counter_sales s
where s.boutique_id = private.current_boutique() and s.undone_at is null
  and s.created_at >= %(since)s and s.created_at < %(until)s
union all
select e.method, 'debt', e.made_by, -e.amount_minor
from credit_entries e
where e.boutique_id = private.current_boutique() and e.kind = 'payment'
  and e.created_at >= %(since)s and e.created_at < %(until)s
union all
select r.method, 'refund', substring(r.refunded_by from '^(?:owner|staff):(.*)$')::uuid,
  -r.amount_minor
from refunds r
where r.boutique_id = private.current_boutique()
  and r.created_at >= %(since)s and r.created_at < %(until)s
union all
select 'mpesa', 'reversal', null, -l.amount_minor
from statement_lines l
join statement_matches m on m.boutique_id = l.boutique_id and m.line_id = l.id
  and m.how = 'reversal' and m.refund_id is null
left join counter_sales s on s.boutique_id = m.boutique_id and s.id = m.sale_id
where l.boutique_id = private.current_boutique() and s.undone_at is null
  and l.completed_at >= %(since)s and l.completed_at < %(until)s"""

_STATEMENT: LiteralString = """
with of_day as materialized (
  select l.kind, l.amount_minor, m.how, m.line_id is not null as is_known,
    m.refund_id is not null as is_refund, s.undone_at is not null as is_undone,
    l.kind = 'paid_in' and exists (select from statement_lines r
      where r.boutique_id = l.boutique_id and r.kind = 'reversal' and r.original = l.receipt
        and r.completed_at < %(until)s) as is_taken_back,
    l.kind = 'reversal' and exists (select from statement_lines b
      left join statement_matches n on n.boutique_id = b.boutique_id and n.line_id = b.id
      where b.boutique_id = l.boutique_id and b.receipt = l.original and b.kind = 'paid_in'
        and b.completed_at < %(since)s and n.line_id is null) as is_of_unclaimed
  from statement_lines l
  left join statement_matches m on m.boutique_id = l.boutique_id and m.line_id = l.id
  left join counter_sales s on s.boutique_id = m.boutique_id and s.id = m.sale_id
  where l.boutique_id = private.current_boutique()
    and l.completed_at >= %(since)s and l.completed_at < %(until)s
)
select (select max(l.completed_at) from statement_lines l
    where l.boutique_id = private.current_boutique()) as until,
  coalesce(sum(case
    when kind = 'paid_in' and how is distinct from 'set_aside' and (is_known or not is_taken_back)
      then amount_minor
    when kind = 'paid_out' and is_refund and how <> 'reversal' then -amount_minor
    when kind = 'reversal' and (is_known or is_of_unclaimed) then -amount_minor end), 0)::bigint
    as received_minor,
  (count(*) filter (where kind = 'paid_in' and not is_known and not is_taken_back))::int
    as unclaimed,
  coalesce(sum(amount_minor) filter (where kind = 'paid_in' and not is_known
    and not is_taken_back), 0)::bigint as unclaimed_minor,
  (count(*) filter (where kind = 'paid_in' and is_undone))::int as undone,
  coalesce(sum(amount_minor) filter (where kind = 'paid_in' and is_undone), 0)::bigint
    as undone_minor
from of_day"""


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
    async with conn.cursor(row_factory=class_row(StatementOfDay)) as cursor:
        await cursor.execute(_STATEMENT.encode(), {"since": since, "until": until})
        found = await cursor.fetchone()
    assert found is not None  # an aggregate gives one row
    return found
