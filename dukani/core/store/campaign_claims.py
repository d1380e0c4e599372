"""Recipients that a job may claim: which are due, and what became of who is not posted to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.languages import Language
from dukani.core.store.consents import MAY_MARKET, OPTED_OUT


@dataclass(frozen=True, slots=True)
class Candidate:
    """A recipient whose time has come, and all that decides whether anything is sent to her.

    `identity` is what she was planned by; `to` is what she is reached by now, which differs after
    she changed her number. `written_at` is when something was last sent to her.
    """

    id: str
    customer_id: str
    identity: str = field(repr=False)
    to: str | None = field(repr=False)
    phone: str | None = field(repr=False)
    language: Language
    variant: str | None
    variables: Mapping[str, Any] = field(repr=False)
    tries: int
    tokens: int | None  # that an earlier try took
    due_at: datetime
    may_market: bool
    opted_out: bool
    suppressed: bool
    is_double: bool  # another recipient of the occurrence has become the same customer
    written_at: datetime | None
    product_ids: Sequence[str]  # of her page, in its order


# An index gives the due ones in order; the row locks let two jobs claim different ones at once.
_DUE = f"""
with due as materialized (
  select * from campaign_recipients
  where boutique_id = private.current_boutique() and occurrence_id = %(occurrence_id)s
    and state = 'planned' and due_at <= clock_timestamp()
  order by due_at, id limit %(limit)s
  for no key update skip locked
)
select r.id::text as id, r.customer_id::text as customer_id, r.identity,
  coalesce(v.answer_to, c.phone, c.wa_user_id) as "to", c.phone, r.language, r.variant,
  r.variables, r.tries, r.tokens, r.due_at, {MAY_MARKET.format(customer="c")} as may_market,
  {OPTED_OUT.format(customer="c")} as opted_out,
  exists (select from suppressed_identities s
    where s.boutique_id = r.boutique_id and s.identity in (r.identity, c.phone, c.wa_user_id))
    as suppressed,
  exists (select from campaign_recipients o
    where o.boutique_id = r.boutique_id and o.occurrence_id = r.occurrence_id
      and o.customer_id = r.customer_id and o.id <> r.id and o.state <> 'skipped'
      and (o.state <> 'planned' or o.id < r.id)) as is_double,
  last.created_at as written_at, coalesce(l.product_ids_ordered::text[], '{{}}') as product_ids
from due r
join customers c on c.boutique_id = r.boutique_id and c.id = r.customer_id
left join conversations v on v.boutique_id = r.boutique_id and v.customer_id = r.customer_id
left join catalog_links l on l.boutique_id = r.boutique_id and l.recipient_id = r.id
left join lateral (
  select m.created_at from messages m
  where m.boutique_id = v.boutique_id and m.conversation_id = v.id
  order by m.seq desc limit 1) last on true
