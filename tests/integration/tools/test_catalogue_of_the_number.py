"""Pieces go as product messages only from a number whose WhatsApp account shows the catalogue."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dukani.agent.facts import Option
from dukani.core.database import Database
from dukani.core.store import conversations, meta_catalogues
from dukani.sandbox.accounts import PWANI
from dukani.sandbox.catalogue_book import spare_catalogue
from dukani.tools.meta_catalogue import syncing
from dukani.tools.meta_catalogue.desks import open_desk
from dukani.tools.product_messages import Shelf, shelf_for
from tests.factories import Variant, a_boutique, a_conversation, a_customer
from tests.integration.messaging.test_outside_world import World, the_world
from tests.integration.tools.test_meta_catalogue import (
    a_piece,
    change,
    connected,
    post,
    synced,
)
from tests.wiring import rows


@pytest.fixture
async def world(database: Database, tmp_path: Path) -> AsyncIterator[World]:
    async with the_world(database, tmp_path) as opened:
        await post(opened, "/faults", {"catalogue": {"batch_s": 0, "review_s": 0}})
        yield opened


async def shelf(world: World, boutique: str, piece: Variant) -> Shelf:
    """What may be shown of a piece in a chat that began at Meta."""
    database = world.services.database
    customer = await a_customer(database, boutique)
    chat = await a_conversation(database, boutique, customer, provider="meta")
    option = Option(number=1, product_id=piece.product_id, name="Amani", price_minor=450000)
    async with database.tenant_connection(boutique) as conn:
        conversation = await conversations.get(conn, conversation_id=chat)
        assert conversation is not None
        return await shelf_for(conn, conversation, [option])


async def by_the_platform(world: World, statement: str) -> None:
    async with world.services.database.system_connection() as conn:
        await conn.execute(statement.encode())


async def with_account(world: World, waba_id: str = PWANI.waba_id) -> str:
    """A boutique whose catalogue was connected when it sent from this WhatsApp account."""
    boutique = await connected(world)
    await change(world, boutique, "update meta_catalogues set waba_id = %s", waba_id)
    return boutique


async def test_another_account_that_shows_it_too_is_kept_and_shows_pieces(world: World) -> None:
    # given a boutique that sends from another number since
    boutique = await with_account(world, "777777")
    piece = await a_piece(world, boutique)
    assert (await shelf(world, boutique, piece)).why_not == "other_number"

    # when the clock finds that the new number shows the catalogue too
    await synced(world, boutique)

    [catalogue] = await rows(world.services, "meta_catalogues")
    assert catalogue["waba_id"] == PWANI.waba_id
    found = await shelf(world, boutique, piece)
    assert (found.why_not, found.items) == (None, ((piece.product_id, piece.id),))


@pytest.mark.parametrize(
    "statement",
    [
        "update provider_credentials set shared = true",  # its own number ended
        'update provider_credentials set hints = hints || \'{"waba_id": "777777"}\'',
    ],
)
async def test_from_another_number_nothing_is_shown_before_any_sync(
    world: World, statement: str
) -> None:
    # given a catalogue that pieces are shown of
    boutique = await with_account(world)
    piece = await a_piece(world, boutique)
    await synced(world, boutique)

    # when the boutique sends from another number
    await by_the_platform(world, f"{statement} where provider = 'meta'")

    # then the pieces go as pictures at once
    assert (await shelf(world, boutique, piece)).why_not == "other_number"


async def test_a_number_that_shows_another_catalogue_stops_the_sync(world: World) -> None:
    # given a boutique whose new number shows another catalogue
    boutique = await with_account(world, "777777")
    await a_piece(world, boutique)
    async with world.services.database.tenant_connection(boutique) as conn:
        _, desk = await open_desk(world.services, conn, boutique_id=boutique)
    await desk.show(spare_catalogue(PWANI))

    # when the clock works on the catalogue
    await syncing.sync_catalogue(world.services, boutique_id=boutique)

    # then the owner is told to connect it again
    [catalogue] = await rows(world.services, "meta_catalogues")
    assert (catalogue["state"], catalogue["problem_code"]) == ("refused", "not_shown")
    assert "connect this one again" in catalogue["problem"]


async def test_another_boutique_is_not_asked_about_this_ones_number(world: World) -> None:
    boutique = await connected(world)
    await by_the_platform(world, "update provider_credentials set shared = true")
    other = await a_boutique(world.services.database)

    async with world.services.database.tenant_connection(boutique) as conn:
        assert await meta_catalogues.is_shown_elsewhere(conn)
    async with world.services.database.tenant_connection(other) as conn:
        assert not await meta_catalogues.is_shown_elsewhere(conn)
