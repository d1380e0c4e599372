"""Begins an occurrence whose recipients are written down: holds their tokens, and sends."""

from __future__ import annotations

from typing import Literal

import structlog

from dukani.campaigns import wallet
from dukani.campaigns.completing import finish_within
from dukani.campaigns.pricing import tokens_to_come
from dukani.campaigns.stopping import move, stop, tell_owner
from dukani.campaigns.wallet import NotEnoughTokens
from dukani.core.database import Connection
from dukani.core.jobs import defer_campaign
from dukani.core.store import campaign_occurrences, campaign_runs, campaign_starts, campaigns
from dukani.core.store.campaigns import Campaign

log = structlog.get_logger()

Started = Literal["sending", "nobody", "draft_again", "paused", "not_planning"]


async def start(
    conn: Connection, *, boutique_id: str, campaign_id: str, occurrence_id: str
) -> Started:
    """Holds tokens for all recipients and defers the first job, or says why not."""
    campaign = await campaigns.get_for_update(conn, campaign_id=campaign_id)
    occurrence = await campaign_occurrences.get(conn, occurrence_id=occurrence_id, for_update=True)
    if campaign is None or occurrence is None or occurrence.status != "planning":
        return "not_planning"
    if campaign.status != "sending":  # cancelled while its recipients were written down
        return "not_planning"
    tokens = await tokens_to_come(
        conn, campaign, boutique_id=boutique_id, occurrence_id=occurrence_id
    )
    if not tokens:
        await finish_within(conn, campaign, boutique_id=boutique_id, occurrence_id=occurrence_id)
        return "nobody"
    try:
        await wallet.hold(conn, key=occurrence_id, tokens=tokens, campaign_id=campaign_id)
    except NotEnoughTokens as error:
        log.warning("campaign_without_tokens", needed=error.needed, available=error.available)
        return await _without_tokens(
            conn, campaign, boutique_id=boutique_id, occurrence_id=occurrence_id
        )
    await campaign_occurrences.move(
        conn, occurrence_id=occurrence_id, since=("planning",), to="sending"
    )
    await wake(conn, boutique_id=boutique_id, occurrence_id=occurrence_id)
    return "sending"


async def _without_tokens(
    conn: Connection, campaign: Campaign, *, boutique_id: str, occurrence_id: str
) -> Started:
    """Nothing is sent, and the owner is told once.

    A campaign that is sent once is a draft again. One that recurs keeps its rule: it is paused, and
    what is due goes on when she resumes it.
    """
    if campaign.schedule.get("kind") == "recurring":
        await stop(
            conn,
            "pause",
            boutique_id=boutique_id,
            campaign_id=campaign.id,
            occurrence_id=occurrence_id,
            reason="no_tokens",
        )
        return "paused"
    await campaign_starts.forget(conn, occurrence_id=occurrence_id)
    await move(conn, "give_up", campaign_id=campaign.id, reason="not_enough_tokens")
    await tell_owner(conn, campaign, boutique_id=boutique_id, reason="not_enough_tokens")
    return "draft_again"


async def wake(conn: Connection, *, boutique_id: str, occurrence_id: str) -> None:
    """Begins a new chain of jobs; one of a former chain stops when it runs."""
    chain = await campaign_runs.begin_chain(conn, occurrence_id=occurrence_id)
    await defer_campaign(conn, boutique_id=boutique_id, occurrence_id=occurrence_id, chain=chain)
