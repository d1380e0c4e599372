"""Stops a campaign, for its owner to look at or for good, and tells her once."""

from __future__ import annotations

from typing import Literal

import structlog

from dukani.agent.wording.campaign_notes import campaign_note, unknown_code_note
from dukani.campaigns.ending import end
from dukani.campaigns.lifecycle import MOVES, Act
from dukani.core.database import Connection
from dukani.core.store import boutiques, campaign_occurrences, campaigns, owner_notices
from dukani.core.store.campaigns import Campaign
from dukani.tools.messaging import queue_owner_note

log = structlog.get_logger()


async def move(
    conn: Connection, act: Act, *, campaign_id: str, reason: str | None = None
) -> Campaign | None:
    """Takes the campaign to the status of an act; None: it is in none that the act begins from."""
    since, to = MOVES[act]
    campaign = await campaigns.get_for_update(conn, campaign_id=campaign_id)
    if campaign is None:
        return None
    return await campaigns.move(
        conn,
        campaign_id=campaign_id,
        since=since,
        to=to,
        reason=reason,
        next_at=campaign.next_at,  # of one that recurs: its next hour stays
    )


async def stop(
    conn: Connection,
    act: Literal["pause", "fail"],
    *,
    boutique_id: str,
    campaign_id: str,
    occurrence_id: str,
    reason: str,
    code: str | None = None,
) -> None:
    """Pauses it until its owner has seen to the reason, or ends it: nobody can get it as it is.

    She is told, unless it had stopped before.
    """
    campaign = await move(conn, act, campaign_id=campaign_id, reason=reason)
    if campaign is None:
        return
    if act == "pause":
        await campaign_occurrences.move(
            conn, occurrence_id=occurrence_id, since=("planning", "sending"), to="paused"
        )
    else:
        await end(conn, boutique_id=boutique_id, occurrence_id=occurrence_id, to="failed")
    await tell_owner(conn, campaign, boutique_id=boutique_id, reason=reason, code=code)


async def tell_owner(
    conn: Connection,
    campaign: Campaign,
    *,
    boutique_id: str,
    reason: str,
    code: str | None = None,
) -> None:
    log.warning("campaign_stopped", campaign=campaign.id, reason=reason, code=code)
    boutique = await boutiques.get(conn, boutique_id=boutique_id)
    if boutique is not None:
        note = campaign_note(campaign.name, reason, code=code, language=boutique.language)
        await queue_owner_note(conn, boutique, note)


async def tell_of_unknown_code(
    conn: Connection, *, boutique_id: str, campaign_id: str, code: str
) -> None:
    """Tells the owner of a code that no table has, once for each campaign."""
    if not await owner_notices.first_time(conn, about=f"campaign:{campaign_id}:{code}"):
        return
    campaign = await campaigns.get(conn, campaign_id=campaign_id)
    boutique = await boutiques.get(conn, boutique_id=boutique_id)
    if campaign is not None and boutique is not None:
        note = unknown_code_note(campaign.name, code, language=boutique.language)
        await queue_owner_note(conn, boutique, note)
