"""Tells owners when most of their plan is used, and when all of it is; each once a month."""

from __future__ import annotations

import structlog

from dukani.agent.wording.plan_notes import plan_note
from dukani.core.services import Services
from dukani.core.store import boutiques, owner_notices, plans
from dukani.core.store.plans import NearLimit
from dukani.tools.messaging import queue_owner_note

log = structlog.get_logger()


async def warn_owners(services: Services) -> int:
    """Returns how many were told. One that fails is tried again with the next sweep."""
    async with services.database.system_connection() as conn:
        near = await plans.near_limit(conn)
    told = 0
    for one in near:
        try:
            told += await _warn(services, one)
        except Exception:  # it keeps no other back, nor the rest of the sweep
            log.exception("plan_not_told", boutique=one.boutique_id)
    return told


async def _warn(services: Services, near: NearLimit) -> bool:
    share = "all" if near.used >= near.included else "most"
    async with services.database.tenant_connection(near.boutique_id) as conn:
        about = f"plan:{near.month}:{near.included}:{share}"
        if not await owner_notices.first_time(conn, about=about):
            return False
        boutique = await boutiques.get(conn, boutique_id=near.boutique_id)
        assert boutique is not None  # it has a plan
        note = plan_note(
            used=near.used, included=near.included, over=near.over, language=boutique.language
        )
        await queue_owner_note(conn, boutique, note)
    log.info("plan_nearly_used", boutique=near.boutique_id, used=near.used, of=near.included)
    return True
