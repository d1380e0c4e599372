"""What tells of each boutique's health, in one statement for all of them.

Each question is answered by an index of its own and looks back a day or two, so that the statement
costs by the number of boutiques and not by their messages. Needs a system connection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.today import WAITS_FOR_A_PERSON

MOST_COUNTED = 500  # failures of a boutique: more are told as so many


@dataclass(frozen=True, slots=True)
class BoutiqueSigns:
    """Signs of a boutique's health; codes are the provider's, with how often each came."""

    id: str
    slug: str
    name: str
    active: bool
    created_at: datetime
    people: int
    paused_at: datetime | None  # by its owner
    platform_paused_at: datetime | None
    channels_paused: Sequence[str]  # by the platform
    whatsapp_provider: str
    has_number: bool
    number_shared: bool
    number_held_for: str | None
    number_problem: str | None
    number_checked_at: datetime | None
    last_message_at: datetime | None
    failed_codes: Mapping[str, int]  # sends that ended so within a day
    held_codes: Mapping[str, int]  # sends that wait, refused so last
    payment_provider: str
    has_mpesa: bool
    mpesa_problem: str | None
    prompts: Sequence[Mapping[str, Any]]  # status, code and text of the last ones of two days
    last_prompt_at: datetime | None  # answered by M-Pesa, within a month
    dead_letters: int  # within a day
    late_jobs: int
    late_s: float
    chats_waiting: int  # for longer than an hour
    templates_stopped: Sequence[str]
    tokens_available: int | None  # none: it never had any
    tokens_spent: int


_SIGNS: LiteralString = f"""
with late as materialized (
  select j.args ->> 'boutique_id' as boutique_id, count(*)::int as jobs,
    extract(epoch from now() - min(j.scheduled_at))::float8 as late_s
  from jobs.procrastinate_jobs j
  where j.status = 'todo' and j.scheduled_at < now() - interval '30 s'
  group by 1
)
select b.id::text as id, b.slug, b.name, b.active, b.created_at, b.paused_at,
  (select count(*)::int from boutique_members m where m.boutique_id = b.id) as people,
  (b.platform_pauses ->> 'all')::timestamptz as platform_paused_at,
  array(select name from jsonb_object_keys(b.platform_pauses) p (name)
    where name not in ('all', 'restored') order by 1) as channels_paused,
  b.whatsapp_provider, line.account is not null as has_number,
  coalesce(line.shared, false) as number_shared, line.held_for as number_held_for,
  line.problem as number_problem, line.checked_at as number_checked_at,
  (select v.last_inbound_at from conversations v where v.boutique_id = b.id
   order by greatest(v.last_inbound_at, v.created_at) desc, v.id desc limit 1) as last_message_at,
  (select coalesce(jsonb_object_agg(code, n), '{{}}') from (
     select coalesce(f.error_code, '') as code, count(*) as n from (
       select m.error_code from messages m where m.boutique_id = b.id and m.status = 'failed'
         and m.direction = 'out' and m.updated_at > now() - interval '1 day'
       limit {MOST_COUNTED}) f
     group by 1) counted) as failed_codes,
  (select coalesce(jsonb_object_agg(code, n), '{{}}') from (
     select h.error_code as code, count(*) as n from (
       select m.error_code from messages m where m.boutique_id = b.id and m.status = 'sending'
         and m.error_code is not null limit {MOST_COUNTED}) h
     group by 1) counted) as held_codes,
  b.payment_provider, money.account is not null as has_mpesa, money.problem as mpesa_problem,
  (select coalesce(jsonb_agg(jsonb_build_object('status', p.status, 'code', p.result_code,
     'text', p.result_text)), '[]') from (
       select p.status, p.result_code, p.result_text from payments p
       where p.boutique_id = b.id and p.created_at > now() - interval '2 days'
         and p.provider <> 'manual'
       order by p.created_at desc limit 20) p) as prompts,
  (select max(p.resolved_at) from (
     select p.resolved_at from payments p
     where p.boutique_id = b.id and p.created_at > now() - interval '30 days'
       and p.provider <> 'manual' order by p.created_at desc limit 20) p) as last_prompt_at,
  (select count(*)::int from conversation_events e where e.boutique_id = b.id and e.dead_letter
     and e.created_at > now() - interval '1 day') as dead_letters,
  coalesce(late.jobs, 0) as late_jobs, coalesce(late.late_s, 0) as late_s,
  (select count(*)::int from conversations v where v.boutique_id = b.id
     and {WAITS_FOR_A_PERSON} and v.last_inbound_at < now() - interval '1 hour'
     and v.last_inbound_at > now() - interval '7 days') as chats_waiting,
  array(select t.name from message_templates t where t.boutique_id = b.id
    and t.status in ('rejected', 'paused', 'disabled') order by t.name limit 10)
    as templates_stopped,
  w.available as tokens_available, coalesce(w.spent, 0) as tokens_spent
