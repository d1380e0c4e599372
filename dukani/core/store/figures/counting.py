"""The statements that count figures from the rows, a day of the boutique a row.

Parameters: `zone` (IANA), and `since` and `until`, midnights of that zone; `until` is excluded.
"""

from __future__ import annotations

from typing import LiteralString

from dukani.core.store.chat_sessions import LASTS

# Upper ends, in seconds, of how long a customer waited for an answer; the last class has none.
ANSWERED_WITHIN_S = (5, 30, 120, 600, 3600)
_CLASSES: LiteralString = "array[5, 30, 120, 600, 3600]::float8[]"

# For an order as `o`: the session in which it was placed.
_SESSION_OF_ORDER: LiteralString = f"""s.boutique_id = o.boutique_id
  and s.conversation_id = o.conversation_id
  and s.started_at <= o.created_at and s.started_at > o.created_at - {LASTS}"""

# An order is a sale of the day on which it was paid; one in the shop, of the day it was made.
SALES: LiteralString = f"""
select on_day, sum(orders)::int as orders, sum(orders_minor)::bigint as orders_minor,
  sum(alone)::int as alone, sum(alone_minor)::bigint as alone_minor,
  sum(counter_sales)::int as counter_sales, sum(counter_minor)::bigint as counter_minor,
  sum(refunds)::int as refunds, sum(refunds_minor)::bigint as refunds_minor
from (
  select (p.paid_at at time zone %(zone)s)::date as on_day, 1 as orders,
    p.total_minor as orders_minor, p.alone::int as alone,
    case when p.alone then p.total_minor else 0 end as alone_minor,
    0 as counter_sales, 0::bigint as counter_minor, 0 as refunds, 0::bigint as refunds_minor
  from (
    select o.paid_at, o.total_minor,
      not exists (select from chat_sessions s where {_SESSION_OF_ORDER} and s.with_person) as alone
    from orders o
    where o.boutique_id = private.current_boutique() and o.payment_status = 'paid'
      and o.paid_at >= %(since)s and o.paid_at < %(until)s
  ) p
  union all
  select (s.created_at at time zone %(zone)s)::date, 0, 0, 0, 0, 1, s.total_minor, 0, 0
  from counter_sales s
  where s.boutique_id = private.current_boutique() and s.undone_at is null
    and s.created_at >= %(since)s and s.created_at < %(until)s
  union all
  select (r.created_at at time zone %(zone)s)::date, 0, 0, 0, 0, 0, 0, 1, r.amount_minor
  from refunds r
  where r.boutique_id = private.current_boutique()
    and r.created_at >= %(since)s and r.created_at < %(until)s
) one_by_one
group by on_day"""

KINDS: LiteralString = """
select on_day, category, sum(pieces)::int as pieces, sum(minor)::bigint as minor
from (
  select (o.paid_at at time zone %(zone)s)::date as on_day, i.category, i.quantity as pieces,
    i.quantity * i.unit_price_minor as minor
  from orders o join order_items i on i.boutique_id = o.boutique_id and i.order_id = o.id
  where o.boutique_id = private.current_boutique() and o.payment_status = 'paid'
    and o.paid_at >= %(since)s and o.paid_at < %(until)s
  union all
  select (s.created_at at time zone %(zone)s)::date, i.category, i.quantity,
    i.quantity * i.unit_price_minor
  from counter_sales s
  join counter_sale_items i on i.boutique_id = s.boutique_id and i.sale_id = s.id
  where s.boutique_id = private.current_boutique() and s.undone_at is null
    and s.created_at >= %(since)s and s.created_at < %(until)s
) sold
group by on_day, category"""

# A sale in the shop to nobody known is nobody's first. Dates are compared, not moments: where
# clocks are put back at midnight, midnight is twice, and PostgreSQL means the later one.
BUYERS: LiteralString = """
select b.on_day, b.customer_id,
  not exists (select from orders e
    where e.boutique_id = private.current_boutique() and e.customer_id = b.customer_id
      and e.payment_status = 'paid' and (e.paid_at at time zone %(zone)s)::date < b.on_day)
  and not exists (select from counter_sales e
    where e.boutique_id = private.current_boutique() and e.customer_id = b.customer_id
      and e.undone_at is null and (e.created_at at time zone %(zone)s)::date < b.on_day)
    as is_first
from (
  select (o.paid_at at time zone %(zone)s)::date as on_day, o.customer_id
  from orders o
  where o.boutique_id = private.current_boutique() and o.payment_status = 'paid'
    and o.paid_at >= %(since)s and o.paid_at < %(until)s
  union
  select (s.created_at at time zone %(zone)s)::date, s.customer_id
  from counter_sales s
  where s.boutique_id = private.current_boutique() and s.undone_at is null
    and s.customer_id is not null
    and s.created_at >= %(since)s and s.created_at < %(until)s
) b"""

