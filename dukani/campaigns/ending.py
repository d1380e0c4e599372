"""Ends an occurrence: nothing more is sent of it, and the wallet gets back what no send took.

That holds from the commit on, for a claim looks at the occurrence's status. Those still planned are
skipped in chunks, by a job where they are many: nobody waits for a hundred thousand of them.
"""

from __future__ import annotations

from typing import Literal

import stamina
from psycopg.errors import DeadlockDetected

from dukani.campaigns import frequency
from dukani.campaigns.claiming import source_of
from dukani.core.database import Connection
from dukani.core.jobs import defer_ending
from dukani.core.services import Services
from dukani.core.store import campaign_claims, campaign_occurrences, campaign_runs, wallet
from dukani.core.store.campaign_occurrences import UNDER_WAY

Ended = Literal["completed", "cancelled", "failed"]

CHUNK = 500
# Why nothing was sent to those who were still planned.
REASONS = {"completed": "campaign_over", "cancelled": "cancelled", "failed": "campaign_failed"}


async def end(conn: Connection, *, boutique_id: str, occurrence_id: str, to: Ended) -> bool:
    """Ends it with the status `to`. False: it had ended before.

    What is on its way at this moment is recorded as it ends.
    """
    moved = await campaign_occurrences.move(
        conn, occurrence_id=occurrence_id, since=UNDER_WAY, to=to
    )
    if moved is None:
        return False
    if await _skip_some(conn, occurrence_id=occurrence_id, reason=REASONS[to]):
        await defer_ending(conn, boutique_id=boutique_id, occurrence_id=occurrence_id)
    await wallet.release(conn, hold=occurrence_id)
    return True


async def end_campaign(services: Services, *, boutique_id: str, occurrence_id: str) -> None:
    """The job that skips who is left of an occurrence that has ended; again it finds nobody."""
    while await _skip_next(services, boutique_id, occurrence_id):
        pass
    await campaign_runs.tell_soon(
        services.database.at_once(boutique_id), occurrence_id=occurrence_id
    )


@stamina.retry(on=DeadlockDetected, attempts=3, wait_initial=0.05, wait_jitter=0.05)
async def _skip_next(services: Services, boutique_id: str, occurrence_id: str) -> bool:
    async with services.database.tenant_connection(boutique_id) as conn:
        occurrence = await campaign_occurrences.get(conn, occurrence_id=occurrence_id)
        if occurrence is None or occurrence.status not in REASONS:
            return False
        reason = REASONS[occurrence.status]
        return await _skip_some(conn, occurrence_id=occurrence_id, reason=reason)


async def _skip_some(conn: Connection, *, occurrence_id: str, reason: str) -> bool:
    """Skips a chunk, whose contacts and tokens are given back; whether more may be left."""
    skipped = await campaign_claims.skip_some(
        conn, occurrence_id=occurrence_id, reason=reason, limit=CHUNK
    )
    if skipped:
        await frequency.release(conn, [source_of(recipient) for recipient in skipped])
        await wallet.end_sends(conn, recipients=skipped, delivered=False)
    return len(skipped) == CHUNK
