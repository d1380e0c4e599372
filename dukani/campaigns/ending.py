"""Ends an occurrence: nothing more is sent of it, and the wallet gets back what no send took."""

from __future__ import annotations

from typing import Literal

from dukani.campaigns import frequency
from dukani.campaigns.claiming import source_of
from dukani.core.database import Connection
from dukani.core.store import campaign_claims, campaign_occurrences, wallet


async def end(
    conn: Connection,
    *,
    occurrence_id: str,
    to: Literal["completed", "cancelled", "failed"],
    reason: str,
) -> bool:
    """Ends it with the status `to`; what was planned still is skipped for `reason`.

    What is on its way at this moment is recorded as it ends. False: it had ended before.
    """
    moved = await campaign_occurrences.move(
        conn, occurrence_id=occurrence_id, since=("planning", "sending", "paused"), to=to
    )
    if moved is None:
        return False
    skipped = await campaign_claims.skip_the_rest(conn, occurrence_id=occurrence_id, reason=reason)
    if skipped:
        await frequency.release(conn, [source_of(recipient) for recipient in skipped])
        await wallet.end_sends(conn, recipients=skipped, delivered=False)
    await wallet.release(conn, hold=occurrence_id)
    return True
