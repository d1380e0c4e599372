"""What is claimed, planned or enrolled comes to its end."""

from __future__ import annotations

from dukani.core.audit.check import Check

CAMPAIGNS_END_WHOLE = Check(
    name="campaigns_end_whole",
    says="Whoever a campaign was to reach has an end when the campaign has one.",
    table="campaign_recipients",
    remedy="The clock skips who is left (`dukani worker`); who is `posting` becomes unknown.",
    sql="""
select r.id::text, r.campaign_id::text, r.state, o.status as occurrence
from campaign_recipients r
join campaign_occurrences o on o.boutique_id = r.boutique_id and o.id = r.occurrence_id
where r.boutique_id = %(boutique_id)s and (
  r.state in ('planned', 'posting') and o.status in ('completed', 'cancelled', 'failed')
    and o.ended_at < now() - %(still)s::interval
  or r.state = 'posting' and coalesce(r.lease_until, r.posting_at) < now() - %(still)s::interval)
""",
)

RECIPIENTS_AGREE_WITH_THEIR_MESSAGES = Check(
    name="recipients_agree_with_messages",
    says="Who is told as reached has a message that left, and who was left out has none.",
    table="campaign_recipients",
    remedy="Look the message up at the provider; its status settles what is unknown.",
    sql="""
select r.id::text, r.campaign_id::text, r.state, m.status::text
from campaign_recipients r
left join messages m on m.boutique_id = r.boutique_id and m.id = r.message_id
where r.boutique_id = %(boutique_id)s and (
  r.state in ('accepted', 'sent', 'delivered', 'read')
    and (m.id is null or m.status in ('queued', 'sending') or m.provider_id is null)
  or r.state = 'skipped' and m.status in ('sent', 'delivered', 'read'))
""",
)

SENDS_ARE_PAID_FOR = Check(
    name="sends_are_paid_for",
    says="The tokens of a send that ended are spent, or back.",
    table="campaign_recipients",
    remedy="The clock ends them (`dukani worker`); what stays is given back by hand.",
    sql="""
select r.id::text, r.state, h.tokens
from campaign_recipients r
join (
  select holder, sum(tokens) as tokens from wallet_entries
  where boutique_id = %(boutique_id)s and account = 'held' and holder like 'send:%%'
  group by holder having sum(tokens) <> 0
) h on h.holder = 'send:' || r.id
where r.boutique_id = %(boutique_id)s and r.state in ('delivered', 'read', 'failed', 'skipped')
  and coalesce(r.read_at, r.delivered_at, r.failed_at, r.skipped_at) < now() - %(still)s::interval
""",
)

ENROLMENTS_END = Check(
    name="enrolments_end",
    says="A rule that is on takes each customer to its end in time, and holds out whom it must.",
    table="automation_enrolments",
    remedy="`dukani doctor` says whether rules run; then look at the rule's last decisions.",
    sql="""
select e.id::text, e.rule_id::text, e.state, e.due_at, e.held_out
from automation_enrolments e
join automation_rules r on r.boutique_id = e.boutique_id and r.id = e.rule_id
where e.boutique_id = %(boutique_id)s and (
  e.state = 'active' and r.is_on and r.removed_at is null
    and e.due_at < now() - greatest(%(still)s::interval, interval '1 minute')
  or e.held_out and exists (select from automation_sends s
    where s.boutique_id = e.boutique_id and s.enrolment_id = e.id and s.forced_by is null))
""",
)

SENDS_AGREE_WITH_THEIR_MESSAGES = Check(
    name="sends_agree_with_messages",
    says="A rule's send has come as far as its message.",
    table="automation_sends",
    remedy="A status was lost between the two: report it with the send's id.",
    sql="""
select s.id::text, s.state, m.status::text
from automation_sends s
join messages m on m.boutique_id = s.boutique_id and m.id = s.message_id
where s.boutique_id = %(boutique_id)s
  and (s.state in ('delivered', 'read') and m.status in ('queued', 'sending')
    or s.state = 'queued' and m.status in ('sent', 'delivered', 'read'))
""",
)

LISTS_END = Check(
    name="lists_and_exports_end",
    says="An import of pieces or an export that was begun comes to an end.",
    table="piece_imports",
    remedy="`dukani doctor` says whether the owner's queue runs; begin it again.",
    sql="""
select i.id::text, 'piece_import' as what, i.status from piece_imports i
where i.boutique_id = %(boutique_id)s and i.status in ('checking', 'importing', 'picturing')
  and i.touched_at < now() - %(still)s::interval - interval '10 minutes'
union all
select x.id::text, 'export', x.status from boutique_exports x
where x.boutique_id = %(boutique_id)s and x.status in ('waiting', 'running')
  and x.created_at < now() - %(still)s::interval - interval '1 hour'
""",
)

CHECKS = (
    CAMPAIGNS_END_WHOLE,
    RECIPIENTS_AGREE_WITH_THEIR_MESSAGES,
    SENDS_ARE_PAID_FOR,
    ENROLMENTS_END,
    SENDS_AGREE_WITH_THEIR_MESSAGES,
    LISTS_END,
)
