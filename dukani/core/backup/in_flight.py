"""What was under way when a backup was taken, and must not happen again when it is restored.

After the backup the old installation went on: it sent what was queued, prompted whom it owed a
prompt, and wrote to customers whose step in a rule was due. Nobody knows which. So no job is run
again; what would leave the house is stopped and shown to a person; every shop is paused until
somebody lets it go on (`dukani platform resume`), and while it is, nothing leaves whose cause lies
before the restore (`tools/sending_rules.py`). What only asks or reads (an M-Pesa status, a
customer's unread message) begins anew by the sweeper. A prompt takes a PIN, so that no money moves
by what is read twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import LiteralString

import psycopg

from dukani.core.languages import Worded

ERROR_CODE = "restored"
# How long an order's pieces stay reserved from the restore on: its money may have arrived since the
# backup, and by then WhatsApp's 24 hours are over for whoever wrote before it.
RESERVED_FOR = "24 hours"
# Why a shop is paused, as its owner reads it.
_REASONS = Worded(
    en="Restored from the backup of %(made_at)s. What happened after it is not known here.",
    sw="Imerejeshwa kutoka nakala ya %(made_at)s. Yaliyotokea baadaye hayajulikani hapa.",
)

# Files of customers who were erased have to go whenever: nobody is told of it.
_JOBS: LiteralString = """update jobs.procrastinate_jobs j
set status = case when task_name = 'remove_erased_files' then 'todo' else 'cancelled'
    end::jobs.procrastinate_job_status, worker_id = null
where status in ('todo', 'doing')"""
# A campaign's own messages are asked about by its clock, and never posted again.
_MESSAGES: LiteralString = """update public.messages set status = 'failed', error_code = %(code)s
where direction = 'out' and status in ('queued', 'sending') and campaign_recipient_id is null"""
_FALLBACKS: LiteralString = "delete from public.automation_fallbacks_due"
# As a prompt whose result nobody knows: an owner finds it among what waits for a look.
_ORDERS: LiteralString = """update public.orders o set payment_status = 'needs_review'
from public.payments p where p.boutique_id = o.boutique_id and p.order_id = o.id
  and p.status in ('requested', 'sending') and p.provider <> 'manual'
  and o.payment_status = 'pending'"""
_PROMPTS: LiteralString = """update public.payments
set status = 'needs_review', review_reason = 'unknown_result'
where status in ('requested', 'sending') and provider <> 'manual'"""
_RESERVATIONS: LiteralString = """update public.stock_reservations
set expires_at = greatest(expires_at, now() + %(reserved_for)s::interval) where status = 'held'"""
# `paid` may still come after `unanswered`; M-Pesa is asked about those of the last two days.
_TOP_UPS: LiteralString = """insert into public.wallet_top_up_steps (boutique_id, top_up_id, step)
select u.boutique_id, u.id, 'unanswered' from public.wallet_top_ups u
where not exists (select from public.wallet_top_up_steps s where s.boutique_id = u.boutique_id
  and s.top_up_id = u.id and s.step in ('unanswered', 'paid', 'failed', 'review'))"""
_TRIALS: LiteralString = """insert into public.mpesa_test_steps
  (boutique_id, test_id, step, result_code, result_text)
select t.boutique_id, t.id, 'ended', 'no_answer', 'Restored from a backup'
from public.mpesa_tests t
where not exists (select from public.mpesa_test_steps s where s.boutique_id = t.boutique_id
  and s.test_id = t.id and s.step = 'ended')"""
# Who got it since is not in the backup. The owner goes on with it, or does not.
_CAMPAIGNS: LiteralString = """update public.campaigns
set status = 'paused', status_reason = %(code)s where status in ('scheduled', 'sending')"""
_OCCURRENCES: LiteralString = """update public.campaign_occurrences set status = 'paused'
where status = 'sending'"""
# A step that was due since has been sent; a cart that was left since has been reminded of.
_ENROLMENTS: LiteralString = """with ended as (
  update public.automation_enrolments set state = 'stopped', reason = %(code)s, ended_at = now()
  where state = 'active' returning boutique_id, id, rule_id, customer_id, step
)
insert into public.automation_decisions
  (boutique_id, rule_id, enrolment_id, customer_id, step, verdict, reason)
