"""An owner changes what the boutique says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dukani.core.database import Connection
from dukani.core.errors import InvalidValue
from dukani.core.phone import to_e164
from dukani.core.store import boutique_edits
from dukani.core.store.boutique_edits import ShownBoutique


async def change(
    conn: Connection, boutique: ShownBoutique, changes: Mapping[str, Any]
) -> ShownBoutique:
    """Writes the changed fields of a locked boutique; the boutique as it is then.

    `changes` may have the fact sheet as `shop`, of which a None takes the fact away. Raises
    InvalidValue for an unknown time zone, BadPhoneNumber.
    """
    fields = dict(changes)
    shop = fields.pop("shop", {})
    facts = {k: v for k, v in (boutique.shop_info | shop).items() if v is not None}
    if fields.get("owner_phone"):
        fields["owner_phone"] = to_e164(fields["owner_phone"], region=boutique.country)
    zone = fields.get("timezone", boutique.timezone)
    if not await boutique_edits.knows_timezone(conn, name=zone):
        raise InvalidValue(
            field="timezone", value=zone, remedy="Send a name such as Africa/Nairobi."
        )
    await boutique_edits.save(conn, replace(boutique, **fields, shop_info=facts))
    return await boutique_edits.get(conn)
