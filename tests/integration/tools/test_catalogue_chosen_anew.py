"""An owner connects another catalogue, or none, while a job works on the one before."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from dukani.core.clients.meta_catalogue import MetaCatalogue
from dukani.core.database import Database
from dukani.core.store import meta_catalogues
from dukani.sandbox.accounts import PWANI
from dukani.sandbox.catalogue_book import spare_catalogue
from dukani.tools.meta_catalogue import syncing
from tests.integration.messaging.test_outside_world import World, the_world
from tests.integration.tools.test_meta_catalogue import (
    a_piece,
    at_meta,
    change,
    connected,
    hurry,
    kept,
    post,
    synced,
)
from tests.wiring import rows

SPARE = spare_catalogue(PWANI)


@pytest.fixture
async def world(database: Database, tmp_path: Path) -> AsyncIterator[World]:
    async with the_world(database, tmp_path) as opened:
        await post(opened, "/faults", {"catalogue": {"batch_s": 0, "review_s": 0}})
        yield opened


def during(
    monkeypatch: pytest.MonkeyPatch, call: str, happens: Callable[[], Awaitable[object]]
) -> None:
    """Let something happen once while Meta answers a call."""
    real, left = getattr(MetaCatalogue, call), [happens]

    async def answers(desk: MetaCatalogue, *args: Any) -> object:
        said = await real(desk, *args)
        if left:
            await left.pop()()
        return said

    monkeypatch.setattr(MetaCatalogue, call, answers)


async def connect_spare(world: World, boutique: str) -> None:
    async with world.services.database.tenant_connection(boutique) as conn:
        await meta_catalogues.connect(conn, catalog_id=SPARE, name="Spare")


async def test_what_was_sent_to_the_catalogue_before_is_not_in_the_new_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    boutique = await connected(world)
    piece = await a_piece(world, boutique)
    during(monkeypatch, "push", lambda: connect_spare(world, boutique))

    await syncing.sync_catalogue(world.services, boutique_id=boutique)

    item = (await kept(world, boutique))[piece.id]
    assert (item["dirty"], item["pushed_hash"]) == (True, None)
    assert await rows(world.services, "catalogue_pushes") == []
    await synced(world, boutique)
    [batch] = await rows(world.services, "catalogue_pushes")
    assert batch["state"] == "finished"


async def test_what_the_catalogue_before_had_is_no_difference_in_the_new_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    boutique = await connected(world)
    piece = await a_piece(world, boutique)
    await synced(world, boutique)
    await post(world, f"/catalogues/pwani/items/{piece.id}", {"price": "10.00 KES"})
    await hurry(world, boutique)

    async def another() -> None:
        # as quick as can be: all is sent to the new one before the old one's list is here
        await connect_spare(world, boutique)
        await change(
            world, boutique,
            "update catalogue_items set dirty = false, pushed_hash = 'sent', version = %s",
            version,
        )  # fmt: skip

    version = (await kept(world, boutique))[piece.id]["version"]
    during(monkeypatch, "every", another)

    await syncing.sync_catalogue(world.services, boutique_id=boutique)

    item = (await kept(world, boutique))[piece.id]
    assert (item["drift"], item["theirs"]) == ([], None)


async def test_what_the_catalogue_before_refused_is_no_problem_of_the_new_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    boutique = await connected(world)
    await a_piece(world, boutique)

    real = MetaCatalogue.push

    async def refused(desk: MetaCatalogue, *args: Any) -> object:
        await connect_spare(world, boutique)
        await post(world, "/accounts/pwani/new-token", {})
        return await real(desk, *args)

    monkeypatch.setattr(MetaCatalogue, "push", refused)
    await syncing.sync_catalogue(world.services, boutique_id=boutique)

    [catalogue] = await rows(world.services, "meta_catalogues")
    assert (catalogue["catalogue_id"], catalogue["state"]) == (SPARE, "connected")


@pytest.mark.parametrize("call", ["push", "every"])
async def test_a_catalogue_parted_with_meanwhile_ends_the_work_quietly(
    world: World, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    boutique = await connected(world)
    piece = await a_piece(world, boutique)

    async def part() -> None:
        async with world.services.database.tenant_connection(boutique) as conn:
            await meta_catalogues.disconnect(conn)

    during(monkeypatch, call, part)
    await syncing.sync_catalogue(world.services, boutique_id=boutique)

    assert await kept(world, boutique) == {}
    assert await rows(world.services, "meta_catalogues") == []
    assert list(await at_meta(world)) == [piece.id]
