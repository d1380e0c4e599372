"""What was under way when a backup was taken, and must not happen again when it is restored.

After the backup the old installation went on: it sent what was queued and prompted whom it owed a
prompt. Nobody knows which. So no job is run again; what would leave the house is stopped and shown
to a person, and what only asks or reads (an M-Pesa status, a customer's unread message) begins anew
by the sweeper. A prompt takes a PIN, so that no money moves by what is read twice.
"""

from __future__ import annotations

from dataclasses import dataclass

import psycopg

ERROR_CODE = "restored"

_JOBS = """update jobs.procrastinate_jobs set status = 'cancelled', worker_id = null
where status in ('todo', 'doing')"""
_MESSAGES = """update public.messages set status = 'failed', error_code = %(code)s
where direction = 'out' and status in ('queued', 'sending')"""
# As a prompt whose result nobody knows: an owner finds it among what waits for a look.
_ORDERS = """update public.orders o set payment_status = 'needs_review'
from public.payments p where p.boutique_id = o.boutique_id and p.order_id = o.id
  and p.status in ('requested', 'sending') and p.provider <> 'manual'
  and o.payment_status = 'pending'"""
_PROMPTS = """update public.payments set status = 'needs_review', review_reason = 'unknown_result'
where status in ('requested', 'sending') and provider <> 'manual'"""
# Who got it since is not in the backup. The owner goes on with it, or does not.
_CAMPAIGNS = """update public.campaigns set status = 'paused', status_reason = 'by_owner'
where status in ('scheduled', 'sending')"""


@dataclass(frozen=True, slots=True)
class Rested:
    """How many were stopped."""

    jobs: int
    messages: int
    prompts: int
    campaigns: int


def put_to_rest(conn: psycopg.Connection) -> Rested:
    """Stop what was under way, in one transaction with a superuser's rights."""
    conn.execute("set local search_path = public, jobs")  # as the queue's own triggers expect
    jobs = conn.execute(_JOBS).rowcount
    messages = conn.execute(_MESSAGES, {"code": ERROR_CODE}).rowcount
    conn.execute(_ORDERS)
    prompts = conn.execute(_PROMPTS).rowcount
    campaigns = conn.execute(_CAMPAIGNS).rowcount
    return Rested(jobs=jobs, messages=messages, prompts=prompts, campaigns=campaigns)
