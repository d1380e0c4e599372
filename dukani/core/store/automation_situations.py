"""How things stand for one enrolment at the moment it is judged: one statement, nothing kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from psycopg.rows import class_row

from dukani.core.channels import SmsProvider, WhatsAppProvider
from dukani.core.database import Connection
from dukani.core.languages import Language
from dukani.core.store.automation_enrolments import Enrolment
from dukani.core.store.consents import MAY_MARKET, MAY_SMS, OPTED_OUT

TOLD_LASTS = timedelta(days=30)  # a price that she was told of is no news in that time
UNTOLD = 2**31 - 1  # of a cart that no event told of, there is no later version
# WhatsApp does not reach her at that number.
UNREACHED_CODES = ("131026", "63003", "63024")
LIMITED_CODES = ("131049", "63049")  # WhatsApp holds back what she gets too much of


@dataclass(frozen=True, slots=True)
class Situation:
    """`identity`: the name by which marketing to her is counted.

    `replied_at`: her first message after a send of this enrolment. `bought`: what the message would
    be about, or anything since the cart was left. `is_over`: the order, cart or piece is no more.
    `available`: units of the piece, in the size it is about if it is about one, or
    pieces of the cart that are there. `limited_at`: when
    WhatsApp last held marketing to her back, `limited_times` how often in 30 days. `unreachable`:
    WhatsApp does not reach her there, as far as is known. `sms_provider`: the shop's, if any.
    `filling_until`: she has changed the cart since, and then it counts as left anew.
    """

    customer_id: str
    name: str | None = field(repr=False)
    phone: str | None = field(repr=False)
    identity: str | None = field(repr=False)
    is_gone: bool
    language: Language
    opted_out: bool
    may_market: bool
    suppressed: bool
    unreachable: bool
    may_sms: bool
    preferred_channel: Literal["whatsapp", "sms"] | None
    sms_provider: SmsProvider | None
    paused_channels: Sequence[str]
    conversation_id: str | None
    provider: WhatsAppProvider | None
    last_inbound_at: datetime | None
    handed_off_at: datetime | None
    prompt_open: bool
    bought: bool
    is_over: bool
    replied_at: datetime | None
    limited_at: datetime | None
    limited_times: int
    sent_of_rule: int
    told_before: bool
    orders: int
    available: int
    total_minor: int
    price_minor: int | None
    kinds: Sequence[str]
    filling_until: datetime | None = None


_OF_CART = """
select coalesce(sum(least(i.quantity, greatest(v.quantity - v.reserved, 0))), 0)::int as available,
  coalesce(sum(i.quantity * coalesce(v.price_minor, p.price_minor)), 0)::bigint as total_minor,
  null::bigint as price_minor, coalesce(array_agg(distinct p.category), '{}') as kinds,
  not exists (select from carts c where c.boutique_id = private.current_boutique()
    and c.id = %(subject_id)s and c.status in ('active', 'abandoned')) as is_over,
  (select c.left_at from carts c where c.boutique_id = private.current_boutique()
    and c.id = %(subject_id)s and c.status = 'active'
    and c.version > %(version)s and c.told_version < c.version) as filling_until,
  exists (select from orders o where o.boutique_id = private.current_boutique()
    and o.customer_id = %(customer_id)s and o.created_at > %(counted_from)s
    and o.status <> 'cancelled') as bought
from cart_items i
join product_variants v on v.boutique_id = i.boutique_id and v.id = i.variant_id and not v.retired
join products p on p.boutique_id = v.boutique_id and p.id = v.product_id and p.active
where i.boutique_id = private.current_boutique() and i.cart_id = %(subject_id)s"""
_OF_WINDOW_CART = """
select coalesce(sum(least((l.line ->> 1)::int, greatest(v.quantity - v.reserved, 0))), 0)::int
    as available,
  coalesce(sum((l.line ->> 1)::int * coalesce(v.price_minor, p.price_minor)), 0)::bigint
    as total_minor,
  null::bigint as price_minor,
  coalesce(array_agg(distinct p.category) filter (where p.id is not null), '{}') as kinds,
  bool_and(w.ended_at is not null) is not false as is_over,
  max(w.left_at) filter (where w.version > %(version)s and w.told_version < w.version)
    as filling_until,
  exists (select from orders o where o.boutique_id = private.current_boutique()
    and o.customer_id = %(customer_id)s and o.created_at > %(counted_from)s
    and o.status <> 'cancelled') as bought
