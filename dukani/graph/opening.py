"""Tells a turn whether the boutique is open now, by its own hours and time zone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import structlog

from dukani.core.store.boutiques import Boutique
from dukani.domain.next_opening import Opening, opening_at
from dukani.domain.shop_facts import ShopFacts

log = structlog.get_logger()


def opening_of(boutique: Boutique, now: datetime) -> Opening | None:
    """The boutique's opening at `now` (with a time zone); None if its hours are not known."""
    week = ShopFacts.read(boutique.shop_info).hours
    if week is None:
        return None
    try:
        local = now.astimezone(ZoneInfo(boutique.timezone))
    except (ZoneInfoNotFoundError, ValueError) as error:
        # Without the zone no time can be promised, and the customer is promised none.
        log.warning("time_zone_unknown", zone=boutique.timezone, reason=str(error))
        return None
    return opening_at(week, local)
