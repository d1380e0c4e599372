"""What a boutique uses of the platform, and the plan that limits it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection

Over = Literal["stop", "bill"]
WARNED_FROM = 80  # per cent of what is included


@dataclass(frozen=True, slots=True)
class Plan:
    """`included`: conversations in a calendar month. Beyond, each costs `extra_minor` (bill), or
    people of the shop answer whoever comes anew (stop).
    """

    name: str
    included: int
    over: Over
    extra_minor: int
    currency: str
    set_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class MonthUsed:
    """A month of the boutique. `gifts`: conversations that the platform gave; `used` less them."""

    month: date
    conversations: int
    gifts: int

    @property
    def used(self) -> int:
        return self.conversations - self.gifts


@dataclass(frozen=True, slots=True)
class NearLimit:
    boutique_id: str
    month: date
    used: int
    included: int
    over: Over


_PLAN = "name, included, over, extra_minor, currency, set_by, created_at"


async def of_boutique(conn: Connection, *, boutique_id: str) -> list[Plan]:
    """The plan in force first, then those before it; none: no limit."""
    async with conn.cursor(row_factory=class_row(Plan)) as cursor:
        await cursor.execute(
            f"""select {_PLAN} from boutique_plans where boutique_id = %(boutique_id)s
                order by position desc limit 50""".encode(),
            {"boutique_id": boutique_id},
        )
        return await cursor.fetchall()


async def put(
    conn: Connection,
    *,
    boutique_id: str,
    name: str,
    included: int,
    over: Over,
    extra_minor: int,
    currency: str,
) -> None:
    """From now on this plan is in force. Needs a system or platform connection."""
    await conn.execute(
        """insert into boutique_plans (boutique_id, name, included, over, extra_minor, currency)
           values (%(boutique_id)s, %(name)s, %(included)s, %(over)s, %(extra_minor)s,
             %(currency)s)""",
        {
            "boutique_id": boutique_id,
            "name": name,
            "included": included,
            "over": over,
            "extra_minor": extra_minor,
            "currency": currency,
        },
    )


async def give(conn: Connection, *, boutique_id: str, conversations: int, reason: str) -> None:
    """Conversations of this month that do not count. Needs a system or platform connection."""
    await conn.execute(
        """insert into usage_entries (boutique_id, month, kind, conversations, reason)
           select b.id, date_trunc('month', now() at time zone b.timezone)::date, 'gift',
             -%(conversations)s, %(reason)s
           from boutiques b where b.id = %(boutique_id)s""",
        {"boutique_id": boutique_id, "conversations": conversations, "reason": reason},
    )


async def months(conn: Connection, *, boutique_id: str, limit: int = 13) -> list[MonthUsed]:
    """Of the last `limit` months, the latest first; the current month is always there."""
    async with conn.cursor(row_factory=class_row(MonthUsed)) as cursor:
        await cursor.execute(
            """select m.month,
                 coalesce(sum(u.conversations) filter (where u.kind = 'conversation'), 0)::int
                   as conversations,
                 coalesce(-sum(u.conversations) filter (where u.kind = 'gift'), 0)::int as gifts
               from (
                 select (date_trunc('month', now() at time zone b.timezone)
                   - ago * interval '1 month')::date as month, ago
                 from boutiques b, generate_series(0, %(limit)s::int - 1) ago
                 where b.id = %(boutique_id)s
               ) m
               left join usage_entries u on u.boutique_id = %(boutique_id)s and u.month = m.month
               group by m.month, m.ago having m.ago = 0 or count(u.id) > 0
               order by m.month desc""",
            {"boutique_id": boutique_id, "limit": limit},
        )
        return await cursor.fetchall()


async def near_limit(conn: Connection) -> list[NearLimit]:
    """Boutiques that have used most of their plan this month. Needs a system connection."""
    async with conn.cursor(row_factory=class_row(NearLimit)) as cursor:
        await cursor.execute(
            """select b.id::text as boutique_id,
                 date_trunc('month', now() at time zone b.timezone)::date as month,
                 private.used_this_month(b.id) as used, p.included, p.over
               from boutiques b
               join lateral (select included, over from boutique_plans p
                 where p.boutique_id = b.id order by p.position desc limit 1) p on true
               where b.active
                 and private.used_this_month(b.id) * 100 >= p.included * %(warned_from)s""",
            {"warned_from": WARNED_FROM},
        )
        return await cursor.fetchall()
