"""Deletes calls to unknown numbers, every hour; `retention.py` has what goes once a night."""

from __future__ import annotations

from datetime import timedelta

import structlog

from dukani.core.services import Services
from dukani.core.store import webhook_events

log = structlog.get_logger()

AT_ONCE = 5000  # rows deleted in one transaction


async def purge_without_boutique(services: Services) -> int:
    """Deletes events for unknown numbers older than `strangers_kept_days`; returns how many."""
    age = timedelta(days=services.settings.limits.strangers_kept_days)
    purged, last = 0, AT_ONCE
    while last == AT_ONCE:
        async with services.database.system_connection() as conn:
            last = await webhook_events.purge_without_boutique(conn, age=age, most=AT_ONCE)
        purged += last
    if purged:
        log.info("strangers_purged", events=purged)
    return purged
