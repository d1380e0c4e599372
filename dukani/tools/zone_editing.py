"""An owner adds and changes delivery zones; no place may be in two: its fee would be a guess."""

from __future__ import annotations

from collections.abc import Iterable

from psycopg.errors import UniqueViolation

from dukani.core.database import Connection
from dukani.core.errors import InvalidValue, NotFound
from dukani.core.store import zone_edits
from dukani.core.store.delivery_zones import DeliveryZone
from dukani.core.store.zone_edits import StoredZone
from dukani.tools.places import names_in


async def add(conn: Connection, zone: DeliveryZone) -> None:
    """Adds a zone behind the others. Raises InvalidValue."""
    there = await zone_edits.of_boutique(conn)
    _require_distinct(zone, there)
    try:
        async with conn.transaction():
            await zone_edits.add(
                conn, zone, position=1 + max((z.position for z in there), default=0)
            )
    except UniqueViolation as error:  # added by somebody else at the same moment
        raise _shared(zone.name, zone.name) from error


async def replace(conn: Connection, zone: DeliveryZone, *, zone_id: str) -> None:
    """Writes a zone anew. Raises NotFound, InvalidValue."""
    others = [one for one in await zone_edits.of_boutique(conn) if one.id != zone_id]
    _require_distinct(zone, others)
    try:
        async with conn.transaction():
            changed = await zone_edits.replace(conn, zone, zone_id=zone_id)
    except UniqueViolation as error:
        raise _shared(zone.name, zone.name) from error
    if not changed:
        raise NotFound("There is no such zone here.")


def _require_distinct(zone: DeliveryZone, others: Iterable[StoredZone]) -> None:
    own = _names(zone)
    for other in others:
        shared = own & _names(other)
        if zone.name == other.name or (shared and zone.pickup == other.pickup):
            raise _shared(min(shared, default=zone.name), other.name)


def _names(zone: DeliveryZone | StoredZone) -> set[str]:
    return {name for written in (zone.name, *zone.aliases) for name in names_in(written)}


def _shared(place: str, zone: str) -> InvalidValue:
    return InvalidValue(
        field="name", value=place, remedy=f"{place!r} is in {zone!r}: leave it in one of them."
    )
