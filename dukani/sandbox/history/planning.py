"""The plans that the demo's shops have with the platform."""

from __future__ import annotations

from dukani.core.services import Services
from dukani.core.store import plans
from dukani.core.store.boutiques import Boutique

_GROWING = "zuri"


async def agree_on_a_plan(services: Services, boutique: Boutique) -> None:
    """One shop pays for what is beyond its plan; the others have the free one."""
    grows = boutique.slug == _GROWING
    async with services.database.operator_connection(boutique.id) as conn:
        await plans.put(
            conn,
            boutique_id=boutique.id,
            name="Growth" if grows else "Free",
            included=1_000 if grows else 100,
            over="bill" if grows else "stop",
            extra_minor=500 if grows else 0,
            currency=boutique.currency,
        )