# For a session as `s`: how far it came. A stage that was skipped counts as reached. Sessions
# overlap where two conversations became one: an order is of the one that began last.
STAGE: LiteralString = f"""case
  when exists (select from orders o where {_SESSION_OF_ORDER} and o.payment_status = 'paid'
    and not exists (select from chat_sessions l
      where l.boutique_id = s.boutique_id and l.conversation_id = s.conversation_id
        and l.started_at > s.started_at and l.started_at <= o.created_at)) then 4
  when s.quoted then 3 when s.in_cart then 2 when s.shown then 1 else 0 end"""

_SESSIONS: LiteralString = f"""
select (s.started_at at time zone %(zone)s)::date as on_day, {STAGE} as stage, s.with_person,
  s.misunderstood, s.turns
from chat_sessions s
where s.boutique_id = private.current_boutique()
  and s.started_at >= %(since)s and s.started_at < %(until)s"""

# A customer waits from the first message that nobody has answered to the first that answers it.
# News of an order and campaigns answer nobody; who waited longer than a day was not answered.
_LAST_SAID: LiteralString = """(select p.seq from messages p
  where p.boutique_id = m.boutique_id and p.conversation_id = m.conversation_id
    and p.seq < m.seq and p.direction = 'out' and p.purpose = 'reply'
  order by p.seq desc limit 1)"""
_WAITS: LiteralString = f"""
select (w.created_at at time zone %(zone)s)::date as on_day, w.author,
  width_bucket(extract(epoch from w.created_at - w.asked_at)::float8, {_CLASSES}) as class
from (
  select m.created_at, m.author, (select min(i.created_at) from messages i
    where i.boutique_id = m.boutique_id and i.conversation_id = m.conversation_id
      and i.seq < m.seq and i.seq > coalesce({_LAST_SAID}, 0) and i.direction = 'in') as asked_at
  from messages m
  where m.boutique_id = private.current_boutique() and m.conversation_id is not null
    and m.direction = 'out' and m.author in ('assistant', 'staff') and m.purpose = 'reply'
    and m.created_at >= %(since)s and m.created_at < %(until)s
) w
where w.created_at - w.asked_at < interval '1 day'"""

_BY_CLASS: LiteralString = (
    "array["
    "count(*) filter (where author = WHO and class = 0),"
    "count(*) filter (where author = WHO and class = 1),"
    "count(*) filter (where author = WHO and class = 2),"
    "count(*) filter (where author = WHO and class = 3),"
    "count(*) filter (where author = WHO and class = 4),"
    "count(*) filter (where author = WHO and class = 5)]::int[]"
)
_NO_ANSWERS: LiteralString = "array[0, 0, 0, 0, 0, 0]"

CHATS: LiteralString = f"""
with talks as (
  select on_day, count(*)::int as sessions,
    count(*) filter (where stage >= 1)::int as shown,
    count(*) filter (where stage >= 2)::int as in_cart,
    count(*) filter (where stage >= 3)::int as quoted,
    count(*) filter (where stage >= 4)::int as paid,
    count(*) filter (where with_person)::int as with_person,
    count(*) filter (where misunderstood > 0)::int as misunderstanding,
    sum(turns)::int as turns, sum(misunderstood)::int as misunderstood
  from ({_SESSIONS}) s group by on_day
), waits as (
  select on_day, {_BY_CLASS.replace("WHO", "'assistant'")} as assistant_answers,
    {_BY_CLASS.replace("WHO", "'staff'")} as person_answers
  from ({_WAITS}) w group by on_day
)
select on_day, coalesce(sessions, 0) as sessions, coalesce(shown, 0) as shown,
  coalesce(in_cart, 0) as in_cart, coalesce(quoted, 0) as quoted, coalesce(paid, 0) as paid,
  coalesce(with_person, 0) as with_person, coalesce(misunderstanding, 0) as misunderstanding,
  coalesce(turns, 0) as turns, coalesce(misunderstood, 0) as misunderstood,
  coalesce(assistant_answers, {_NO_ANSWERS}) as assistant_answers,
  coalesce(person_answers, {_NO_ANSWERS}) as person_answers
from talks full join waits using (on_day)"""

MODELS: LiteralString = """
select t.on_day, t.model, sum(t.calls)::bigint as calls,
  sum(t.input_tokens)::bigint as input_tokens, sum(t.output_tokens)::bigint as output_tokens
from token_usage t
where t.boutique_id = private.current_boutique()
  and t.on_day >= (%(since)s at time zone %(zone)s)::date
  and t.on_day < (%(until)s at time zone %(zone)s)::date
group by t.on_day, t.model"""
