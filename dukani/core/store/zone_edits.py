"""Delivery zones with their ids, as an owner edits them one by one."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.delivery_zones import DeliveryZone


@dataclass(frozen=True, slots=True)
class StoredZone:
    id: str
    name: str
    fee_minor: int
    aliases: list[str]
    days_min: int | None
    days_max: int | None
    pickup: bool
    latitude: float | None
    longitude: float | None
    radius_km: float | None
    position: int


async def of_boutique(conn: Connection) -> list[StoredZone]:
    """In the order in which the shop tells them."""
    async with conn.cursor(row_factory=class_row(StoredZone)) as cursor:
        await cursor.execute(
            """select id::text, name, fee_minor, aliases, days_min, days_max, pickup, latitude,
                 longitude, radius_km, position
               from delivery_zones where boutique_id = private.current_boutique()
               order by position, name"""
        )
        return await cursor.fetchall()


async def add(conn: Connection, zone: DeliveryZone, *, position: int) -> None:
    await conn.execute(
        """insert into delivery_zones (boutique_id, name, aliases, fee_minor, days_min, days_max,
             pickup, latitude, longitude, radius_km, position)
           values (private.current_boutique(), %(name)s, %(aliases)s, %(fee_minor)s, %(days_min)s,
             %(days_max)s, %(pickup)s, %(latitude)s, %(longitude)s, %(radius_km)s, %(position)s)""",
        asdict(zone) | {"aliases": list(zone.aliases), "position": position},
    )


async def replace(conn: Connection, zone: DeliveryZone, *, zone_id: str) -> bool:
    """Write a zone anew; false: there is no such."""
    cursor = await conn.execute(
        """update delivery_zones set name = %(name)s, aliases = %(aliases)s,
             fee_minor = %(fee_minor)s, days_min = %(days_min)s, days_max = %(days_max)s,
             pickup = %(pickup)s, latitude = %(latitude)s, longitude = %(longitude)s,
             radius_km = %(radius_km)s
           where boutique_id = private.current_boutique() and id = %(zone_id)s""",
        asdict(zone) | {"aliases": list(zone.aliases), "zone_id": zone_id},
    )
    return cursor.rowcount == 1


async def remove(conn: Connection, *, zone_id: str) -> bool:
    """Remove a zone; false: there is no such."""
    cursor = await conn.execute(
        """delete from delivery_zones
           where boutique_id = private.current_boutique() and id = %(zone_id)s""",
        {"zone_id": zone_id},
    )
    return cursor.rowcount == 1
