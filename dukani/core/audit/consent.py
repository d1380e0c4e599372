"""Who agreed to be written to, at the time when she was."""

from __future__ import annotations

from dukani.core.audit.check import Check

# A message is judged as it leaves, and its row has the provider's answer some moments later: a stop
# in between could not hold it back any more.
OFFERS_HAVE_CONSENT = Check(
    name="offers_have_consent",
    says="Each offer that left had a recorded yes in force, and no stop.",
    table="messages",
    remedy="Apologise to the customer, write her stop down, and pause what sent it.",
    sql="""
with offers as (
  select m.id, m.channel, v.customer_id,
    coalesce(r.posting_at, m.sent_at, r.accepted_at, m.created_at) as left_at
  from messages m
  join conversations v on v.boutique_id = m.boutique_id and v.id = m.conversation_id
  left join campaign_recipients r
    on r.boutique_id = m.boutique_id and r.id = m.campaign_recipient_id
  where m.boutique_id = %(boutique_id)s and m.direction = 'out' and m.purpose = 'marketing'
    and m.status in ('sent', 'delivered', 'read')
)
select o.id::text, o.customer_id::text, o.channel, o.left_at
from offers o
where not (
  coalesce((select c.granted from consents c where c.boutique_id = %(boutique_id)s
    and c.customer_id = o.customer_id and c.purpose = 'marketing'
    and c.created_at <= o.left_at - interval '1 minute' order by c.id desc limit 1), false)
  or coalesce((select c.granted from consents c where c.boutique_id = %(boutique_id)s
    and c.customer_id = o.customer_id and c.purpose = 'marketing'
    and c.created_at <= o.left_at order by c.id desc limit 1), false))
or not (
  coalesce((select c.granted from consents c where c.boutique_id = %(boutique_id)s
    and c.customer_id = o.customer_id and c.purpose = 'assistant'
    and c.created_at <= o.left_at - interval '1 minute' order by c.id desc limit 1), true)
  or coalesce((select c.granted from consents c where c.boutique_id = %(boutique_id)s
    and c.customer_id = o.customer_id and c.purpose = 'assistant'
    and c.created_at <= o.left_at order by c.id desc limit 1), true))
""",
)

SMS_HAS_CONSENT = Check(
    name="sms_has_consent",
    says="Whoever is written to by SMS agreed to it; a stop is confirmed once.",
    table="messages",
    remedy="Apologise to the customer, write her stop down, and pause what sent it.",
    sql="""
select m.id::text, v.customer_id::text, m.purpose, m.sent_at
from messages m
join conversations v on v.boutique_id = m.boutique_id and v.id = m.conversation_id
where m.boutique_id = %(boutique_id)s and m.direction = 'out' and m.channel = 'sms'
  and m.purpose <> 'reply' and m.status in ('sent', 'delivered', 'read')
  and not coalesce((select c.granted from consents c where c.boutique_id = m.boutique_id
    and c.customer_id = v.customer_id and c.purpose = 'sms'
    and c.created_at <= coalesce(m.sent_at, m.created_at) - interval '1 minute'
    order by c.id desc limit 1), false)
  and not coalesce((select c.granted from consents c where c.boutique_id = m.boutique_id
    and c.customer_id = v.customer_id and c.purpose = 'sms'
    and c.created_at <= coalesce(m.sent_at, m.created_at) order by c.id desc limit 1), false)
""",
)

THE_SUPPRESSED_GOT_NOTHING = Check(
    name="the_suppressed_got_nothing",
    says="Nobody who cannot be reached or complained got an offer after that.",
    table="messages",
    remedy="Apologise to the customer, and pause what sent it.",
    sql="""
select m.id::text, s.reason, s.created_at as suppressed_at
from suppressed_identities s
join customers c on c.boutique_id = s.boutique_id
  and s.identity in (c.phone, c.wa_user_id)
join conversations v on v.boutique_id = c.boutique_id and v.customer_id = c.id
join messages m on m.boutique_id = v.boutique_id and m.conversation_id = v.id
left join campaign_recipients r on r.boutique_id = m.boutique_id and r.id = m.campaign_recipient_id
where s.boutique_id = %(boutique_id)s and m.direction = 'out' and m.purpose = 'marketing'
  and m.status in ('sent', 'delivered', 'read')
  and coalesce(r.posting_at, m.sent_at, r.accepted_at, m.created_at)
    > s.created_at + interval '1 minute'
""",
)

CHECKS = (OFFERS_HAVE_CONSENT, SMS_HAS_CONSENT, THE_SUPPRESSED_GOT_NOTHING)
