"""The platform's number has its own access key, which no boutique may manage catalogues with."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dukani.core.database import Database
from dukani.core.services import Services
from dukani.sandbox.accounts import PWANI
from dukani.sandbox.catalogue_book import main_catalogue, spare_catalogue
from dukani.tools.meta_catalogue import syncing
from tests.integration.api.conftest import Signed
from tests.integration.messaging.test_outside_world import World, the_world
from tests.integration.tools.test_meta_catalogue import a_piece, at_meta, calls, connected
from tests.wiring import rows


@pytest.fixture
async def world(database: Database, tmp_path: Path) -> AsyncIterator[World]:
    async with the_world(database, tmp_path) as opened:
        yield opened


@pytest.fixture
async def services(world: World) -> Services:
    return world.services


@pytest.fixture
async def boutique(world: World) -> str:
    return await world.open("pwani")


async def on_the_shared_number(world: World) -> None:
    async with world.services.database.system_connection() as conn:
        await conn.execute("update provider_credentials set shared = true where provider = 'meta'")


async def test_a_boutique_on_the_platforms_number_reaches_no_catalogue(
    world: World, owner: Signed
) -> None:
    await on_the_shared_number(world)

    choices = await owner.call("GET", "/catalogue/choices")
    mine = await owner.call("PUT", "/catalogue", json={"catalogue_id": spare_catalogue(PWANI)})

    for answer in (choices, mine):
        assert (answer.status_code, answer.json()["code"]) == (409, "not_on_meta")
        assert "number of its own" in answer.json()["detail"]
    assert await rows(world.services, "meta_catalogues") == []


async def test_one_whose_own_number_ended_sends_nothing_by_the_platforms_key(world: World) -> None:
    boutique = await connected(world)
    await a_piece(world, boutique)
    await on_the_shared_number(world)

    await syncing.sync_catalogue(world.services, boutique_id=boutique)

    [catalogue] = await rows(world.services, "meta_catalogues")
    assert (catalogue["state"], catalogue["catalogue_id"]) == ("refused", main_catalogue(PWANI))
    assert (await at_meta(world), await calls(world)) == ({}, 0)