from window_carts w
cross join lateral jsonb_array_elements(w.lines) l (line)
left join product_variants v on v.boutique_id = w.boutique_id
  and v.id = (l.line ->> 0)::uuid and not v.retired
left join products p on p.boutique_id = v.boutique_id and p.id = v.product_id and p.active
where w.boutique_id = private.current_boutique() and w.id = %(subject_id)s"""
_OF_ORDER = """
select 1 as available, coalesce(max(o.total_minor), 0)::bigint as total_minor,
  null::bigint as price_minor, coalesce(array_agg(distinct i.category), '{}') as kinds,
  bool_and(o.status = 'cancelled' or o.refund_status = 'all'
    or o.fulfilment_status = 'returned') is not false as is_over,
  null::timestamptz as filling_until,
  -- A failed payment that was made good, and an order that was replaced by another.
  coalesce(bool_or(o.payment_status in ('paid', 'needs_review') or exists (
    select from orders n where n.boutique_id = o.boutique_id and n.replaces_id = o.id)), false)
    as bought
from orders o
join order_items i on i.boutique_id = o.boutique_id and i.order_id = o.id
where o.boutique_id = private.current_boutique() and o.id = %(subject_id)s"""
_OF_PRODUCT = """
select coalesce(sum(greatest(v.quantity - v.reserved, 0)) filter (where not v.retired), 0)::int
    as available,
  0::bigint as total_minor, min(coalesce(v.price_minor, p.price_minor)) filter (
    where not v.retired) as price_minor,
  coalesce(array_agg(distinct p.category), '{}') as kinds,
  bool_and(not p.active) is not false as is_over,
  null::timestamptz as filling_until,
  exists (select from orders o
    join order_items i on i.boutique_id = o.boutique_id and i.order_id = o.id
    join product_variants x on x.boutique_id = i.boutique_id and x.id = i.variant_id
    where o.boutique_id = private.current_boutique() and o.customer_id = %(customer_id)s
      and o.payment_status = 'paid' and o.created_at > %(began_at)s
      and x.product_id = %(subject_id)s) as bought
from products p
left join product_variants v on v.boutique_id = p.boutique_id and v.product_id = p.id
  and (%(variant_id)s::uuid is null or v.id = %(variant_id)s::uuid)
