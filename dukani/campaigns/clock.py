"""Looks after campaigns every minute: hours that have come, lost jobs, messages in doubt."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta

import structlog

from dukani.campaigns.asking import ask_about
from dukani.campaigns.automations.statuses import account_for_the_rest
from dukani.campaigns.expiring import expire
from dukani.campaigns.starting import wake
from dukani.campaigns.statuses import note_statuses
from dukani.core.jobs import defer_beginning, defer_ending
from dukani.core.services import Services
from dukani.core.store import (
    campaign_doubts,
    campaign_occurrences,
    campaign_runs,
    campaign_statuses,
    campaigns,
    portfolios,
)
from dukani.core.store.campaign_doubts import InDoubt

log = structlog.get_logger()

LOST_AFTER = timedelta(minutes=2)
LOOK_BACK = timedelta(hours=6)  # at statuses whose consequence may have been lost
ASK_EVERY_S = 120.0
LEFT_BEHIND_FOR = timedelta(days=30)  # longer than a message's failure may be told late


async def look_after_campaigns(services: Services) -> None:
    """Deferring a job twice does no harm: each looks at the rows itself."""
    async with services.database.system_connection() as conn:
        for due in await campaigns.due(conn, at=datetime.now(UTC)):
            await defer_beginning(
                conn,
                boutique_id=due.boutique_id,
                campaign_id=due.campaign_id,
                due_at=due.next_at,
            )
        await portfolios.forget(conn)
    await _wake_the_lost(services)
    await _end_the_ended(services)
    await _catch_up(services)
    await _ask(services)
    await expire(services)
    await account_for_the_rest(services)


async def _wake_the_lost(services: Services) -> None:
    async with services.database.system_connection() as conn:
        found = await campaign_runs.lost(conn, overdue=LOST_AFTER)
    for one in found:
        log.warning("campaign_picked_up", campaign=one.campaign_id, status=one.status)
        async with services.database.tenant_connection(one.boutique_id) as conn:
            if one.status == "planning":
                await campaign_runs.begin_chain(conn, occurrence_id=one.occurrence_id)
                await defer_beginning(
                    conn,
                    boutique_id=one.boutique_id,
                    campaign_id=one.campaign_id,
                    due_at=datetime.now(UTC),
                )
            else:
                await wake(conn, boutique_id=one.boutique_id, occurrence_id=one.occurrence_id)


async def _end_the_ended(services: Services) -> None:
    """Nobody is left planned in what has ended, so that everyone is accounted for."""
    async with services.database.system_connection() as conn:
        since = datetime.now(UTC) - LEFT_BEHIND_FOR
        for one in await campaign_occurrences.left_behind(conn, ended_since=since):
            log.warning("campaign_recipients_left_behind", occurrence=one.occurrence_id)
            await defer_ending(conn, boutique_id=one.boutique_id, occurrence_id=one.occurrence_id)


async def _catch_up(services: Services) -> None:
    async with services.database.system_connection() as conn:
        behind = await campaign_statuses.behind(conn, since=datetime.now(UTC) - LOOK_BACK)
    for one in behind:
        await note_statuses(services, boutique_id=one.boutique_id, recipient_id=one.recipient_id)


async def _ask(services: Services) -> None:
    """Asks about those in doubt, boutique by boutique."""
    async with services.database.system_connection() as conn:
        found = await campaign_doubts.in_doubt(conn, asked_every_s=ASK_EVERY_S)
    by_boutique: dict[str, list[InDoubt]] = defaultdict(list)
    for one in found:
        by_boutique[one.boutique_id].append(one)
    for boutique_id, doubts in by_boutique.items():
        await ask_about(services, boutique_id=boutique_id, doubts=doubts)
