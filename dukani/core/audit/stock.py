"""The stock's ledger, and what is reserved."""

from __future__ import annotations

from dukani.core.audit.check import Check

STOCK_IS_ITS_LEDGER = Check(
    name="stock_is_its_ledger",
    says="What is on hand is what came in less what went out, and never below nothing.",
    table="product_variants",
    remedy="Count the piece, and write the difference down as an adjustment.",
    sql="""
select v.id::text, v.sku, v.quantity, coalesce(m.moved, 0) as of_the_ledger
from product_variants v
left join (
  select variant_id, sum(delta) as moved from stock_movements
  where boutique_id = %(boutique_id)s group by variant_id
) m on m.variant_id = v.id
where v.boutique_id = %(boutique_id)s
  and (v.quantity <> coalesce(m.moved, 0) or v.quantity < 0)
""",
)

RESERVED_IS_WHAT_IS_HELD = Check(
    name="reserved_is_what_is_held",
    says="What a piece shows as reserved is what open reservations hold of it.",
    table="product_variants",
    remedy="The sum beside the piece is wrong: it is shown as sold out, or sold twice. Report it.",
    sql="""
select v.id::text, v.sku, v.reserved, coalesce(r.held, 0) as held
from product_variants v
left join (
  select variant_id, sum(quantity) as held from stock_reservations
  where boutique_id = %(boutique_id)s and status = 'held' group by variant_id
) r on r.variant_id = v.id
where v.boutique_id = %(boutique_id)s and v.reserved <> coalesce(r.held, 0)
""",
)

NO_ORPHAN_RESERVATION = Check(
    name="no_orphan_reservation",
    says="Pieces are held for open orders only, and let go when their time is over.",
    table="stock_reservations",
    remedy="The clock lets them go (`dukani worker`); an order that ended should have done so.",
    # A reservation that is over is let go by the order's next timer.
    sql="""
select r.id::text, r.order_id::text, r.quantity, r.expires_at, o.status
from stock_reservations r
left join orders o on o.boutique_id = r.boutique_id and o.id = r.order_id
where r.boutique_id = %(boutique_id)s and r.status = 'held'
  and (o.id is null or o.status <> 'open'
    or r.expires_at < now() - greatest(%(still)s::interval, interval '10 minutes')
      and o.payment_status not in ('pending', 'needs_review'))
""",
)

SOLD_PIECES_LEFT_THE_STOCK = Check(
    name="sold_pieces_left_the_stock",
    says="Each piece of a paid order left the stock once, and none for an order without money.",
    table="orders",
    remedy="Count the piece; an order marked `oversold` is for a person to decide.",
    sql="""
with sold as (
  select o.id, o.number, i.variant_id, sum(i.quantity) as units
  from orders o join order_items i on i.boutique_id = o.boutique_id and i.order_id = o.id
  where o.boutique_id = %(boutique_id)s and o.payment_status = 'paid'
    and o.review_reason is distinct from 'oversold' and i.variant_id is not null
  group by o.id, o.number, i.variant_id
), went as (
  select m.order_id as id, m.variant_id, -sum(m.delta) as units
  from stock_movements m
  where m.boutique_id = %(boutique_id)s and m.order_id is not null and m.reason = 'sale'
  group by m.order_id, m.variant_id
)
select coalesce(s.id, w.id)::text as id, coalesce(s.variant_id, w.variant_id)::text as variant_id,
  coalesce(s.units, 0) as sold, coalesce(w.units, 0) as went
from sold s full join went w on w.id = s.id and w.variant_id = s.variant_id
where coalesce(s.units, 0) <> coalesce(w.units, 0)
  and not exists (select from orders o where o.boutique_id = %(boutique_id)s
    and o.id = w.id and o.payment_status = 'paid' and o.review_reason = 'oversold')
""",
)

SHOP_SALES_LEFT_THE_STOCK = Check(
    name="shop_sales_left_the_stock",
    says="What was sold in the shop left the stock once, and came back when it was undone.",
    table="counter_sales",
    remedy="Count the piece, and write the difference down as an adjustment.",
    sql="""
with sold as (
  select s.id, i.variant_id, case when s.undone_at is null then sum(i.quantity) else 0 end as units
  from counter_sales s
  join counter_sale_items i on i.boutique_id = s.boutique_id and i.sale_id = s.id
  where s.boutique_id = %(boutique_id)s and i.variant_id is not null
  group by s.id, s.undone_at, i.variant_id
), went as (
  select m.counter_sale_id as id, m.variant_id, -sum(m.delta) as units
  from stock_movements m
  where m.boutique_id = %(boutique_id)s and m.counter_sale_id is not null
  group by m.counter_sale_id, m.variant_id
)
select coalesce(s.id, w.id)::text as id, coalesce(s.variant_id, w.variant_id)::text as variant_id,
  coalesce(s.units, 0) as sold, coalesce(w.units, 0) as went
from sold s full join went w on w.id = s.id and w.variant_id = s.variant_id
where coalesce(s.units, 0) <> coalesce(w.units, 0)
""",
)

RETURNS_CAME_BACK = Check(
    name="returns_came_back",
    says="What a refund puts back into the stock is in the ledger, once.",
    table="refunds",
    remedy="Count the piece, and write the difference down as an adjustment.",
    sql="""
with meant as (
  select r.refund_id as id, i.variant_id, sum(r.restocked) as units
  from refund_items r
  join order_items i on i.boutique_id = r.boutique_id and i.id = r.order_item_id
  join product_variants v on v.boutique_id = i.boutique_id and v.id = i.variant_id
  where r.boutique_id = %(boutique_id)s and r.restocked > 0
  group by r.refund_id, i.variant_id
), came as (
  select m.refund_id as id, m.variant_id, sum(m.delta) as units from stock_movements m
  where m.boutique_id = %(boutique_id)s and m.refund_id is not null
  group by m.refund_id, m.variant_id
)
select coalesce(t.id, c.id)::text as id, coalesce(t.variant_id, c.variant_id)::text as variant_id,
  coalesce(t.units, 0) as put_back, coalesce(c.units, 0) as came
from meant t full join came c on c.id = t.id and c.variant_id = t.variant_id
where coalesce(t.units, 0) <> coalesce(c.units, 0)
""",
)

CHECKS = (
    STOCK_IS_ITS_LEDGER,
    RESERVED_IS_WHAT_IS_HELD,
    NO_ORPHAN_RESERVATION,
    SOLD_PIECES_LEFT_THE_STOCK,
    SHOP_SALES_LEFT_THE_STOCK,
    RETURNS_CAME_BACK,
)