from boutiques b
left join provider_credentials line
  on line.boutique_id = b.id and line.provider = b.whatsapp_provider and line.active
left join provider_credentials money
  on money.boutique_id = b.id and money.provider = b.payment_provider and money.active
left join wallets w on w.boutique_id = b.id
left join late on late.boutique_id = b.id::text
"""


async def of_all(conn: Connection) -> list[BoutiqueSigns]:
    """Of every boutique, open or closed, by name."""
    async with conn.cursor(row_factory=class_row(BoutiqueSigns)) as cursor:
        await cursor.execute((_SIGNS + "order by b.name, b.id").encode())
        return await cursor.fetchall()


async def of_one(conn: Connection, *, boutique_id: str) -> BoutiqueSigns | None:
    async with conn.cursor(row_factory=class_row(BoutiqueSigns)) as cursor:
        await cursor.execute(
            (_SIGNS + "where b.id = %(boutique_id)s").encode(), {"boutique_id": boutique_id}
        )
        return await cursor.fetchone()


@dataclass(frozen=True, slots=True)
class HealthDay:
    """A day of the boutique's own calendar."""

    day: str
    failed_sends: int
    prompts_paid: int
    prompts_failed: int
    dead_letters: int


_DAYS: LiteralString = """
with zone as (select timezone as tz from boutiques where id = %(boutique_id)s),
days as (
  select (d.at::date) as day, d.at at time zone z.tz as begins,
    (d.at + interval '1 day') at time zone z.tz as ends
  from zone z, generate_series(
    date_trunc('day', now() at time zone z.tz) - make_interval(days => %(days)s - 1),
    date_trunc('day', now() at time zone z.tz), interval '1 day') d (at)
)
select to_char(days.day, 'YYYY-MM-DD') as day,
  (select count(*)::int from messages m where m.boutique_id = %(boutique_id)s
     and m.status = 'failed' and m.direction = 'out'
     and m.updated_at >= days.begins and m.updated_at < days.ends) as failed_sends,
  count(p.*) filter (where p.status = 'succeeded')::int as prompts_paid,
  count(p.*) filter (where p.status in ('failed', 'needs_review'))::int as prompts_failed,
  (select count(*)::int from conversation_events e where e.boutique_id = %(boutique_id)s
     and e.dead_letter and e.created_at >= days.begins and e.created_at < days.ends)
    as dead_letters
from days left join payments p on p.boutique_id = %(boutique_id)s and p.provider <> 'manual'
  and p.created_at >= days.begins and p.created_at < days.ends
group by days.day, days.begins, days.ends order by days.day
"""


async def days(conn: Connection, *, boutique_id: str, days: int) -> list[HealthDay]:
    """The last days, the oldest first and today last."""
    async with conn.cursor(row_factory=class_row(HealthDay)) as cursor:
        await cursor.execute(_DAYS.encode(), {"boutique_id": boutique_id, "days": days})
        return await cursor.fetchall()
