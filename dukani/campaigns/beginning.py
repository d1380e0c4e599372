"""The job of a campaign whose hour has come: writes down its recipients, and begins to send.

It may die anywhere: the hour has one occurrence, recipients are written chunk by chunk and go on
where they stopped, and the start itself is one transaction.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import structlog
from pydantic import TypeAdapter

from dukani.campaigns.lifecycle import Due, when_due
from dukani.campaigns.picturing import draw_ahead
from dukani.campaigns.planning import plan
from dukani.campaigns.starting import start
from dukani.campaigns.stopping import move, tell_owner
from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store import boutiques, campaign_occurrences, campaign_runs, campaigns
from dukani.core.store.campaign_occurrences import Occurrence
from dukani.core.store.campaigns import Campaign
from dukani.domain.campaigns import Schedule

log = structlog.get_logger()

DRAWN_BEFORE = 30  # pictures that are there before the first message leaves

_SCHEDULE: TypeAdapter[Schedule] = TypeAdapter(Schedule)


async def begin_campaign(
    services: Services, *, boutique_id: str, campaign_id: str, due_at: str
) -> None:
    """Begins the occurrence of `due_at` (ISO 8601), or goes on with it after a kill."""
    database = services.database
    async with database.tenant_connection(boutique_id) as conn:
        occurrence = await _open(
            conn, services, boutique_id, campaign_id, datetime.fromisoformat(due_at)
        )
    if occurrence is None or occurrence.status != "planning":
        return
    await plan(database, boutique_id=boutique_id, occurrence_id=occurrence.id)
    await draw_ahead(
        services, boutique_id=boutique_id, occurrence_id=occurrence.id, most=DRAWN_BEFORE
    )
    async with database.tenant_connection(boutique_id) as conn:
        started = await start(
            conn, boutique_id=boutique_id, campaign_id=campaign_id, occurrence_id=occurrence.id
        )
    log.info("campaign_begun", campaign=campaign_id, occurrence=occurrence.number, result=started)
    await campaign_runs.tell_soon(database.at_once(boutique_id), occurrence_id=occurrence.id)
    # The rest beside the sending, which makes those itself that it comes to first.
    await draw_ahead(services, boutique_id=boutique_id, occurrence_id=occurrence.id)


async def _open(
    conn: Connection, services: Services, boutique_id: str, campaign_id: str, due_at: datetime
) -> Occurrence | None:
    """The occurrence to go on with; None: its hour is not to be begun."""
    campaign = await campaigns.get_for_update(conn, campaign_id=campaign_id)
    boutique = await boutiques.get(conn, boutique_id=boutique_id)
    if campaign is None or boutique is None:
        return None
    if campaign.status == "sending":  # begun by a job that died
        return await _under_way(conn, campaign)
    if campaign.status != "scheduled" or campaign.next_at is None or campaign.next_at > due_at:
        return None
    due = when_due(
        _SCHEDULE.validate_python(campaign.schedule),
        campaign.next_at,
        now=datetime.now(UTC),
        zone=boutique.timezone,
        late=timedelta(minutes=services.settings.campaigns.late_minutes),
    )
    if due.act != "begin":
        await _pass(conn, campaign, due, boutique_id=boutique_id)
        return None
    await campaigns.move(
        conn, campaign_id=campaign.id, since=("scheduled",), to="sending", next_at=due.next_at
    )
    opened = await campaign_occurrences.open_occurrence(
        conn, campaign_id=campaign.id, due_at=due.at
    )
    await campaign_runs.begin_chain(conn, occurrence_id=opened.id)
    return opened


async def _under_way(conn: Connection, campaign: Campaign) -> Occurrence | None:
    found = await campaign_occurrences.of_campaign(conn, campaign_id=campaign.id)
    return next((one for one in found if one.status == "planning"), None)


async def _pass(conn: Connection, campaign: Campaign, due: Due, *, boutique_id: str) -> None:
    """Its hour is over: the owner of one that is sent once is asked, any other waits on."""
    if due.act == "pass_over" and due.next_at is not None:
        await campaigns.move(
            conn,
            campaign_id=campaign.id,
            since=("scheduled",),
            to="scheduled",
            reason="passed_over",
            next_at=due.next_at,
        )
        await tell_owner(conn, campaign, boutique_id=boutique_id, reason="passed_over")
        return
    await move(conn, "miss", campaign_id=campaign.id, reason="missed")
    await tell_owner(conn, campaign, boutique_id=boutique_id, reason="missed")
