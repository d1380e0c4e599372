"""Meta cannot do the batches it took, or forgets them: the wait grows, and the owner sees why."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dukani.core.database import Database
from dukani.core.store import catalogue_pushes, meta_catalogues
from dukani.core.store.catalogue_items import note_errors
from dukani.sandbox.catalogue_book import FAILED
from dukani.tools.meta_catalogue import syncing
from dukani.tools.meta_catalogue.polling import AFTER_FAILURES, LOST
from tests.factories import a_boutique
from tests.integration.messaging.test_outside_world import World, the_world
from tests.integration.tools.test_meta_catalogue import (
    a_piece,
    calls,
    change,
    connected,
    kept,
    post,
    synced,
)
from tests.wiring import jobs, rows


@pytest.fixture
async def world(database: Database, tmp_path: Path) -> AsyncIterator[World]:
    async with the_world(database, tmp_path) as opened:
        await post(opened, "/faults", {"catalogue": {"batch_s": 0, "review_s": 0}})
        yield opened


async def once(world: World, boutique: str, *, push: bool = False) -> dict[str, Any]:
    """One run in which Meta is asked, and sent to where `push` says that the hour has come."""
    await asyncio.sleep(0.05)  # the sandbox takes a batch in beside us
    moved = "next_poll_at = now()" + (", next_push_at = now()" if push else "")
    await change(world, boutique, f"update meta_catalogues set {moved}")
    await syncing.sync_catalogue(world.services, boutique_id=boutique)
    [catalogue] = await rows(world.services, "meta_catalogues")
    return catalogue


async def fail(world: World, boutique: str) -> dict[str, Any]:
    """A batch is sent, and fails."""
    await once(world, boutique, push=True)
    return await once(world, boutique)


def waits(catalogue: dict[str, Any]) -> timedelta:
    found: timedelta = catalogue["next_push_at"] - datetime.now(UTC)
    return found


async def test_what_fails_every_time_is_sent_ever_more_rarely(world: World) -> None:
    # given a Meta that takes every batch and does none
    boutique = await connected(world)
    await a_piece(world, boutique)
    await post(world, "/faults", {"catalogue": {"batches_failing": 1000}})

    # when it fails more often than there are waits
    seen = [waits(await fail(world, boutique)) for _ in range(len(AFTER_FAILURES) + 2)]

    # then each wait is longer, up to the longest, and in between nothing is sent
    longest = AFTER_FAILURES[-1]
    for wait, wanted in zip(seen, [*AFTER_FAILURES, longest, longest], strict=True):
        assert wanted - timedelta(seconds=20) < wait <= wanted
    before = await calls(world)
    await change(world, boutique, "update products set name = 'Other'")
    await once(world, boutique)
    assert await calls(world) == before


async def test_the_clock_leaves_what_failed_alone_until_its_hour(world: World) -> None:
    boutique = await connected(world)
    await a_piece(world, boutique)
    await post(world, "/faults", {"catalogue": {"batches_failing": 1000}})
    await fail(world, boutique)
    rest = "claimed_until = null, next_poll_at = null, next_read_at = now() + interval '1 day'"

    await change(world, boutique, f"update meta_catalogues set {rest}")
    await syncing.look_after_catalogues(world.services)
    early = await jobs(world.services, "sync_catalogue")
    await change(world, boutique, "update meta_catalogues set next_push_at = now()")
    await syncing.look_after_catalogues(world.services)

    assert early == []
    assert len(await jobs(world.services, "sync_catalogue")) == 1


async def test_the_owner_sees_what_meta_said_until_it_does_it(world: World) -> None:
    # given a batch that failed
    boutique = await connected(world)
    piece = await a_piece(world, boutique)
    await post(world, "/faults", {"catalogue": {"batches_failing": 1000}})
    failed = await fail(world, boutique)
    assert (failed["problem"], failed["problem_code"]) == (FAILED, "batch")
    assert failed["state"] == "connected"

    # and it stays said while nothing is sent
    assert (await once(world, boutique))["problem"] == FAILED

    # when Meta does what it is sent again
    await post(world, "/faults", {"catalogue": {"batches_failing": 0}})
    items = await synced(world, boutique)

    # then nothing is wrong any more, and the next failure waits as the first did
    [well] = await rows(world.services, "meta_catalogues")
    assert (well["problem"], well["problem_code"], well["failures"]) == (None, None, 0)
    assert items[piece.id]["review"] == "approved"


async def test_an_owner_who_asks_for_it_has_it_sent_at_once(world: World) -> None:
    boutique = await connected(world)
    await a_piece(world, boutique)
    await post(world, "/faults", {"catalogue": {"batches_failing": 1}})
    await fail(world, boutique)
    before = await calls(world)

    async with world.services.database.tenant_connection(boutique) as conn:
        await meta_catalogues.wake(conn)
    await syncing.sync_catalogue(world.services, boutique_id=boutique)

    assert await calls(world) == before + 1


async def test_another_boutiques_failures_are_its_own(world: World) -> None:
    boutique = await connected(world)
    other = await a_boutique(world.services.database)

    async with world.services.database.tenant_connection(other) as conn:
        await meta_catalogues.note_failure(conn, said=FAILED, waits=AFTER_FAILURES)
        await meta_catalogues.note_account(conn, waba_id="1")

    [catalogue] = await rows(world.services, "meta_catalogues")
    assert (str(catalogue["boutique_id"]), catalogue["failures"]) == (boutique, 0)
    assert catalogue["waba_id"] != "1"


async def test_a_batch_that_meta_forgot_ends_and_is_sent_again(world: World) -> None:
    boutique = await connected(world)
    piece = await a_piece(world, boutique)
    await syncing.sync_catalogue(world.services, boutique_id=boutique)
    await post(world, "/faults", {"catalogue": {"forget_batches": True}})

    forgotten = await once(world, boutique)

    [push] = await rows(world.services, "catalogue_pushes")
    assert (push["state"], forgotten["state"]) == ("failed", "connected")
    assert (forgotten["problem"], forgotten["problem_code"]) == (LOST, "batch")
    assert (await kept(world, boutique))[piece.id]["dirty"]
    await post(world, "/faults", {"catalogue": {"forget_batches": False}})
    assert (await synced(world, boutique))[piece.id]["review"] == "approved"


async def test_what_an_old_batch_could_not_do_is_not_said_of_a_newer_one(
    world: World,
) -> None:
    # given a piece that was sent twice
    boutique = await connected(world)
    piece = await a_piece(world, boutique)
    await once(world, boutique)
    await change(world, boutique, "update products set name = 'Amani Maxi'")
    await syncing.sync_catalogue(world.services, boutique_id=boutique)
    async with world.services.database.tenant_connection(boutique) as conn:
        newer, older = await catalogue_pushes.last(conn, limit=2)
        error = {piece.id: ["Invalid value"]}

        # when Meta tells of the older batch, then nothing is said of the piece
        await note_errors(conn, push_id=older.id, errors=error)
    assert (await kept(world, boutique))[piece.id]["review"] == "pending"

    # and when it tells of the newer one, then it is
    async with world.services.database.tenant_connection(boutique) as conn:
        await note_errors(conn, push_id=newer.id, errors=error)
    item = (await kept(world, boutique))[piece.id]
    assert (item["review"], item["errors"]) == ("rejected", ["Invalid value"])
