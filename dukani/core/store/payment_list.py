"""All money that came to the shop or was asked for: of orders, sales, debts, on statements."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.keyset import Key

PaymentSource = Literal["order", "counter", "debt", "statement"]
# `matched`: it is known what it is for. `unclaimed`: a statement tells of it, and nothing else.
PaymentState = Literal[
    "matched", "unclaimed", "under_review", "reversed", "in_flight", "failed", "set_aside"
]


@dataclass(frozen=True, slots=True)
class Wanted:
    """`search`: of a receipt, an order's number, or digits of a phone. The days are inclusive."""

    state: PaymentState | None = None
    since: datetime | None = None
    until: datetime | None = None
    search: str = ""


@dataclass(frozen=True, slots=True)
class ListedPayment:
    """`provider`: of an order's payment. `line_id`: the line of a statement that tells of it."""

    id: str
    source: PaymentSource
    state: PaymentState
    amount_minor: int
    currency: str
    at: datetime
    phone: str | None = field(repr=False)
    name: str | None = field(repr=False)
    receipt: str | None
    provider: str | None
    review_reason: str | None
    result_text: str | None
    order_id: str | None
    order_number: str | None
    sale_id: str | None
    sale_number: str | None
    line_id: str | None
    reversal_line_id: str | None

    @property
    def key(self) -> Key:
        return Key(self.at, self.id)


@dataclass(frozen=True, slots=True)
class StateSum:
    state: PaymentState
    payments: int
    sum_minor: int


# A review that a person ended leaves the attempt `failed`, also where its money came.
_ALL: LiteralString = """
select p.id::text, 'order' as source,
  case when back.line_id is not null then 'reversed'
    when p.status = 'needs_review' or (p.status = 'succeeded'
      and o.review_reason in ('second_receipt', 'wrong_amount', 'oversold')) then 'under_review'
    when p.status = 'succeeded' or p.received_minor > 0 then 'matched'
    when p.status = 'failed' then 'failed' else 'in_flight' end as state,
  coalesce(p.received_minor, p.amount_minor) as amount_minor, o.currency::text,
  coalesce(l.completed_at, p.resolved_at, p.created_at) as at, p.phone, c.name,
  coalesce(p.receipt, l.receipt) as receipt, p.provider,
  case when p.status = 'needs_review' then p.review_reason
    when p.status = 'succeeded' then o.review_reason end as review_reason,
  p.result_text, o.id::text as order_id, o.number as order_number, null as sale_id,
  null as sale_number, m.line_id::text, back.line_id::text as reversal_line_id
from payments p
join orders o on o.boutique_id = p.boutique_id and o.id = p.order_id
join customers c on c.boutique_id = o.boutique_id and c.id = o.customer_id
left join statement_matches m on m.boutique_id = p.boutique_id and m.payment_id = p.id
  and m.how <> 'reversal'
left join statement_lines l on l.boutique_id = m.boutique_id and l.id = m.line_id
left join statement_matches back on back.boutique_id = p.boutique_id and back.payment_id = p.id
  and back.how = 'reversal'
where p.boutique_id = private.current_boutique()
union all
select s.id::text, 'counter',
  case when back.line_id is not null then 'reversed'
    when s.undone_at is not null then 'under_review' else 'matched' end,
  s.total_minor, s.currency::text, s.created_at, coalesce(s.buyer_phone, l.phone),
  coalesce(s.buyer_name, l.other_party), coalesce(upper(s.reference), l.receipt), null,
  case when s.undone_at is not null then 'sale_undone' end, null, null, null, s.id::text, s.number,
  m.line_id::text, back.line_id::text
from counter_sales s
left join statement_matches m on m.boutique_id = s.boutique_id and m.sale_id = s.id
  and m.how <> 'reversal'
left join statement_lines l on l.boutique_id = m.boutique_id and l.id = m.line_id
left join statement_matches back on back.boutique_id = s.boutique_id and back.sale_id = s.id
  and back.how = 'reversal'
where s.boutique_id = private.current_boutique() and s.paid_by = 'mpesa'
  and (s.undone_at is null or m.line_id is not null)
union all
select d.id::text, 'debt', case when back.line_id is not null then 'reversed' else 'matched' end,
  d.amount_minor, b.currency::text, d.created_at, coalesce(d.phone, l.phone), sold.buyer_name,
  d.reference, null, null, null, null, null, sold.id::text, sold.number, m.line_id::text,
  back.line_id::text
from debt_payments d
join boutiques b on b.id = d.boutique_id
cross join lateral (
  select s.id, s.number, s.buyer_name from credit_entries e
  join counter_sales s on s.boutique_id = e.boutique_id and s.id = e.sale_id
  where e.boutique_id = d.boutique_id and e.payment_id = d.id order by s.created_at, s.id limit 1
) sold
left join statement_matches m on m.boutique_id = d.boutique_id and m.debt_payment_id = d.id
  and m.how <> 'reversal'
left join statement_lines l on l.boutique_id = m.boutique_id and l.id = m.line_id
left join statement_matches back on back.boutique_id = d.boutique_id
  and back.debt_payment_id = d.id and back.how = 'reversal'
where d.boutique_id = private.current_boutique() and d.method = 'mpesa'
  and (d.taken_back_at is null or m.line_id is not null)
union all
select l.id::text, 'statement',
  case when m.how = 'set_aside' then 'set_aside'
    when exists (select from statement_lines r where r.boutique_id = l.boutique_id
      and r.kind = 'reversal' and r.original = l.receipt) then 'reversed'
    else 'unclaimed' end,
  l.amount_minor, b.currency::text, l.completed_at, l.phone, l.other_party, l.receipt, null, null,
  null, null, null, null, null, l.id::text, null
from statement_lines l
join boutiques b on b.id = l.boutique_id
left join statement_matches m on m.boutique_id = l.boutique_id and m.line_id = l.id
where l.boutique_id = private.current_boutique() and l.kind = 'paid_in'
  and (m.line_id is null or m.how = 'set_aside')"""
