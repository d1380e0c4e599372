"""Delivery zones: kept by name, told in the shop's order, seen by their own boutique only."""

from __future__ import annotations

import psycopg
import pytest

from dukani.core.database import Database
from dukani.core.store import delivery_zones
from dukani.core.store.delivery_zones import DeliveryZone
from tests.factories import a_boutique

PICK_UP = DeliveryZone(name="Pick up", fee_minor=0, pickup=True)
KILIMANI = DeliveryZone(
    name="Kilimani",
    fee_minor=25_000,
    aliases=["Yaya", "Hurlingham"],
    days_min=0,
    days_max=1,
    latitude=-1.29,
    longitude=36.78,
    radius_km=2.5,
)


async def keep(database: Database, boutique: str, *zones: DeliveryZone) -> None:
    async with database.system_connection() as conn:
        for position, zone in enumerate(zones):
            await delivery_zones.put(conn, zone, boutique_id=boutique, position=position)


async def kept(database: Database, boutique: str) -> list[DeliveryZone]:
    async with database.tenant_connection(boutique) as conn:
        return await delivery_zones.of_boutique(conn)


async def test_zones_are_told_as_they_were_given_and_in_that_order(database: Database) -> None:
    boutique = await a_boutique(database)

    await keep(database, boutique, PICK_UP, KILIMANI)

    found = await kept(database, boutique)
    assert [zone.name for zone in found] == ["Pick up", "Kilimani"]
    assert found[1] == KILIMANI
    assert found[0].pickup and not found[0].aliases


async def test_a_zone_given_again_is_as_given_last(database: Database) -> None:
    boutique, other = await a_boutique(database), await a_boutique(database)
    await keep(database, boutique, KILIMANI)
    await keep(database, other, KILIMANI)

    await keep(database, boutique, DeliveryZone(name="Kilimani", fee_minor=30_000))

    [zone] = await kept(database, boutique)
    assert (zone.fee_minor, list(zone.aliases), zone.days_max) == (30_000, [], None)
    assert await kept(database, other) == [KILIMANI]


async def test_zones_that_are_given_no_longer_are_removed(database: Database) -> None:
    boutique, other = await a_boutique(database), await a_boutique(database)
    for shop in (boutique, other):
        await keep(database, shop, PICK_UP, KILIMANI)

    async with database.system_connection() as conn:
        await delivery_zones.remove_others(conn, boutique_id=boutique, kept=["Kilimani"])

    assert await kept(database, boutique) == [KILIMANI]
    assert len(await kept(database, other)) == 2


async def test_another_boutique_gets_nothing_of_the_zones(database: Database) -> None:
    owner, stranger = await a_boutique(database), await a_boutique(database)
    await keep(database, owner, KILIMANI)

    assert await kept(database, owner) == [KILIMANI]
    assert await kept(database, stranger) == []


async def test_the_assistant_may_not_set_fees(database: Database) -> None:
    boutique = await a_boutique(database)

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with database.tenant_connection(boutique) as conn:
            await delivery_zones.put(conn, KILIMANI, boutique_id=boutique)


@pytest.mark.parametrize(
    "zone",
    [
        DeliveryZone(name="A", fee_minor=-1),
        DeliveryZone(name="A", fee_minor=0, days_min=3, days_max=1),
        DeliveryZone(name="A", fee_minor=0, latitude=-1.2),  # a circle is three numbers
    ],
)
async def test_a_zone_that_makes_no_sense_is_refused(
    database: Database, zone: DeliveryZone
) -> None:
    boutique = await a_boutique(database)

    with pytest.raises(psycopg.errors.CheckViolation):
        await keep(database, boutique, zone)
