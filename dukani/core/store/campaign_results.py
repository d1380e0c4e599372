"""What came of a campaign: counts by arm, failures by code, and when people read."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class ArmCounts:
    """An arm's recipients by what happened to them; who is kept apart is the arm `holdout`.

    Each count holds all who came that far: who read it was delivered it. `bought` have a paid order
    within five days of their hour that was not given back, whatever led to it: it alone compares
    with who got nothing. Revenue is in minor units of the boutique's currency, without refunds.
    """

    arm: str  # "" without an experiment
    recipients: int
    planned: int
    skipped: int
    unknown: int
    accepted: int
    sent: int
    delivered: int
    read: int
    clicked: int
    replied: int
    converted: int
    opted_out: int
    failed: int
    bought: int
    revenue_minor: int
    tokens: int


async def by_arm(conn: Connection, *, campaign_id: str) -> list[ArmCounts]:
    async with conn.cursor(row_factory=class_row(ArmCounts)) as cursor:
        await cursor.execute(
            """select arm, count(*)::int as recipients,
                 count(*) filter (where state in ('planned', 'posting'))::int as planned,
                 count(*) filter (where state = 'skipped')::int as skipped,
                 count(*) filter (where state = 'unknown')::int as unknown,
                 count(accepted_at)::int as accepted,
                 count(coalesce(sent_at, delivered_at, read_at))::int as sent,
                 count(coalesce(delivered_at, read_at))::int as delivered,
                 count(read_at)::int as read, count(clicked_at)::int as clicked,
                 count(replied_at)::int as replied, count(converted_at)::int as converted,
                 count(opted_out_at)::int as opted_out,
                 count(*) filter (where state = 'failed')::int as failed,
                 count(*) filter (where bought)::int as bought,
                 coalesce(sum(revenue_minor), 0)::bigint as revenue_minor,
                 coalesce(sum(tokens) filter (where state in ('delivered', 'read')), 0)::int
                   as tokens
               from (
                 select r.*, case when r.reason = 'holdout' then 'holdout'
                     else coalesce(r.variant, '') end as arm,
                   (select sum(s.amount_minor) from campaign_conversions s
                    where s.boutique_id = r.boutique_id and s.recipient_id = r.id
                      and s.reversed_at is null) as revenue_minor,
                   exists (
                     select from orders o
                     where o.boutique_id = r.boutique_id and o.customer_id = r.customer_id
                       and o.payment_status = 'paid' and o.refund_status <> 'all'
                       and o.fulfilment_status <> 'returned'
                       and o.paid_at >= r.due_at and o.paid_at < r.due_at + interval '5 days'
                   ) as bought
                 from campaign_recipients r
                 where r.boutique_id = private.current_boutique()
                   and r.campaign_id = %(campaign_id)s
               ) all_of_them
               group by arm order by arm""",
            {"campaign_id": campaign_id},
        )
        return await cursor.fetchall()


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """`state`: skipped, failed or unknown; `reason`: why, or the provider's code."""

    state: str
    reason: str | None
    recipients: int


async def by_reason(conn: Connection, *, campaign_id: str) -> list[ReasonCount]:
    """The commonest first."""
    async with conn.cursor(row_factory=class_row(ReasonCount)) as cursor:
        await cursor.execute(
            """select state, reason, count(*)::int as recipients from campaign_recipients
               where boutique_id = private.current_boutique() and campaign_id = %(campaign_id)s
                 and state in ('skipped', 'failed', 'unknown')
               group by state, reason order by count(*) desc, state, reason""",
            {"campaign_id": campaign_id},
        )
        return await cursor.fetchall()


async def read_by_hour(conn: Connection, *, campaign_id: str) -> list[int]:
    """How many read it in each of the 24 hours of the boutique's day."""
    cursor = await conn.execute(
        """select extract(hour from r.read_at at time zone b.timezone)::int as hour,
             count(*)::int as reads
           from campaign_recipients r join boutiques b on b.id = r.boutique_id
           where r.boutique_id = private.current_boutique() and r.campaign_id = %(campaign_id)s
             and r.read_at is not null
           group by 1""",
        {"campaign_id": campaign_id},
    )
    reads = {row["hour"]: row["reads"] for row in await cursor.fetchall()}
    return [reads.get(hour, 0) for hour in range(24)]


async def currency(conn: Connection) -> str:
    cursor = await conn.execute(
        "select currency from boutiques where id = private.current_boutique()"
    )
    row = await cursor.fetchone()
    assert row is not None  # the connection is a boutique's
    return str(row["currency"])
