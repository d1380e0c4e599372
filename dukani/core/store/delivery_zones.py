"""Delivery zones of a boutique: names, fees and times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryZone:
    """A place that the boutique delivers to. Latitude and longitude in degrees."""

    name: str
    fee_minor: int
    aliases: Sequence[str] = ()
    days_min: int | None = None  # until a paid order arrives; 0: the same day; None: unknown
    days_max: int | None = None
    pickup: bool = False  # the customer comes to the shop
    latitude: float | None = None  # the centre of the circle of shared locations in this zone
    longitude: float | None = None
    radius_km: float | None = None


async def of_boutique(conn: Connection) -> list[DeliveryZone]:
    """The boutique's zones, in the order of `position`."""
    async with conn.cursor(row_factory=class_row(DeliveryZone)) as cursor:
        await cursor.execute(
            """
            select name, aliases, fee_minor, days_min, days_max, pickup, latitude, longitude,
              radius_km
            from delivery_zones where boutique_id = private.current_boutique()
            order by position, name
            """
        )
        return await cursor.fetchall()


async def put(conn: Connection, zone: DeliveryZone, *, boutique_id: str, position: int = 0) -> None:
    """Store the zone; replaces the one of the same name.

    Needs a system connection: the assistant may only read zones.
    """
    await conn.execute(
        """
        insert into delivery_zones (boutique_id, name, aliases, fee_minor, days_min, days_max,
          pickup, latitude, longitude, radius_km, position)
        values (%(boutique_id)s, %(name)s, %(aliases)s, %(fee_minor)s, %(days_min)s,
          %(days_max)s, %(pickup)s, %(latitude)s, %(longitude)s, %(radius_km)s, %(position)s)
        on conflict (boutique_id, name) do update set aliases = excluded.aliases,
          fee_minor = excluded.fee_minor, days_min = excluded.days_min,
          days_max = excluded.days_max, pickup = excluded.pickup, latitude = excluded.latitude,
          longitude = excluded.longitude, radius_km = excluded.radius_km,
          position = excluded.position
        """,
        asdict(zone)
        | {"aliases": list(zone.aliases), "boutique_id": boutique_id, "position": position},
    )


async def remove_others(conn: Connection, *, boutique_id: str, kept: Sequence[str]) -> None:
    """Remove the zones without one of these names. Needs a system connection."""
    await conn.execute(
        """
        delete from delivery_zones
        where boutique_id = %(boutique_id)s and name <> all(%(kept)s)
        """,
        {"boutique_id": boutique_id, "kept": list(kept)},
    )
