"""Gives back the tokens of messages that their provider took and told nothing of for a month.

WhatsApp keeps a message for a phone that is off up to thirty days and then drops it. Providers
charge for what was delivered, so nobody pays for what nothing is told of, and the boutique's tokens
are not held for ever. The recipient stays as far as her message is known to have come, and a status
that comes still later counts as ever.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

import structlog

from dukani.core.services import Services
from dukani.core.store import campaign_statuses, wallet

log = structlog.get_logger()


async def expire(services: Services) -> None:
    after = timedelta(days=services.settings.campaigns.untold_days)
    async with services.database.system_connection() as conn:
        found = await campaign_statuses.untold(conn, after=after)
    by_boutique: dict[str, list[str]] = defaultdict(list)
    for one in found:
        by_boutique[one.boutique_id].append(one.recipient_id)
    for boutique_id, ids in by_boutique.items():
        async with services.database.tenant_connection(boutique_id) as conn:
            expired = await campaign_statuses.expire(conn, ids=ids)
            tokens = await wallet.expire_sends(conn, recipients=expired) if expired else 0
        log.info("messages_expired", boutique=boutique_id, messages=len(expired), tokens=tokens)
