"""A campaign whose hold is used up before its end: messages became dearer, or it was short.

Each message is priced anew as it is claimed, so that a template which WhatsApp puts into another
category is paid for as that from then on; consent, stops and frequency are asked again there too,
whatever the category. The hold is raised as far as the wallet reaches, and only then it waits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from dukani.campaigns.holding import hold_the_rest
from dukani.campaigns.wallet import NotEnoughTokens
from dukani.core.database import Connection
from dukani.core.store import campaigns, domain_events, wallet
from dukani.core.store.campaign_runs import Run
from dukani.core.store.message_templates import RegisteredTemplate

Short = Literal["no_tokens", "recategorised"]


async def raise_hold(
    conn: Connection, run: Run, approved: Mapping[str, Sequence[RegisteredTemplate]]
) -> Short | None:
    """Why the campaign cannot go on; None: its hold has been raised. The run's row is locked."""
    before = await _remaining(conn, run)
    campaign = await campaigns.get(conn, campaign_id=run.campaign_id)
    assert campaign is not None, "its occurrence is being sent"
    try:
        await hold_the_rest(
            conn, campaign, boutique_id=run.boutique_id, occurrence_id=run.occurrence_id
        )
    except NotEnoughTokens:
        return await _reason(conn, run, approved)
    # Nothing more to hold, and still too little: another look would find the same.
    return None if await _remaining(conn, run) > before else await _reason(conn, run, approved)


async def _remaining(conn: Connection, run: Run) -> int:
    hold = await wallet.get_hold(conn, key=run.occurrence_id)
    return hold.remaining if hold else 0


async def _reason(
    conn: Connection, run: Run, approved: Mapping[str, Sequence[RegisteredTemplate]]
) -> Short:
    """Whether it became dearer while it was sent."""
    if run.started_at is None:
        return "no_tokens"
    ids = [template.id for templates in approved.values() for template in templates]
    changed = await domain_events.recategorised_since(conn, template_ids=ids, since=run.started_at)
    return "recategorised" if changed else "no_tokens"
