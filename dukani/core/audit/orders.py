"""Orders, their payments, refunds and sendings."""

from __future__ import annotations

from dukani.core.audit.check import Check

PAID_ORDERS_HAVE_MONEY = Check(
    name="paid_orders_have_their_money",
    says="A paid order has one payment that succeeded, of its total.",
    table="orders",
    remedy="Compare with M-Pesa's statement; refund what is too much, ask for what is missing.",
    # Whoever marked the order for review knows of the sum: a person decides there.
    sql="""
select o.id::text, o.number, o.total_minor, coalesce(m.payments, 0) as payments,
  coalesce(m.received, 0) as received
from orders o
left join lateral (
  select count(*) as payments, sum(coalesce(p.received_minor, p.amount_minor)) as received
  from payments p
  where p.boutique_id = o.boutique_id and p.order_id = o.id and p.status = 'succeeded'
) m on true
where o.boutique_id = %(boutique_id)s and o.payment_status = 'paid'
  and (coalesce(m.payments, 0) <> 1 or m.received <> o.total_minor and o.review_reason is null)
""",
)

MONEY_CONFIRMS = Check(
    name="money_confirms_its_order",
    says="An order whose payment succeeded is paid and confirmed, and no other is.",
    table="orders",
    remedy="Open the order: the money is in. Confirm it by hand, or give the money back.",
    sql="""
select o.id::text, o.number, o.status, o.payment_status
from orders o
where o.boutique_id = %(boutique_id)s and (
  (o.payment_status = 'paid') <> (o.paid_at is not null)
  or o.status = 'confirmed' and o.payment_status <> 'paid'
  or o.payment_status = 'paid' and o.status = 'open'
  or o.payment_status <> 'paid' and exists (
    select from payments p where p.boutique_id = o.boutique_id and p.order_id = o.id
      and p.status = 'succeeded'))
""",
)

PROMPTS_ARE_OF_THE_QUOTE = Check(
    name="prompts_are_of_the_quote",
    says="Nobody is asked for another sum than the total of the order that she agreed to.",
    table="payments",
    remedy="Tell the customer and give back the difference; then look who wrote the order's sums.",
    sql="""
select p.id::text, o.number, p.amount_minor, o.total_minor
from payments p
join orders o on o.boutique_id = p.boutique_id and o.id = p.order_id
where p.boutique_id = %(boutique_id)s and p.amount_minor <> o.total_minor
""",
)

ORDERS_ADD_UP = Check(
    name="orders_add_up",
    says="An order's total is its pieces and its delivery.",
    table="orders",
    remedy="The order's pieces were changed after they were added up: tell the shop's owner.",
    sql="""
select o.id::text, o.number, o.items_minor, i.minor as of_its_pieces, o.total_minor
from orders o
left join lateral (
  select sum(i.unit_price_minor * i.quantity) as minor from order_items i
  where i.boutique_id = o.boutique_id and i.order_id = o.id
) i on true
where o.boutique_id = %(boutique_id)s
  and (i.minor is distinct from o.items_minor
    or o.total_minor <> o.items_minor + o.delivery_minor)
""",
)

ONE_RECEIPT_ONE_THING = Check(
    name="one_receipt_one_thing",
    says="A receipt of M-Pesa's pays one order, one sale in the shop or one debt.",
    table="payments",
    remedy="Look the receipt up on M-Pesa's statement: what it did not pay is still owed.",
    sql="""
with paid as (
  select upper(receipt) as receipt, 'payment:' || id as thing from payments
  where boutique_id = %(boutique_id)s and receipt is not null
  union all
  select upper(reference), 'sale:' || id from counter_sales
  where boutique_id = %(boutique_id)s and reference is not null and undone_at is null
    and paid_by = 'mpesa'
  union all
  select upper(reference), 'debt_payment:' || id from debt_payments
  where boutique_id = %(boutique_id)s and reference is not null and taken_back_at is null
)
select min(thing) as id, receipt, array_agg(thing order by thing) as things
from paid group by receipt having count(*) > 1
""",
)

