"""Which delivery zone an address is in, and what delivery there costs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dukani.core.database import Connection
from dukani.core.store import delivery_zones
from dukani.core.store.boutiques import Boutique
from dukani.core.store.delivery_zones import DeliveryZone
from dukani.tools.pickup import names_the_shop, says_pickup
from dukani.tools.places import TOWNS, Mention, mentions, names_in

EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Delivered:
    """What delivery costs and how long it takes. `fee_minor` None: the shop will confirm it."""

    fee_minor: int | None
    zone: str | None = None
    days_min: int | None = None
    days_max: int | None = None
    pickup: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    zone: DeliveryZone
    mention: Mention
    weight: int  # 0: the town around the other places, 1: a place, 2: a town among others


async def delivery_of(
    conn: Connection,
    boutique: Boutique,
    *,
    address: str,
    latitude: float | None = None,
    longitude: float | None = None,
) -> Delivered:
    """Delivery to an address or a pin (degrees), by the boutique's zones as they are now."""
    zones = await delivery_zones.of_boutique(conn)
    return priced(
        zones,
        address=address,
        latitude=latitude,
        longitude=longitude,
        flat_fee_minor=boutique.delivery_fee_minor,
    )


def priced(
    zones: Sequence[DeliveryZone],
    *,
    address: str,
    latitude: float | None = None,
    longitude: float | None = None,
    flat_fee_minor: int = 0,
) -> Delivered:
    """The zone's fee; without any zones the boutique's one fee, where it has one."""
    if not zones:
        return Delivered(flat_fee_minor or None)
    zone = zone_for(zones, address=address, latitude=latitude, longitude=longitude)
    if zone is None:
        return Delivered(None)
    return Delivered(zone.fee_minor, zone.name, zone.days_min, zone.days_max, zone.pickup)


def zone_for(
    zones: Sequence[DeliveryZone],
    *,
    address: str,
    latitude: float | None = None,
    longitude: float | None = None,
) -> DeliveryZone | None:
    """The zone an address is in; none where that would be a guess.

    Fetching it from the shop is a zone too, where the shop has such a one. A pin outside all
    circles leaves it to the words.
    """
    named = _named([zone for zone in zones if not zone.pickup], address)
    if says_pickup(address):
        elsewhere = named is not None and not names_the_shop(address)
        return None if elsewhere else _pickup(zones, address)
    return _around(zones, latitude, longitude) or named


def _pickup(zones: Sequence[DeliveryZone], address: str) -> DeliveryZone | None:
    shops = [zone for zone in zones if zone.pickup]
    return shops[0] if len(shops) == 1 else _named(shops, address)


def _named(zones: Sequence[DeliveryZone], address: str) -> DeliveryZone | None:
    """The zone with the name that tells most of the address; the longest among equals."""
    found = [one for zone in zones for one in _finds(zone, address)]
    found = [one for one in found if not any(one.mention.within(other.mention) for other in found)]
    best = max(found, key=_telling, default=None)
    return best.zone if best else None


def _finds(zone: DeliveryZone, address: str) -> Iterator[_Found]:
    names = {name for written in (zone.name, *zone.aliases) for name in names_in(written)}
    for name, mention in mentions(address, names):
        yield _Found(zone, mention, _weight(name, among=names))


def _weight(name: str, *, among: set[str]) -> int:
    """The only town of a zone is around its places; one of several stands for itself."""
    if name not in TOWNS:
        return 1
    return 2 if len(among & TOWNS) > 1 else 0


def _telling(found: _Found) -> tuple[bool, bool, int, bool, int, int]:
    mention = found.mention
    words = mention.end - mention.start
    return (
        *(found.weight > 0, not mention.beside, found.weight),
        *(mention.exact, words, mention.letters),
    )


def _around(
    zones: Sequence[DeliveryZone], latitude: float | None, longitude: float | None
) -> DeliveryZone | None:
    """The smallest circle with the pin in it."""
    holding = [
        (zone.radius_km, position, zone)
        for position, zone in enumerate(zones)
        if zone.radius_km is not None and _distance_km(zone, latitude, longitude) <= zone.radius_km
    ]
    return min(holding)[2] if holding else None


def _distance_km(zone: DeliveryZone, latitude: float | None, longitude: float | None) -> float:
    """From the middle of the zone, along the great circle; infinite where a place is missing."""
    degrees = (zone.latitude, zone.longitude, latitude, longitude)
    known = [math.radians(value) for value in degrees if value is not None and math.isfinite(value)]
    if len(known) < len(degrees):
        return math.inf
    lat, lon, other_lat, other_lon = known
    half = (
        math.sin((other_lat - lat) / 2) ** 2
        + math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(half, 1.0)))