where p.boutique_id = private.current_boutique() and p.id = %(subject_id)s"""
_OF_CONVERSATION = """
select 1 as available, 0::bigint as total_minor, null::bigint as price_minor,
  '{}'::text[] as kinds, false as is_over, false as bought, null::timestamptz as filling_until"""
_OF = {
    "cart": _OF_CART,
    "window_cart": _OF_WINDOW_CART,
    "order": _OF_ORDER,
    "product": _OF_PRODUCT,
    "conversation": _OF_CONVERSATION,
}

_SITUATION = f"""
select c.id::text as customer_id, c.name, c.phone,
  coalesce(c.phone, c.wa_user_id) as identity,
  coalesce(c.wa_user_id, '') ~ '^(merged|erased|former):' as is_gone,
  coalesce(c.language, b.language) as language,
  {OPTED_OUT.format(customer="c")} as opted_out, {MAY_MARKET.format(customer="c")} as may_market,
  exists (select from suppressed_identities s where s.boutique_id = c.boutique_id
    and s.identity in (c.phone, c.wa_user_id) and s.reason <> 'unreachable') as suppressed,
  exists (select from suppressed_identities s where s.boutique_id = c.boutique_id
      and s.identity in (c.phone, c.wa_user_id) and s.reason = 'unreachable')
    or held.unreached_at > coalesce(v.last_inbound_at, '-infinity') as unreachable,
  {MAY_SMS.format(customer="c")} as may_sms, c.preferred_channel,
  (select k.provider from provider_credentials k where k.boutique_id = c.boutique_id and k.active
    and k.provider in ('twilio_sms', 'africastalking') limit 1) as sms_provider,
  (select coalesce(array_agg(p.channel), '{{{{}}}}') from automation_channels p
   where p.boutique_id = c.boutique_id) as paused_channels,
  v.id::text as conversation_id, v.provider, v.last_inbound_at, v.handed_off_at,
  exists (select from payments p
    join orders o on o.boutique_id = p.boutique_id and o.id = p.order_id
    where p.boutique_id = c.boutique_id and o.customer_id = c.id and p.provider <> 'manual'
      and p.status in ('requested', 'sending', 'pending')) as prompt_open,
  its.bought, its.is_over, its.available, its.total_minor, its.price_minor, its.kinds,
  its.filling_until,
  (select min(m.created_at) from messages m
   where m.boutique_id = v.boutique_id and m.conversation_id = v.id and m.direction = 'in'
     and m.author = 'customer' and m.created_at > (
       select min(s.created_at) from automation_sends s
       where s.boutique_id = c.boutique_id and s.enrolment_id = %(id)s)) as replied_at,
  held.limited_at, held.limited_times,
  (select count(*) from automation_sends s
   where s.boutique_id = c.boutique_id and s.customer_id = c.id and s.rule_id = %(rule_id)s
     and s.state not in ('failed', 'cancelled') and s.enrolment_id <> %(id)s
     and s.created_at > now() - %(cap_days)s * interval '1 day')::int as sent_of_rule,
  exists (select from automation_enrolments e
    join automation_sends s on s.boutique_id = e.boutique_id and s.enrolment_id = e.id
    where e.boutique_id = c.boutique_id and e.customer_id = c.id and e.rule_id = %(rule_id)s
      and e.subject_id = %(subject_id)s and e.id <> %(id)s
      and s.state not in ('failed', 'cancelled') and s.created_at > now() - %(told_lasts)s::interval
      and (e.facts ->> 'now_minor')::bigint <= its.price_minor) as told_before,
  (select count(*) from orders o where o.boutique_id = c.boutique_id and o.customer_id = c.id
    and o.payment_status = 'paid' and o.refund_status <> 'all')::int as orders
from customers c
join boutiques b on b.id = c.boutique_id
left join conversations v on v.boutique_id = c.boutique_id and v.customer_id = c.id
cross join lateral (
  select max(m.updated_at) filter (where m.error_code = any(%(limited_codes)s)) as limited_at,
    (count(*) filter (where m.error_code = any(%(limited_codes)s)))::int as limited_times,
    max(m.updated_at) filter (where m.error_code = any(%(unreached_codes)s)) as unreached_at
  from messages m
  where m.boutique_id = v.boutique_id and m.conversation_id = v.id and m.direction = 'out'
    and m.status = 'failed' and m.channel = 'whatsapp'
    and m.created_at > now() - interval '30 days'
) held
cross join lateral ({{of}}) its
where c.boutique_id = private.current_boutique() and c.id = %(customer_id)s
"""


async def of_enrolment(conn: Connection, enrolment: Enrolment, *, cap_days: int) -> Situation:
    """Raises LookupError when the customer is gone: the enrolment went with her."""
    async with conn.cursor(row_factory=class_row(Situation)) as cursor:
        await cursor.execute(
            _SITUATION.replace("{of}", _OF[enrolment.subject_kind]).encode(),
            {
                "id": enrolment.id,
                "rule_id": enrolment.rule_id,
                "customer_id": enrolment.customer_id,
                "subject_id": enrolment.subject_id,
                "counted_from": enrolment.counted_from,
                "version": enrolment.facts.get("version") or UNTOLD,
                "variant_id": enrolment.facts.get("variant_id"),
                "began_at": enrolment.began_at,
                "cap_days": cap_days,
                "told_lasts": TOLD_LASTS,
                "limited_codes": list(LIMITED_CODES),
                "unreached_codes": list(UNREACHED_CODES),
            },
        )
        found = await cursor.fetchone()
    if found is None:
        raise LookupError(enrolment.customer_id)
    return found
