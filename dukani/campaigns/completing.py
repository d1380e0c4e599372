"""Completes an occurrence of which nothing is left to send."""

from __future__ import annotations

from dukani.campaigns.ending import end
from dukani.campaigns.lifecycle import Act
from dukani.campaigns.stopping import move
from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store import campaigns
from dukani.core.store.campaign_runs import Run
from dukani.core.store.campaigns import Campaign


async def finish(services: Services, run: Run) -> None:
    """Releases the rest of the hold; a campaign that recurs waits for its next hour."""
    async with services.database.tenant_connection(run.boutique_id) as conn:
        campaign = await campaigns.get_for_update(conn, campaign_id=run.campaign_id)
        if campaign is not None:
            await finish_within(
                conn, campaign, boutique_id=run.boutique_id, occurrence_id=run.occurrence_id
            )


async def finish_within(
    conn: Connection, campaign: Campaign, *, boutique_id: str, occurrence_id: str
) -> None:
    """As `finish`, of a campaign whose row the caller has locked."""
    if campaign.status != "sending":
        return
    if await end(conn, boutique_id=boutique_id, occurrence_id=occurrence_id, to="completed"):
        act: Act = "finish" if campaign.next_at is None else "wait_for_next"
        await move(conn, act, campaign_id=campaign.id)