_FITS: LiteralString = """(%(since)s::timestamptz is null or a.at >= %(since)s)
  and (%(until)s::timestamptz is null or a.at < %(until)s)
  and (%(search)s = '' or strpos(upper(a.receipt), %(search)s) > 0
    or strpos(upper(coalesce(a.order_number, a.sale_number)), %(search)s) > 0
    or (%(digits)s <> '' and strpos(a.phone, %(digits)s) > 0))"""


async def page(
    conn: Connection, wanted: Wanted, *, after: Key | None, limit: int
) -> list[ListedPayment]:
    """Newest first."""
    later: LiteralString = " and (a.at, a.id) < (%(at)s, %(id)s)" if after else ""
    return await _several(
        conn,
        f"""select a.* from ({_ALL}) a
            where {_FITS} and (%(state)s::text is null or a.state = %(state)s){later}
            order by a.at desc, a.id desc limit %(limit)s""",
        _values(wanted)
        | {
            "limit": limit,
            "at": after.value if after else None,
            "id": after.id if after else None,
        },
    )


async def get(conn: Connection, *, payment_id: str) -> ListedPayment | None:
    """A payment, a sale in the shop or a line of a statement, by its id."""
    found = await _several(
        conn, f"select a.* from ({_ALL}) a where a.id = %(id)s", {"id": payment_id}
    )
    return found[0] if found else None


async def sums(conn: Connection, wanted: Wanted) -> list[StateSum]:
    """For each state how many there are and how much, of all that fit but for the state."""
    async with conn.cursor(row_factory=class_row(StateSum)) as cursor:
        await cursor.execute(
            f"""select a.state, count(*)::int as payments, sum(a.amount_minor)::bigint as sum_minor
                from ({_ALL}) a where {_FITS} group by a.state order by a.state""".encode(),
            _values(wanted),
        )
        return await cursor.fetchall()


async def _several(conn: Connection, statement: str, values: dict[str, Any]) -> list[ListedPayment]:
    async with conn.cursor(row_factory=class_row(ListedPayment)) as cursor:
        await cursor.execute(statement.encode(), values)
        return await cursor.fetchall()


def _values(wanted: Wanted) -> dict[str, Any]:
    search = wanted.search.strip().upper()
    is_phone = bool(re.fullmatch(r"[\d\s+()-]{3,}", search))
    digits = re.sub(r"\D", "", search).lstrip("0") if is_phone else ""
    return {
        "state": wanted.state,
        "since": wanted.since,
        "until": wanted.until,
        "search": search,
        "digits": digits,
    }
