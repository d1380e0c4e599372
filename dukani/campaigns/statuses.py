"""What follows for a campaign's recipient from a status that a webhook has kept."""

from __future__ import annotations

from typing import cast

from dukani.campaigns import frequency
from dukani.campaigns.claiming import source_of
from dukani.campaigns.recipient_states import Status, Told, next_state
from dukani.campaigns.refusing import Refused, note_refusals, stop_for
from dukani.campaigns.send_codes import Verdict
from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store import campaign_runs, campaign_statuses, wallet
from dukani.core.store.campaign_statuses import Tracked
from dukani.domain.campaigns import Pace, RecipientState

_ARRIVED = ("delivered", "read")
_OPEN = ("sending", "paused")  # an occurrence of which failed ones are tried again


async def note_statuses(services: Services, *, boutique_id: str, recipient_id: str) -> None:
    """Computes the recipient's state from all that was told; does nothing if it stays the same."""
    database = services.database
    async with database.tenant_connection(boutique_id) as conn:
        tracked = await campaign_statuses.lock(conn, recipient_id=recipient_id)
        if tracked is None:
            return
        stop = await _note(conn, boutique_id, tracked)
    if stop is not None:
        async with database.tenant_connection(boutique_id) as conn:
            await stop_for(conn, *stop)
    await campaign_runs.tell_soon(
        database.at_once(boutique_id), occurrence_id=tracked.occurrence_id
    )


async def _note(
    conn: Connection, boutique_id: str, tracked: Tracked
) -> tuple[Refused, Verdict] | None:
    told = [
        Told(one.provider_id, cast(Status, one.status), one.code)
        for one in await campaign_statuses.of_recipient(conn, recipient_id=tracked.id)
    ]
    state = cast(RecipientState, tracked.state)
    deciding = next_state(state, told, current=tracked.provider_id)
    if deciding is None:
        return None
    if deciding.status == "failed":
        return await _note_failure(conn, boutique_id, tracked, deciding)
    # A second `read` after `read` notes the times once more, and changes nothing.
    await campaign_statuses.come_to(conn, recipient_id=tracked.id, state=deciding.status)
    if deciding.status in _ARRIVED and state not in _ARRIVED:
        await frequency.take_back(conn, source_of(tracked.id))
        await wallet.end_sends(conn, recipients=[tracked.id], delivered=True)
    return None


async def _note_failure(
    conn: Connection, boutique_id: str, tracked: Tracked, failed: Told
) -> tuple[Refused, Verdict] | None:
    if tracked.state == "failed":
        return None
    asked = await campaign_statuses.retries_of(conn, recipient_id=tracked.id)
    refused = Refused(
        boutique_id=boutique_id,
        campaign_id=tracked.campaign_id,
        occurrence_id=tracked.occurrence_id,
        recipient_id=tracked.id,
        customer_id=tracked.customer_id,
        identity=tracked.identity,
        provider=tracked.provider,
        tries=tracked.tries,
        code=failed.code or "failed",
        told_by=f"{tracked.provider}_status",
        may_retry=asked.occurrence_status in _OPEN,
    )
    stops = await note_refusals(conn, [refused], Pace.model_validate(asked.pace))
    return stops[0] if stops else None
