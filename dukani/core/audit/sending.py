"""Messages that leave: each once."""

from __future__ import annotations

from dukani.core.audit.check import Check

SENT_MESSAGES_HAVE_ONE_ID = Check(
    name="sent_messages_have_one_id",
    says="A message that left has the provider's id, and no two have the same.",
    table="messages",
    remedy="Look the message up at the provider: it may have been delivered twice.",
    # Counted in one scan: a look for its like at each message took as long as 47 scans.
    sql="""
with doubled as (
  select provider_id from messages
  where boutique_id = %(boutique_id)s and provider_id is not null
  group by provider_id having count(*) > 1
)
select m.id::text, m.status::text, m.provider
from messages m
where m.boutique_id = %(boutique_id)s and m.direction = 'out' and (
  m.status in ('sent', 'delivered', 'read') and m.provider_id is null
  or m.provider_id in (select provider_id from doubled))
""",
)

OUTBOX_MOVES = Check(
    name="outbox_moves",
    says="A message that is due leaves, or fails with a reason.",
    table="messages",
    remedy="`dukani doctor` says whether messages are sent; the clock gives lost ones a new job.",
    # What a paused channel or shop holds back waits without a bound.
    sql="""
select m.id::text, m.status::text, m.attempts, m.error_code, m.created_at
from messages m
where m.boutique_id = %(boutique_id)s and m.direction = 'out' and m.status in ('queued', 'sending')
  and m.campaign_recipient_id is null
  and greatest(m.updated_at, m.send_after) < now() - %(still)s::interval
  and not exists (select from automation_channels a
    where a.boutique_id = m.boutique_id and a.channel = m.channel)
  and not exists (select from platform_pauses p
    where p.boutique_id = m.boutique_id and p.ended_at is null)
""",
)

ONE_MESSAGE_A_RECIPIENT = Check(
    name="one_message_a_recipient",
    says="A campaign reaches a person with one message.",
    table="campaign_recipients",
    remedy="Apologise to the customer if she got it twice; pause the campaign and report it.",
    sql="""
select r.id::text, r.campaign_id::text, r.state, count(m.id) as messages
from campaign_recipients r
join messages m on m.boutique_id = r.boutique_id and m.campaign_recipient_id = r.id
where r.boutique_id = %(boutique_id)s and m.status in ('sent', 'delivered', 'read')
group by r.id, r.campaign_id, r.state having count(m.id) > 1
union all
select min(r.id::text), min(r.campaign_id::text), 'two recipients of one person', count(*)
from campaign_recipients r
where r.boutique_id = %(boutique_id)s and r.state in ('accepted', 'sent', 'delivered', 'read')
group by r.occurrence_id, r.customer_id having count(*) > 1 and r.customer_id is not null
""",
)

ONE_MESSAGE_A_STEP = Check(
    name="one_message_a_step",
    says="A rule's step is sent once on a channel, and by SMS only in place of what failed.",
    table="automation_sends",
    remedy="Switch the rule off, and report it with the send's id.",
    sql="""
select s.id::text, s.rule_id::text, s.step, s.channel, s.state
from automation_sends s
where s.boutique_id = %(boutique_id)s and (
  s.message_id is not null and exists (select from automation_sends t
    where t.boutique_id = s.boutique_id and t.message_id = s.message_id and t.id <> s.id)
  or s.state in ('sent', 'delivered', 'read') and exists (select from automation_sends t
    where t.boutique_id = s.boutique_id and t.enrolment_id = s.enrolment_id and t.step = s.step
      and t.channel = s.channel and t.id <> s.id and t.state in ('sent', 'delivered', 'read'))
  or s.replaces_id is not null and s.state in ('sent', 'delivered', 'read')
    and exists (select from automation_sends t where t.boutique_id = s.boutique_id
      and t.id = s.replaces_id and t.state in ('delivered', 'read')
      and t.delivered_at < s.created_at - interval '1 minute'))
""",
)

CHECKS = (SENT_MESSAGES_HAVE_ONE_ID, OUTBOX_MOVES, ONE_MESSAGE_A_RECIPIENT, ONE_MESSAGE_A_STEP)
