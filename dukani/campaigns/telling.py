"""Tells open pages that a campaign has come further, once a second at most."""

from __future__ import annotations

from dukani.core.services import Services
from dukani.core.store import campaign_runs, domain_events
from dukani.domain.domain_events import CampaignChanged


async def tell_campaign(
    services: Services, *, boutique_id: str, campaign_id: str, occurrence_id: str
) -> None:
    async with services.database.tenant_connection(boutique_id) as conn:
        await campaign_runs.told(conn, occurrence_id=occurrence_id)
        await domain_events.append(conn, CampaignChanged(), subject_id=campaign_id)
