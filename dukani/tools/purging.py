"""Deletes what is kept for a time only: events of no boutique, answers of repeated calls,
pushes."""

from __future__ import annotations

from datetime import timedelta

import structlog

from dukani.core.services import Services
from dukani.core.store import alerts, idempotency_keys, webhook_events

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


async def purge_old_answers(services: Services) -> int:
    """Deletes answers of the owners' API that no repeated call gets any more; returns how many."""
    purged, last = 0, AT_ONCE
    while last == AT_ONCE:
        async with services.database.system_connection() as conn:
            last = await idempotency_keys.purge(conn, most=AT_ONCE)
        purged += last
    return purged


async def purge_old_pushes(services: Services) -> int:
    """Deletes what was pushed long ago; returns how many pushes."""
    purged, last = 0, AT_ONCE
    while last == AT_ONCE:
        async with services.database.system_connection() as conn:
            last = await alerts.purge(conn, most=AT_ONCE)
        purged += last
    return purged
