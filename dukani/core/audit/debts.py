"""Sales in the shop, what is owed for them, and the day's close."""

from __future__ import annotations

from dukani.core.audit.check import Check

SHOP_SALES_ADD_UP = Check(
    name="shop_sales_add_up",
    says="A sale in the shop is the sum of its pieces.",
    table="counter_sales",
    remedy="Undo the sale and write it down anew.",
    sql="""
select s.id::text, s.number, s.total_minor, i.minor as of_its_pieces
from counter_sales s
join lateral (
  select sum(i.unit_price_minor * i.quantity) as minor from counter_sale_items i
  where i.boutique_id = s.boutique_id and i.sale_id = s.id
) i on true
where s.boutique_id = %(boutique_id)s and i.minor is distinct from s.total_minor
""",
)

DEBTS_ARE_THEIR_LEDGER = Check(
    name="debts_are_their_ledger",
    says="What is still owed for a sale is the sum of its entries, and never less than nothing.",
    table="counter_sales",
    remedy="Go through the sale's entries with the customer: they are what counts.",
    sql="""
select s.id::text, s.number, s.owed_minor, coalesce(e.owed, 0) as of_its_entries,
  coalesce(e.debt, 0) as debt
from counter_sales s
left join (
  select sale_id, sum(amount_minor) as owed,
    sum(amount_minor) filter (where kind = 'debt') as debt
  from credit_entries where boutique_id = %(boutique_id)s group by sale_id
) e on e.sale_id = s.id
where s.boutique_id = %(boutique_id)s
  and (s.owed_minor <> coalesce(e.owed, 0) or coalesce(e.owed, 0) < 0
    or coalesce(e.debt, 0) <> case s.paid_by when 'credit' then s.total_minor else 0 end
    or s.undone_at is not null and s.owed_minor <> 0)
""",
)

DEBT_PAYMENTS_ARE_SHARED_OUT = Check(
    name="debt_payments_are_shared_out",
    says="Money paid for debts went to sales to the cent, and one taken back went from them.",
    table="debt_payments",
    remedy="Take the payment back, with a reason, and write it down anew.",
    sql="""
select p.id::text, p.amount_minor, coalesce(e.paid, 0) as to_sales,
  coalesce(e.back, 0) as taken_back
from debt_payments p
left join (
  select payment_id, -sum(amount_minor) filter (where kind = 'payment') as paid,
    sum(amount_minor) filter (where kind = 'taken_back') as back
  from credit_entries where boutique_id = %(boutique_id)s and payment_id is not null
  group by payment_id
) e on e.payment_id = p.id
where p.boutique_id = %(boutique_id)s
  and (coalesce(e.paid, 0) <> p.amount_minor
    or coalesce(e.back, 0) <> case when p.taken_back_at is null then 0 else p.amount_minor end)
""",
)

CLOSES_ARE_WHOLE = Check(
    name="closes_are_whole",
    says="A day's closes are numbered without a gap, and each has what was counted.",
    table="daily_closes",
    remedy="Close the day again: a further version stands beside the earlier ones.",
    sql="""
select c.id::text, c.day, c.version, c.in_order
from (
  select d.*, row_number() over (partition by day order by version) as in_order
  from daily_closes d where d.boutique_id = %(boutique_id)s
) c
where c.version <> c.in_order or not exists (
  select from daily_close_lines l where l.boutique_id = c.boutique_id and l.close_id = c.id)
""",
)

STATEMENT_MATCHES_HOLD = Check(
    name="statement_matches_hold",
    says="A line that was matched by its receipt is the line of that receipt.",
    table="statement_matches",
    remedy="Import the statement again, or choose anew what the line is.",
    sql="""
select m.line_id::text as id, m.how
from statement_matches m
join statement_lines l on l.boutique_id = m.boutique_id and l.id = m.line_id
left join payments p on p.boutique_id = m.boutique_id and p.id = m.payment_id
left join counter_sales s on s.boutique_id = m.boutique_id and s.id = m.sale_id
left join debt_payments d on d.boutique_id = m.boutique_id and d.id = m.debt_payment_id
left join refunds r on r.boutique_id = m.boutique_id and r.id = m.refund_id
where m.boutique_id = %(boutique_id)s and m.how = 'receipt'
  and upper(l.receipt) is distinct from
    upper(coalesce(p.receipt, s.reference, d.reference, r.reference))
""",
)

CHECKS = (
    SHOP_SALES_ADD_UP,
    DEBTS_ARE_THEIR_LEDGER,
    DEBT_PAYMENTS_ARE_SHARED_OUT,
    CLOSES_ARE_WHOLE,
    STATEMENT_MATCHES_HOLD,
)