order by r.due_at, r.id
"""


async def due(conn: Connection, *, occurrence_id: str, limit: int) -> list[Candidate]:
    """The next due ones, locked until the transaction ends; another job passes them by."""
    async with conn.cursor(row_factory=class_row(Candidate)) as cursor:
        await cursor.execute(_DUE.encode(), {"occurrence_id": occurrence_id, "limit": limit})
        return await cursor.fetchall()


async def skip(conn: Connection, *, reasons: Mapping[str, str]) -> None:
    """Nothing is sent to these: by id, why."""
    await conn.execute(
        """update campaign_recipients r set state = 'skipped', reason = given.reason,
             skipped_at = now(), lease_until = null
           from unnest(%(ids)s::uuid[], %(reasons)s::text[]) given (id, reason)
           where r.boutique_id = private.current_boutique() and r.id = given.id
             and r.state = 'planned'""",
        {"ids": list(reasons), "reasons": list(reasons.values())},
    )
    await _give_up_messages(conn, ids=list(reasons))


async def _give_up_messages(conn: Connection, *, ids: Sequence[str]) -> None:
    """An earlier try of theirs, which the provider did not take, is not repeated."""
    await conn.execute(
        """update messages m set status = 'failed',
             error_code = coalesce(m.error_code, r.reason)
           from campaign_recipients r
           where r.boutique_id = private.current_boutique() and r.id = any(%(ids)s::uuid[])
             and r.state = 'skipped' and m.boutique_id = r.boutique_id and m.id = r.message_id
             and m.status = 'sending'""",
        {"ids": list(ids)},
    )


async def postpone(conn: Connection, *, until: Mapping[str, datetime]) -> None:
    """These are due later: by id, when."""
    await conn.execute(
        """update campaign_recipients r set due_at = given.due_at
           from unnest(%(ids)s::uuid[], %(at)s::timestamptz[]) given (id, due_at)
           where r.boutique_id = private.current_boutique() and r.id = given.id
             and r.state = 'planned'""",
        {"ids": list(until), "at": list(until.values())},
    )


async def end_leases(conn: Connection, *, occurrence_id: str) -> int:
    """End what a dead job left: who was being posted to is unknown; how many they are.

    Nobody knows whether her message reached the provider, so nothing sends it again.
    """
    cursor = await conn.execute(
        """update campaign_recipients set state = 'unknown', lease_until = null
           where boutique_id = private.current_boutique() and occurrence_id = %(occurrence_id)s
             and state = 'posting' and lease_until < clock_timestamp()""",
        {"occurrence_id": occurrence_id},
    )
    return cursor.rowcount


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of an occurrence; `next_at`: when the next planned one is due.

    `first_try_at`: of those who were never posted to. `leased_until`: when the last lease of those
    that a job has ends. `unsettled`: posted lately and accepted, and neither arrived nor failed.
    """

    next_at: datetime | None
    first_try_at: datetime | None
    leased: int
    leased_until: datetime | None
    unsettled: int
    now: datetime


async def left(conn: Connection, *, occurrence_id: str, settle: timedelta) -> Left:
    """What keeps the occurrence open. `settle`: how long a failure is waited for."""
    async with conn.cursor(row_factory=class_row(Left)) as cursor:
        await cursor.execute(
            """select planned.next_at, planned.first_try_at, under_way.*, clock_timestamp() as now
               from (
                 select min(due_at) as next_at,
                   min(due_at) filter (where message_id is null) as first_try_at
                 from campaign_recipients
                 where boutique_id = private.current_boutique() and occurrence_id = %(id)s
                   and state = 'planned') planned,
               (
                 select count(*) filter (where state = 'posting') as leased,
                   max(lease_until) filter (where state = 'posting') as leased_until,
                   count(*) filter (where state in ('accepted', 'sent')
                     and posting_at > clock_timestamp() - %(settle)s::interval) as unsettled
                 from campaign_recipients
                 where boutique_id = private.current_boutique() and occurrence_id = %(id)s
                   and state in ('posting', 'accepted', 'sent')) under_way""",
            {"id": occurrence_id, "settle": settle},
        )
        found = await cursor.fetchone()
        assert found is not None  # an aggregate has one row
        return found


async def skip_some(conn: Connection, *, occurrence_id: str, reason: str, limit: int) -> list[str]:
    """Nothing is sent to so many of those who are still planned; their ids."""
    cursor = await conn.execute(
        """with chunk as materialized (
             select boutique_id, id from campaign_recipients
             where boutique_id = private.current_boutique()
               and occurrence_id = %(occurrence_id)s and state = 'planned'
             order by due_at, id limit %(limit)s for no key update)
           update campaign_recipients r set state = 'skipped', reason = %(reason)s,
             skipped_at = now(), lease_until = null
           from chunk where r.boutique_id = chunk.boutique_id and r.id = chunk.id
           returning r.id::text as id""",
        {"occurrence_id": occurrence_id, "reason": reason, "limit": limit},
    )
    ids = [row["id"] for row in await cursor.fetchall()]
    await _give_up_messages(conn, ids=ids)
    return ids
