"""How far campaigns have come, a line for each: what a list shows beside their names."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from dukani.core.store import campaign_summaries as store
from dukani.dashboard_api.access import AMember
from dukani.dashboard_api.bodies import Answer, Minor

router = APIRouter(prefix="/boutiques/{boutique_id}/campaign-summaries", tags=["campaigns"])


class CampaignSummary(Answer):
    """Recipients by how far their message came; each counts once but for `sent` and `delivered`,
    which hold those who came further too. `revenue_minor`: of `orders` that came of the campaign.
    """

    campaign_id: UUID
    recipients: int
    waiting: int
    sent: int
    delivered: int
    read: int
    skipped: int
    failed: int
    unknown: int
    orders: int
    revenue_minor: Minor


class CampaignSummaries(Answer):
    items: list[CampaignSummary]


@router.get("")
async def list_campaign_summaries(
    member: AMember,
    campaign_id: Annotated[
        list[UUID] | None, Query(max_length=100, description="of these only, else of the latest")
    ] = None,
) -> CampaignSummaries:
    ids = None if campaign_id is None else [str(one) for one in campaign_id]
    found = await store.of_campaigns(member.conn, ids)
    return CampaignSummaries(items=[CampaignSummary.model_validate(one) for one in found])
