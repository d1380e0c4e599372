"""What happened to a conversation, and the turns that handle it."""

from __future__ import annotations

from dukani.core.audit.check import Check

# A turn's rows have the time at which its transaction began: its events in `handled_at`, its
# replies in `created_at`. So a reply belongs to the turn of its own time, and two turns over the
# same event would show as replies of a time at which no event was handled.
REPLIES_HAVE_THEIR_TURN = Check(
    name="replies_have_their_turn",
    says="The assistant answers what happened once: each reply is of the turn that handled it.",
    table="messages",
    remedy="Two workers handled one conversation at once: stop one, and report both their logs.",
    # Events are deleted after a while: messages from before the first that is left are not judged.
    # Written outside of turns: a copy of what failed, which is noted in the failed one, and what a
    # person or another system sends by a tap or a call (a receipt, pieces to look at).
    sql="""
select m.id::text, m.conversation_id::text, m.created_at
from messages m
join (
  select e.conversation_id, min(e.created_at) as at from conversation_events e
  where e.boutique_id = %(boutique_id)s group by e.conversation_id
) first on first.conversation_id = m.conversation_id and m.created_at > first.at
where m.boutique_id = %(boutique_id)s and m.direction = 'out' and m.author = 'assistant'
  and m.purpose = 'reply' and m.channel = 'whatsapp' and m.campaign_recipient_id is null
  and m.reference is distinct from 'products:api'
  and not exists (select from conversation_events e
    where e.boutique_id = m.boutique_id and e.conversation_id = m.conversation_id
      and e.handled_at = m.created_at)
  and not exists (select from automation_sends a
    where a.boutique_id = m.boutique_id and a.message_id = m.id)
  and not exists (select from messages f
    where f.boutique_id = m.boutique_id and f.conversation_id = m.conversation_id
      and f.direction = 'out' and f.seq < m.seq and f.body = m.body
      and f.payload ?| array['words_alone', 'copied'])
  and not exists (select from messages d
    where d.boutique_id = m.boutique_id and d.conversation_id = m.conversation_id
      and d.created_at = m.created_at and d.reference like 'receipt:%%')
""",
)

EVENTS_ARE_HANDLED = Check(
    name="events_are_handled",
    says="What happened to a conversation is handled, or left to a person.",
    table="conversation_events",
    remedy="`dukani doctor` says whether turns are handled; the clock gives lost ones a new job.",
    sql="""
select e.id::text, e.conversation_id::text, e.kind, e.created_at, e.failures
from conversation_events e
join conversations v on v.boutique_id = e.boutique_id and v.id = e.conversation_id
where e.boutique_id = %(boutique_id)s and e.handled_at is null
  and e.created_at < now() - %(still)s::interval
  and coalesce(v.paced_until < now() - %(still)s::interval, true)
""",
)

ONE_TURN_AT_A_TIME = Check(
    name="one_turn_at_a_time",
    says="No two jobs work on one conversation at once, and none belongs to a dead worker.",
    table="jobs.procrastinate_jobs",
    remedy="A living worker takes over the jobs of a dead one: see that `dukani worker` runs.",
    # A dead worker's jobs are found by its silence: they have the time that this takes.
    sql="""
select min(j.id)::text as id, j.lock, count(*) as jobs, bool_or(j.left_behind) as left_behind
from (
  select j.id, j.lock, not exists (select from jobs.procrastinate_workers w
      where w.id = j.worker_id and w.last_heartbeat > now() - interval '5 minutes')
    and exists (select from jobs.procrastinate_events e where e.job_id = j.id
      and e.type = 'started' and e.at < now() - %(still)s::interval) as left_behind
  from jobs.procrastinate_jobs j
  where j.status = 'doing' and j.lock like %(boutique_id)s::text || '%%'
) j
group by j.lock having count(*) > 1 or bool_or(j.left_behind)
""",
)

NOTES_TO_THE_SHOP_ARE_HANDLED = Check(
    name="owners_messages_are_handled",
    says="What the owner wrote to her shop was done, or failed for a reason.",
    table="owner_inbox",
    remedy="`dukani doctor` says whether the owner's queue runs; ask her to write it again.",
    sql="""
select i.id::text, i.created_at, i.failures
from owner_inbox i
where i.boutique_id = %(boutique_id)s and i.handled_at is null
  and i.created_at < now() - %(still)s::interval
""",
)

CHECKS = (
    REPLIES_HAVE_THEIR_TURN,
    EVENTS_ARE_HANDLED,
    ONE_TURN_AT_A_TIME,
    NOTES_TO_THE_SHOP_ARE_HANDLED,
)
