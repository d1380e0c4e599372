"""How far campaigns have come, a line for each: what a list shows beside their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.campaign_recipients import HELD_OUT


@dataclass(frozen=True, slots=True)
class CampaignSummary:
    """Recipients of all its occurrences; `waiting` are to be sent to, `sent` were accepted.

    `orders` and `revenue_minor` are of orders that came of it and were not given back.
    """

    campaign_id: str
    recipients: int
    waiting: int
    sent: int
    delivered: int
    read: int
    skipped: int
    failed: int
    unknown: int
    orders: int
    revenue_minor: int


async def of_campaigns(
    conn: Connection, campaign_ids: Sequence[str] | None, *, latest: int = 100
) -> list[CampaignSummary]:
    """Of these campaigns of the boutique; of None: of the `latest`."""
    async with conn.cursor(row_factory=class_row(CampaignSummary)) as cursor:
        await cursor.execute(
            """select c.id::text as campaign_id, r.recipients, r.waiting, r.sent, r.delivered,
                 r.read, r.skipped, r.failed, r.unknown, v.orders, v.revenue_minor
               from (
                 select boutique_id, id from campaigns
                 where boutique_id = private.current_boutique()
                   and (%(ids)s::uuid[] is null or id = any(%(ids)s::uuid[]))
                 order by created_at desc, id desc limit %(latest)s) c
               cross join lateral (
                 select count(*) as recipients,
                   count(*) filter (where state in ('planned', 'posting')) as waiting,
                   count(*) filter (where state in ('accepted', 'sent', 'delivered', 'read'))
                     as sent,
                   count(*) filter (where state in ('delivered', 'read')) as delivered,
                   count(*) filter (where state = 'read') as read,
                   count(*) filter (where state = 'skipped') as skipped,
                   count(*) filter (where state = 'failed') as failed,
                   count(*) filter (where state = 'unknown') as unknown
                 from campaign_recipients
                 where boutique_id = c.boutique_id and campaign_id = c.id
                   and reason is distinct from %(held_out)s) r
               cross join lateral (
                 select count(*) as orders, coalesce(sum(amount_minor), 0)::bigint as revenue_minor
                 from campaign_conversions
                 where boutique_id = c.boutique_id and campaign_id = c.id
                   and reversed_at is null) v""",
            {
                "ids": None if campaign_ids is None else list(campaign_ids),
                "latest": latest,
                "held_out": HELD_OUT,
            },
        )
        return await cursor.fetchall()
