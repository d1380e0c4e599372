"""What is known of a shop's set-up, in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.payment_providers import PaymentProvider


@dataclass(frozen=True, slots=True)
class ShopSetUp:
    """What is known of a shop's set-up."""

    name: str
    owner_phone: str | None = field(repr=False)
    says_hours: bool
    zones: int  # pickup is one too
    says_delivery: bool
    says_returns: bool
    pieces: int  # on sale, with a picture and stock
    people: int
    has_number: bool
    number_checked_at: datetime | None
    number_problem: str | None
    last_message_at: datetime | None  # that came in since the number is this one
    pays_by: PaymentProvider
    has_mpesa: bool  # credentials of what it is paid by
    till_or_paybill: bool  # told to customers who pay by hand
    paid_by_prompt: bool  # a test or a customer, since the account is this one
    alert_templates_approved: bool  # every one, in some language
    alerts_refused: bool  # a note of the last week, because the owner had not written


# Pieces are counted no further than is asked for.
_SET_UP = """
select b.name, b.owner_phone,
  coalesce(b.shop_info -> 'hours', 'null') <> 'null' as says_hours,
  (select count(*)::int from delivery_zones z where z.boutique_id = b.id) as zones,
  coalesce(b.shop_info -> 'delivery', 'null') <> 'null' or b.delivery_fee_minor > 0
    as says_delivery,
  coalesce(b.shop_info -> 'returns', b.shop_info -> 'returns_days', 'null') <> 'null'
    as says_returns,
  (select count(*)::int from (
     select from products p where p.boutique_id = b.id and p.active
       and exists (select from product_images i
         where i.boutique_id = b.id and i.product_id = p.id)
       and exists (select from product_variants v
         where v.boutique_id = b.id and v.product_id = p.id and v.available > 0)
     limit %(least)s) found) as pieces,
  (select count(*)::int from boutique_members m where m.boutique_id = b.id) as people,
  line.account is not null as has_number, line.checked_at as number_checked_at,
  line.problem as number_problem,
  (select max(c.last_inbound_at) from conversations c
   where c.boutique_id = b.id and c.provider = b.whatsapp_provider
     and c.last_inbound_at >= line.account_since) as last_message_at,
  b.payment_provider as pays_by, money.account is not null as has_mpesa,
  b.shop_info ?| array['till', 'paybill'] as till_or_paybill,
  exists (select from mpesa_tests t
      join mpesa_test_steps s on s.boutique_id = t.boutique_id and s.test_id = t.id
      where t.boutique_id = b.id and t.account = money.account and s.step = 'ended'
        and s.result_code = '0')
    or exists (select from payments p where p.boutique_id = b.id and p.status = 'succeeded'
      and p.provider <> 'manual' and p.created_at >= money.account_since) as paid_by_prompt,
  not exists (select from unnest(%(alert_templates)s::text[]) wanted (name)
    where not exists (select from message_templates t
      where t.boutique_id = b.id and t.provider = b.whatsapp_provider and t.name = wanted.name
        and t.status = 'approved')) as alert_templates_approved,
  exists (select from messages m
    where m.boutique_id = b.id and m.conversation_id is null and m.direction = 'out'
      and m.status = 'failed' and m.error_code in ('131047', '63016')
      and m.updated_at > now() - interval '7 days') as alerts_refused
from boutiques b
left join provider_credentials line
  on line.boutique_id = b.id and line.provider = b.whatsapp_provider and line.active
  and not line.shared  -- customers find a shop by a number of its own
left join provider_credentials money
  on money.boutique_id = b.id and money.provider = b.payment_provider and money.active
where b.id = %(boutique_id)s
"""


async def of_boutique(
    conn: Connection, *, boutique_id: str, least_pieces: int, alert_templates: Sequence[str]
) -> ShopSetUp | None:
    """An owner's connection or the system's: staff do not see which accounts there are."""
    async with conn.cursor(row_factory=class_row(ShopSetUp)) as cursor:
        await cursor.execute(
            _SET_UP.encode(),
            {
                "boutique_id": boutique_id,
                "least": least_pieces,
                "alert_templates": list(alert_templates),
            },
        )
        return await cursor.fetchone()
