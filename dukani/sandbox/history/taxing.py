"""The shop's KRA PIN, and the eTIMS numbers that were noted; the last days' are still to come."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from dukani.core.services import Services
from dukani.core.store import tax as store
from dukani.sandbox.history import past
from dukani.sandbox.history.scene import Shop
from dukani.tools import tax

_MONTH = timedelta(days=40)
_MOST = 500


async def note_tax(services: Services, shop: Shop, *, at: datetime) -> None:
    """As an owner did at `at`, for what was sold until then."""
    boutique = shop.boutique
    if boutique.country != "KE":
        return
    digest = hashlib.sha256(boutique.slug.encode()).hexdigest()
    digits = str(int(digest, 16))
    async with services.database.tenant_connection(boutique.id) as conn:
        owner = next(one for one in shop.members if one.role == "owner")
        await past.act_as(conn, user_id=owner.user_id, role="owner")
        await tax.set_up(conn, boutique, kra_pin=f"P{digits[:9]}K", vat="standard")
        sold = await store.page(
            conn, since=at - _MONTH, until=at, open_only=True, after=None, limit=_MOST
        )
        for number, one in enumerate(reversed(sold), 1):
            await tax.note(conn, document_id=one.id, number=f"KRACU{digits[9:15]}/{number:05}")
        await past.happened(conn, boutique_id=boutique.id, at=at)