NO_PAYMENT_IS_FORGOTTEN = Check(
    name="no_payment_is_forgotten",
    says="M-Pesa is asked about every prompt until its end is known, or a person has it.",
    table="payments",
    remedy="`dukani doctor` says whether the queue of payments runs; then retry its jobs.",
    sql="""
select p.id::text, o.number, p.status, p.created_at
from payments p
join orders o on o.boutique_id = p.boutique_id and o.id = p.order_id
where p.boutique_id = %(boutique_id)s and p.provider <> 'manual'
  and p.status in ('requested', 'sending', 'pending')
  and coalesce(p.sent_at, p.created_at) < now() - %(still)s::interval
""",
)

REPORTED_MONEY_COUNTS = Check(
    name="reported_money_counts",
    says="What M-Pesa reported as paid, at a prompt's own address, is paid, or a person has it.",
    table="payments",
    remedy="Replay the callback on /platform; if it stays, confirm the order or give it back.",
    # A review that a person ended says itself that no money came.
    sql="""
select p.id::text, o.number, p.status, e.id as callback, e.created_at as reported_at
from webhook_events e
join payments p on p.boutique_id = e.boutique_id and p.id::text = e.envelope ->> 'payment_id'
join orders o on o.boutique_id = p.boutique_id and o.id = p.order_id
where e.boutique_id = %(boutique_id)s and e.kind = 'payment'
  and e.outcome in ('stored', 'handled')
  and e.payload #>> '{Body,stkCallback,ResultCode}' = '0'
  and e.payload #>> '{Body,stkCallback,CheckoutRequestID}' = p.checkout_request_id
  and e.created_at < now() - %(still)s::interval
  and p.status not in ('succeeded', 'needs_review')
  and (p.status <> 'failed' or p.review_reason is null)
""",
)

REFUNDS_ADD_UP = Check(
    name="refunds_add_up",
    says="No more goes back than came in, and the order says how much did.",
    table="orders",
    remedy="Compare the refunds with M-Pesa's statement; the order's own sum follows them.",
    sql="""
select o.id::text, o.number, o.refunded_minor, r.minor as of_its_refunds,
  private.received_for_order(o.boutique_id, o.id) as received
from orders o
left join lateral (
  select coalesce(sum(r.amount_minor), 0) as minor from refunds r
  where r.boutique_id = o.boutique_id and r.order_id = o.id
) r on true
where o.boutique_id = %(boutique_id)s and (o.refunded_minor > 0 or r.minor > 0)
  and (r.minor <> o.refunded_minor
    or r.minor > private.received_for_order(o.boutique_id, o.id)
    or (o.refund_status = 'none') <> (r.minor = 0))
""",
)

NO_MORE_THAN_ORDERED = Check(
    name="no_more_than_ordered",
    says="Of each piece no more is sent or refunded than was ordered.",
    table="order_items",
    remedy="Ask who packed it: the sending or the refund names a piece too often.",
    sql="""
select i.id::text, i.order_id::text, i.quantity, coalesce(d.sent, 0) as sent,
  coalesce(r.refunded, 0) as refunded
from order_items i
left join lateral (
  select sum(d.quantity) as sent from dispatch_items d
  where d.boutique_id = i.boutique_id and d.order_item_id = i.id
) d on true
left join lateral (
  select sum(r.quantity) as refunded, sum(r.unsent) as unsent from refund_items r
  where r.boutique_id = i.boutique_id and r.order_item_id = i.id
) r on true
where i.boutique_id = %(boutique_id)s
  and (coalesce(d.sent, 0) + coalesce(r.unsent, 0) > i.quantity or r.refunded > i.quantity)
""",
)

CHECKS = (
    PAID_ORDERS_HAVE_MONEY,
    MONEY_CONFIRMS,
    PROMPTS_ARE_OF_THE_QUOTE,
    ORDERS_ADD_UP,
    ONE_RECEIPT_ONE_THING,
    NO_PAYMENT_IS_FORGOTTEN,
    REPORTED_MONEY_COUNTS,
    REFUNDS_ADD_UP,
    NO_MORE_THAN_ORDERED,
)