select boutique_id, rule_id, id, customer_id, step, 'stopped', %(code)s from ended"""
_CARTS: LiteralString = """update public.carts set told_version = version
where status = 'active' and told_version < version"""
_WINDOW_CARTS: LiteralString = """update public.window_carts set told_version = version
where ended_at is null and told_version < version"""
# What an owner asked for was done: her shop's stock of then is in no backup.
_OWNERS: LiteralString = "update public.owner_inbox set handled_at = now() where handled_at is null"
_EXPORTS: LiteralString = """update public.boutique_exports
set status = 'failed', finished_at = now() where status in ('waiting', 'running')"""
_PAUSES: LiteralString = """insert into public.platform_pauses (boutique_id, reason, restored_at)
select id, case when language = 'sw' then %(sw)s else %(en)s end, now() from public.boutiques
on conflict (boutique_id, (coalesce(provider, ''))) where ended_at is null
do update set restored_at = excluded.restored_at"""
# Readers go on behind the last transaction that they read. The numbers of another server's would be
# ahead of this one's for months, and nothing that happens meanwhile would be heard of.
_ORDER: tuple[LiteralString, ...] = (
    "update public.domain_events set transaction_id = pg_current_xact_id()",
    "update public.messages set transaction_id = pg_current_xact_id()",
    """update public.automation_cursors
       set transaction_id = (pg_current_xact_id()::text::bigint + 1)::text::xid8, id = 0""",
    "update private.automation_watermark set transaction_id = pg_current_xact_id()",
)


@dataclass(frozen=True, slots=True)
class Rested:
    """How many were stopped, extended (reservations), or paused (boutiques)."""

    jobs: int
    messages: int
    prompts: int
    top_ups: int
    reservations: int
    campaigns: int
    enrolments: int
    carts: int
    boutiques: int


def put_to_rest(
    conn: psycopg.Connection, *, made_at: datetime, same_server: bool = False
) -> Rested:
    """Stop what was under way, in one transaction of who owns the tables.

    `made_at`: when the backup was taken, for the owner to read. `same_server`: its host brought the
    whole server back, with its count of transactions; else a superuser's rights are needed.
    """
    conn.execute("set local search_path = public, jobs")  # as the queue's own triggers expect
    told = made_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    values = {"code": ERROR_CODE, "reserved_for": RESERVED_FOR} | {
        language: reason % {"made_at": told} for language, reason in _REASONS.items()
    }

    def changed(*statements: LiteralString) -> int:
        return sum(conn.execute(statement, values).rowcount for statement in statements)

    jobs, messages = changed(_JOBS), changed(_MESSAGES)
    changed(_FALLBACKS, _ORDERS, _TRIALS, _OCCURRENCES, _OWNERS, _EXPORTS)
    rested = Rested(
        jobs=jobs,
        messages=messages,
        prompts=changed(_PROMPTS),
        top_ups=changed(_TOP_UPS),
        reservations=changed(_RESERVATIONS),
        campaigns=changed(_CAMPAIGNS),
        enrolments=changed(_ENROLMENTS),
        carts=changed(_CARTS, _WINDOW_CARTS),
        boutiques=changed(_PAUSES),
    )
    if not same_server:
        _forget_transactions(conn)
    return rested


def _forget_transactions(conn: psycopg.Connection) -> None:
    """Without triggers: nothing happened to those rows."""
    conn.execute("set local session_replication_role = replica")
    for statement in _ORDER:
        conn.execute(statement)
    conn.execute("set local session_replication_role = origin")
