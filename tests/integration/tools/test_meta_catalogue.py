"""Pieces are kept in the catalogue at the sandbox's Meta, and its reviews are kept here."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from dukani.core.database import Database
from dukani.core.store import catalogue_items, meta_catalogues, products
from dukani.sandbox.accounts import PWANI
from dukani.sandbox.catalogue_book import main_catalogue
from dukani.tools.meta_catalogue import syncing
from tests.factories import Variant, a_boutique, a_product
from tests.integration.messaging.test_outside_world import SANDBOX, World, the_world
from tests.wiring import jobs, rows

PIECE: dict[str, Any] = {"name": "Amani", "description": "A cotton dress", "price_minor": 450000}


@pytest.fixture
async def world(database: Database, tmp_path: Path) -> AsyncIterator[World]:
    async with the_world(database, tmp_path) as opened:
        await post(opened, "/faults", {"catalogue": {"batch_s": 0, "review_s": 0}})
        yield opened


async def post(world: World, path: str, body: dict[str, Any]) -> Any:
    answer = await world.services.http.post(f"{SANDBOX}{path}", json=body)
    assert answer.is_success, answer.text
    return answer.json()


async def at_meta(world: World) -> dict[str, dict[str, Any]]:
    """What the catalogue there has, by our ids."""
    answer = await world.services.http.get(f"{SANDBOX}/catalogues/pwani")
    return {one["id"]: one for one in answer.json()["items"]}


async def calls(world: World) -> int:
    return int((await world.services.http.get(f"{SANDBOX}/catalogues/pwani")).json()["calls"])


async def connected(world: World) -> str:
    """A boutique at Meta whose pieces are to be in its catalogue."""
    boutique = await world.open("pwani")
    async with world.services.database.tenant_connection(boutique) as conn:
        await meta_catalogues.connect(conn, catalog_id=main_catalogue(PWANI), name="Pwani")
    return boutique


async def a_piece(world: World, boutique: str, *, picture: bool = True, **values: Any) -> Variant:
    [variant] = await a_product(world.services.database, boutique, **(PIECE | values))
    if picture:
        async with world.services.database.tenant_connection(boutique) as conn:
            await products.add_picture(
                conn, boutique_id=boutique, product_id=variant.product_id,
                path=f"{boutique}/{variant.product_id}.jpg", colour="blue",
            )  # fmt: skip
    return variant


async def change(world: World, boutique: str, statement: str, *values: Any) -> None:
    async with world.services.database.tenant_connection(boutique) as conn:
        await conn.execute(statement.encode(), values)


async def kept(world: World, boutique: str) -> dict[str, dict[str, Any]]:
    async with world.services.database.tenant_connection(boutique) as conn:
        cursor = await conn.execute("select * from catalogue_items")
        return {row["retailer_id"]: row for row in await cursor.fetchall()}


async def synced(world: World, boutique: str) -> dict[str, dict[str, Any]]:
    """Everything is sent, has ended, and was read back; the items then."""
    for _ in range(100):
        await hurry(world, boutique)
        await syncing.sync_catalogue(world.services, boutique_id=boutique)
        items = await kept(world, boutique)
        open_ones = [
            p for p in await rows(world.services, "catalogue_pushes") if p["state"] == "started"
        ]
        if not open_ones and not any(
            i["dirty"] or i["review"] == "pending" for i in items.values()
        ):
            await hurry(world, boutique)
            await syncing.sync_catalogue(world.services, boutique_id=boutique)
            return await kept(world, boutique)
        await asyncio.sleep(0.01)
    raise AssertionError("it is never over")


async def hurry(world: World, boutique: str) -> None:
    """Nothing waits for its hour."""
    await change(
        world,
        boutique,
        "update meta_catalogues set next_poll_at = now(), next_read_at = now(),"
        " next_push_at = null",
    )


async def test_a_piece_is_sent_reviewed_and_may_then_be_shown(world: World) -> None:
    boutique = await connected(world)
    piece = await a_piece(world, boutique)

    items = await synced(world, boutique)

    theirs = (await at_meta(world))[piece.id]
    assert theirs["data"]["price"] == "4500.00 KES"
    assert theirs["data"]["availability"] == "in stock"
    assert theirs["data"]["item_group_id"] == piece.product_id
    assert (items[piece.id]["review"], items[piece.id]["drift"]) == ("approved", [])
    async with world.services.database.tenant_connection(boutique) as conn:
        shown = await catalogue_items.approved(conn, [piece.product_id])
    assert shown == {piece.product_id: [piece.id]}


async def test_another_boutique_gets_nothing(world: World) -> None:
    boutique = await connected(world)
    piece = await a_piece(world, boutique)
    await synced(world, boutique)
    other = await a_boutique(world.services.database)

    async with world.services.database.tenant_connection(other) as conn:
        assert await catalogue_items.approved(conn, [piece.product_id]) == {}
        assert await meta_catalogues.of_boutique(conn) is None
        assert await catalogue_items.to_push(conn, limit=10) == []


@pytest.mark.parametrize(
    ("statement", "field", "becomes"),
    [
        ("update products set price_minor = 470000", "price", "4700.00 KES"),
        ("update product_variants set price_minor = 400050", "price", "4000.50 KES"),
        ("update products set name = 'Amani Maxi'", "title", "Amani Maxi"),
        ("update product_variants set colour = 'navy'", "color", "navy"),
        (
            "insert into stock_movements (boutique_id, variant_id, delta, reason)"
            " select boutique_id, id, -5, 'adjustment' from product_variants",
            "availability",
            "out of stock",
        ),
    ],
)
async def test_a_change_of_a_piece_reaches_meta(
    world: World, statement: str, field: str, becomes: str
) -> None:
    boutique = await connected(world)
    piece = await a_piece(world, boutique)
    await synced(world, boutique)

    await change(world, boutique, statement)
    assert (await kept(world, boutique))[piece.id]["dirty"]
    await synced(world, boutique)

    assert (await at_meta(world))[piece.id]["data"][field] == becomes


async def test_what_is_sold_while_some_are_left_is_not_sent(world: World) -> None:
    boutique = await connected(world)
    piece = await a_piece(world, boutique)
    await synced(world, boutique)
    before = await calls(world)

    await change(
        world, boutique,
        "insert into stock_movements (boutique_id, variant_id, delta, reason)"
        " values (%s, %s, -1, 'adjustment')", boutique, piece.id,
    )  # fmt: skip
    items = await synced(world, boutique)

    assert not items[piece.id]["dirty"]
    assert await calls(world) == before


async def test_what_is_as_it_was_sent_needs_no_call(world: World) -> None:
    boutique = await connected(world)
    piece = await a_piece(world, boutique)
    await synced(world, boutique)
    before = await calls(world)

    await change(world, boutique, "update products set name = 'Other'")
    await change(world, boutique, "update products set name = 'Amani'")
    items = await synced(world, boutique)

    assert not items[piece.id]["dirty"]
    assert await calls(world) == before


async def test_an_archived_piece_is_deleted_there(world: World) -> None:
    boutique = await connected(world)
    piece = await a_piece(world, boutique)
    await synced(world, boutique)

    await change(world, boutique, "update products set active = false")
    items = await synced(world, boutique)

    assert piece.id not in await at_meta(world)
    assert piece.id not in items


@pytest.mark.parametrize(
    ("values", "picture", "reason"),
    [
        ({}, False, "IMAGE_MISSING"),
        ({"description": "As warm as fur"}, True, "POLICY_VIOLATION"),
    ],
)
async def test_what_meta_rejects_is_kept_with_its_reason(
    world: World, values: dict[str, Any], picture: bool, reason: str
) -> None:
    boutique = await connected(world)
    piece = await a_piece(world, boutique, picture=picture, **values)

    item = (await synced(world, boutique))[piece.id]

    assert item["review"] == "rejected"
    assert any(reason in said for said in item["errors"])
    async with world.services.database.tenant_connection(boutique) as conn:
        assert await catalogue_items.approved(conn, [piece.product_id]) == {}


async def test_what_died_after_the_call_is_sent_again(world: World) -> None:
    boutique = await connected(world)
    piece = await a_piece(world, boutique)
    await post(world, "/faults", {"catalogue": {"break_next": 1}})

    await syncing.sync_catalogue(world.services, boutique_id=boutique)
    assert (await kept(world, boutique))[piece.id]["dirty"]
    items = await synced(world, boutique)

    assert items[piece.id]["review"] == "approved"
    assert list(await at_meta(world)) == [piece.id]


async def test_a_batch_that_fails_is_sent_again(world: World) -> None:
    boutique = await connected(world)
    piece = await a_piece(world, boutique)
    await post(world, "/faults", {"catalogue": {"batches_failing": 1}})

    items = await synced(world, boutique)

    assert items[piece.id]["review"] == "approved"
    states = sorted(row["state"] for row in await rows(world.services, "catalogue_pushes"))
    assert states == ["failed", "finished"]


async def test_a_busy_meta_is_asked_later_and_a_dead_token_not_by_the_clock(world: World) -> None:
    boutique = await connected(world)
    await a_piece(world, boutique)
    await post(world, "/faults", {"catalogue": {"busy_next": 1}})

    await syncing.sync_catalogue(world.services, boutique_id=boutique)
    [busy] = await rows(world.services, "meta_catalogues")
    await post(world, "/accounts/pwani/new-token", {})
    await syncing.sync_catalogue(world.services, boutique_id=boutique)
    [dead] = await rows(world.services, "meta_catalogues")
    await change(world, boutique, "update meta_catalogues set claimed_until = null")
    await syncing.look_after_catalogues(world.services)

    assert (busy["state"], busy["problem_code"]) == ("connected", "80014")
    assert (dead["state"], dead["problem_code"]) == ("refused", "190")
    assert await jobs(world.services, "sync_catalogue") == []


async def test_the_clock_finds_what_changed_once(world: World) -> None:
    boutique = await connected(world)
    await a_piece(world, boutique)

    await syncing.look_after_catalogues(world.services)
    await syncing.look_after_catalogues(world.services)

    found = await jobs(world.services, "sync_catalogue")
    assert [job["args"]["boutique_id"] for job in found] == [boutique]


async def test_what_others_change_there_is_told_with_both_values(world: World) -> None:
    boutique = await connected(world)
    piece = await a_piece(world, boutique)
    await synced(world, boutique)

    changed = {"title": "Amani Gown", "price": "4900.00 KES", "availability": "out of stock"}
    await post(world, f"/catalogues/pwani/items/{piece.id}", changed)
    await post(world, "/catalogues/pwani/items/old-1", {"title": "Old one", "price": "10.00 KES"})
    items = await synced(world, boutique)

    assert items[piece.id]["drift"] == ["price", "title", "availability"]
    assert items[piece.id]["theirs"]["price_minor"] == 490000
    assert items["old-1"]["variant_id"] is None
    assert items["old-1"]["theirs"]["name"] == "Old one"


async def test_what_somebody_deleted_there_is_told(world: World) -> None:
    boutique = await connected(world)
    piece = await a_piece(world, boutique)
    await synced(world, boutique)

    await world.services.http.delete(f"{SANDBOX}/catalogues/pwani/items/{piece.id}")
    items = await synced(world, boutique)

    assert items[piece.id]["drift"] == ["missing"]


@pytest.mark.usefixtures("nothing_prepared")
async def test_ten_thousand_items_are_sent_in_four_calls(world: World) -> None:
    boutique = await connected(world)
    await change(
        world, boutique,
        """with piece as (
             insert into products (boutique_id, sku, name, category, price_minor)
             select %s, 'P-' || n, 'Piece ' || n, 'dress', 100000 from generate_series(1, 1000) n
             returning boutique_id, id, sku)
           insert into product_variants (boutique_id, product_id, colour, size, sku)
           select boutique_id, id, 'blue', 'S' || s, sku || '/' || s
           from piece, generate_series(1, 10) s""", boutique,
    )  # fmt: skip

    await syncing.sync_catalogue(world.services, boutique_id=boutique)

    assert await calls(world) <= 4
    assert not any(item["dirty"] for item in (await kept(world, boutique)).values())
    pushed = await rows(world.services, "catalogue_pushes")
    assert sum(row["items"] for row in pushed) == 10_000
