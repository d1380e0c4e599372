"""Finds the delivery zone of an address or a map pin, and its fee."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dukani.core.database import Connection
from dukani.core.store import delivery_zones
from dukani.core.store.boutiques import Boutique
from dukani.core.store.delivery_zones import DeliveryZone
from dukani.domain.pickup import names_the_shop, says_pickup
from dukani.tools.places import TOWNS, Mention, mentions, names_in

EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Delivered:
    """Fee and time of a delivery. `fee_minor` None: the shop will confirm the fee."""

    fee_minor: int | None
    zone: str | None = None
    days_min: int | None = None
    days_max: int | None = None
    pickup: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    zone: DeliveryZone
    mention: Mention
    weight: int  # 0: the town around a zone's places, 1: a place, 2: one of a zone's several towns


async def delivery_of(
    conn: Connection,
    boutique: Boutique,
    *,
    address: str,
    latitude: float | None = None,
    longitude: float | None = None,
) -> Delivered:
    """Fee and time to an address or a pin (degrees), by the boutique's current zones."""
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
    """The zone's fee; for a boutique without zones its flat fee, if it has one."""
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
    """The zone of an address; None if that would be a guess.

    Pickup at the shop is a zone too, if the boutique has one. A pin outside all circles does not
    count, and the words decide.
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
    """The zone whose name in the address is the most specific; the longest name among equals."""
    found = [one for zone in zones for one in _finds(zone, address)]
    found = [one for one in found if not any(one.mention.within(other.mention) for other in found)]
    best = max(found, key=_specificity, default=None)
    return best.zone if best else None


def _finds(zone: DeliveryZone, address: str) -> Iterator[_Found]:
    names = {name for written in (zone.name, *zone.aliases) for name in names_in(written)}
    for name, mention in mentions(address, names):
        yield _Found(zone, mention, _weight(name, among=names))


def _weight(name: str, *, among: set[str]) -> int:
    """Rank of a name: a zone's only town is the least specific, one of several the most."""
    if name not in TOWNS:
        return 1
    return 2 if len(among & TOWNS) > 1 else 0


def _specificity(found: _Found) -> tuple[bool, bool, int, bool, int, int]:
    mention = found.mention
    words = mention.end - mention.start
    return (
        *(found.weight > 0, not mention.beside, found.weight),
        *(mention.exact, words, mention.letters),
    )


def _around(
    zones: Sequence[DeliveryZone], latitude: float | None, longitude: float | None
) -> DeliveryZone | None:
    """The zone with the smallest circle around the pin."""
    holding = [
        (zone.radius_km, position, zone)
        for position, zone in enumerate(zones)
        if zone.radius_km is not None and _distance_km(zone, latitude, longitude) <= zone.radius_km
    ]
    return min(holding)[2] if holding else None


def _distance_km(zone: DeliveryZone, latitude: float | None, longitude: float | None) -> float:
    """Great-circle distance from the zone's centre; infinite if a coordinate is missing."""
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
