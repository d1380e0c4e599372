"""Seeding the demo, also when it was interrupted."""

from __future__ import annotations

from pathlib import Path

from dukani.core.database import Database
from dukani.core.store import boutiques
from dukani.sandbox.accounts import ZURI
from dukani.sandbox.catalogue import demo_boutiques
from dukani.sandbox.seed import add_boutique, is_empty, open_boutique, remove_half_filled
from tests.wiring import some_services


async def test_a_boutique_half_filled_when_the_power_went_is_begun_anew(
    database: Database, tmp_path: Path
) -> None:
    async with some_services(database, tmp_path) as services:
        # given a seeding that got no further than the boutique itself
        zuri = next(b for b in demo_boutiques() if b.slug == "zuri")
        half = await add_boutique(services, zuri, ZURI, opened=False)
        assert half is not None
        assert await is_empty(services)

        # when it begins again
        await remove_half_filled(services)
        whole = await add_boutique(services, zuri, ZURI, opened=False)

        # then it is added once, and open when it is done
        assert whole is not None and whole != half
        await open_boutique(services, whole)
        assert not await is_empty(services)


async def test_a_seeded_boutique_is_found_by_its_number_once_it_is_open(
    database: Database, tmp_path: Path
) -> None:
    async with some_services(database, tmp_path) as services:
        zuri = next(b for b in demo_boutiques() if b.slug == "zuri")
        added = await add_boutique(services, zuri, ZURI, opened=False)
        assert added is not None
        async with database.system_connection() as conn:
            number = {"provider": "twilio", "account": ZURI.number}
            assert await boutiques.by_inbound_number(conn, **number) is None
        await open_boutique(services, added)
        async with database.system_connection() as conn:
            found = await boutiques.by_inbound_number(conn, **number)
        assert found is not None and found.id == added
