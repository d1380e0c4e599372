"""An owner connects a catalogue at the sandbox's Meta, looks at it, and decides on differences."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from dukani.core.database import Database
from dukani.core.services import Services
from dukani.sandbox.accounts import PWANI
from dukani.sandbox.catalogue_book import main_catalogue, spare_catalogue
from tests.factories import Variant
from tests.integration.api.conftest import Signed
from tests.integration.messaging.test_outside_world import World, the_world
from tests.integration.tools.test_meta_catalogue import a_piece, at_meta, post, synced
from tests.wiring import rows

MAIN = main_catalogue(PWANI)


@pytest.fixture
async def world(database: Database, tmp_path: Path) -> AsyncIterator[World]:
    async with the_world(database, tmp_path) as opened:
        await post(opened, "/faults", {"catalogue": {"batch_s": 0, "review_s": 0}})
        yield opened


@pytest.fixture
async def services(world: World) -> Services:
    return world.services


@pytest.fixture
async def boutique(world: World) -> str:
    return await world.open("pwani")


async def connect(owner: Signed, catalogue_id: str = MAIN) -> Any:
    return owner.of(await owner.call("PUT", "/catalogue", json={"catalogue_id": catalogue_id}))


async def drifted(world: World, owner: Signed, **changed: str) -> Variant:
    """A piece that somebody has changed at Meta."""
    await connect(owner)
    piece = await a_piece(world, owner.boutique)
    await synced(world, owner.boutique)
    await post(world, f"/catalogues/pwani/items/{piece.id}", changed)
    await synced(world, owner.boutique)
    return piece


async def test_an_owner_chooses_a_catalogue_which_is_tried_and_filled(
    world: World, owner: Signed, staff: Signed
) -> None:
    await a_piece(world, owner.boutique)
    before = await owner.get("/catalogue")
    choices = await owner.get("/catalogue/choices")

    connected = await connect(owner, choices["items"][0]["id"])
    await synced(world, owner.boutique)

    assert (before["provider"], before["catalogue"]) == ("meta", None)
    assert choices["items"][0]["name"] == "Pwani Styles catalogue"
    assert connected["catalogue"]["counts"]["waiting"] == 1
    told = (await staff.get("/catalogue"))["catalogue"]
    assert (told["counts"]["approved"], told["problem"]) == (1, None)


async def test_another_catalogue_begins_with_nothing(world: World, owner: Signed) -> None:
    await connect(owner)
    piece = await a_piece(world, owner.boutique)
    await synced(world, owner.boutique)

    await connect(owner, spare_catalogue(PWANI))
    await synced(world, owner.boutique)

    # WhatsApp shows the other one now, and all pieces are in it
    assert list(await at_meta(world)) == [piece.id]
    assert len(await rows(world.services, "catalogue_pushes")) == 1


async def test_a_catalogue_that_meta_refuses_is_not_connected(owner: Signed) -> None:
    answer = await owner.call("PUT", "/catalogue", json={"catalogue_id": "99999999"})

    assert (answer.status_code, answer.json()["code"]) == (409, "catalogue_refused")
    assert "catalog_management" in answer.json()["detail"]
    assert (await owner.get("/catalogue"))["catalogue"] is None


async def test_a_shop_at_twilio_has_none(world: World, stranger: Signed) -> None:
    answer = await stranger.call("GET", "/catalogue/choices")

    assert (answer.status_code, answer.json()["code"]) == (409, "not_on_meta")


async def test_pieces_are_found_by_what_meta_makes_of_them(world: World, owner: Signed) -> None:
    await connect(owner)
    good = await a_piece(world, owner.boutique)
    bad = await a_piece(world, owner.boutique, picture=False, name="Bila picha")
    await synced(world, owner.boutique)

    rejected = await owner.get("/catalogue/pieces?filter=rejected")
    first = await owner.get("/catalogue/pieces?limit=1")
    second = await owner.get(f"/catalogue/pieces?limit=1&cursor={first['next_cursor']}")

    assert [one["product_id"] for one in rejected["items"]] == [bad.product_id]
    assert "IMAGE_MISSING" in rejected["items"][0]["items"][0]["errors"][0]
    found = [one["product_id"] for one in first["items"] + second["items"]]
    assert (found, second["next_cursor"]) == ([good.product_id, bad.product_id], None)


async def test_theirs_is_taken_by_the_editing_tools_and_told_in_the_log(
    world: World, owner: Signed
) -> None:
    piece = await drifted(world, owner, title="Amani Gown", price="4900.00 KES")

    [told] = (await owner.get("/catalogue/pieces?filter=drifted"))["items"]
    taken = await owner.post(f"/catalogue/pieces/{piece.product_id}/taken-over")
    await synced(world, owner.boutique)

    assert (told["items"][0]["price_minor"], told["items"][0]["theirs"]["price_minor"]) == (
        450000, 490000,
    )  # fmt: skip
    assert (taken["name"], taken["price_minor"]) == ("Amani Gown", 490000)
    ours = await owner.get(f"/products/{piece.product_id}")
    assert (ours["name"], ours["price_minor"]) == ("Amani Gown", 490000)
    assert (await owner.get("/catalogue/pieces?filter=drifted"))["items"] == []
    log = await rows(world.services, "audit_log")
    [line] = [r for r in log if r["action"] == "products_update" and r["now"]]
    assert (line["was"]["price_minor"], line["now"]["price_minor"]) == (450000, 490000)
    assert line["actor"] == f"owner:{owner.user_id}"


async def test_what_meta_has_by_now_is_not_taken_for_what_was_shown(
    world: World, owner: Signed
) -> None:
    # given an owner who looks at one price, and another that somebody writes there meanwhile
    piece = await drifted(world, owner, price="4900.00 KES")
    [shown] = (await owner.get("/catalogue/pieces?filter=drifted"))["items"]
    await post(world, f"/catalogues/pwani/items/{piece.id}", {"price": "49.00 KES"})
    await synced(world, owner.boutique)
    take = f"/catalogue/pieces/{piece.product_id}/taken-over"

    refused = await owner.call("POST", take, json={"theirs_digest": shown["theirs_digest"]})
    before = await owner.get(f"/products/{piece.product_id}")
    [now] = (await owner.get("/catalogue/pieces?filter=drifted"))["items"]
    taken = await owner.post(take, {"theirs_digest": now["theirs_digest"]})

    assert (refused.status_code, refused.json()["code"]) == (409, "theirs_changed")
    assert before["price_minor"] == 450000
    assert taken["price_minor"] == 4900


async def test_ours_is_sent_again(world: World, owner: Signed) -> None:
    piece = await drifted(world, owner, title="Amani Gown", price="4900.00 KES")

    sent = await owner.post(f"/catalogue/pieces/{piece.product_id}/sent-again")
    await synced(world, owner.boutique)

    assert sent == {"items": 1}
    assert (await at_meta(world))[piece.id]["data"]["title"] == "Amani"
    assert (await at_meta(world))[piece.id]["data"]["price"] == "4500.00 KES"


async def test_stock_is_never_taken_from_there(world: World, owner: Signed) -> None:
    piece = await drifted(world, owner, availability="out of stock")

    answer = await owner.call("POST", f"/catalogue/pieces/{piece.product_id}/taken-over")

    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_take")
    ours = await owner.get(f"/products/{piece.product_id}")
    assert ours["variants"][0]["available"] == 5


@pytest.mark.parametrize("price", ["0.00 KES", "10000000000.01 KES", "99999999999999999.00 KES"])
async def test_a_price_that_no_piece_may_have_is_not_taken(
    world: World, owner: Signed, price: str
) -> None:
    piece = await drifted(world, owner, price=price)

    answer = await owner.call("POST", f"/catalogue/pieces/{piece.product_id}/taken-over")

    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_take")
    assert (await owner.get(f"/products/{piece.product_id}"))["price_minor"] == 450000


async def test_what_does_not_differ_is_not_there_to_decide(world: World, owner: Signed) -> None:
    await connect(owner)
    piece = await a_piece(world, owner.boutique)
    await synced(world, owner.boutique)

    for what in ("taken-over", "sent-again"):
        answer = await owner.call("POST", f"/catalogue/pieces/{piece.product_id}/{what}")
        assert answer.status_code == 404


async def test_pushes_and_readings_are_asked_for_after_a_refusal_too(
    world: World, owner: Signed
) -> None:
    await connect(owner)
    async with world.services.database.tenant_connection(owner.boutique) as conn:
        await conn.execute(
            "update meta_catalogues set state = 'refused', next_read_at = now() + '1 day'::interval"
        )

    await owner.post("/catalogue/pushes", {"everything": True})
    told = await owner.post("/catalogue/readings")

    assert (told["catalogue"]["state"], told["catalogue"]["comparing"]) == ("connected", True)
    [row] = await rows(world.services, "meta_catalogues")
    assert row["next_read_at"] <= row["updated_at"]


async def test_a_parted_catalogue_gets_nothing_more(world: World, owner: Signed) -> None:
    await connect(owner)
    piece = await a_piece(world, owner.boutique)
    await synced(world, owner.boutique)

    gone = await owner.call("DELETE", "/catalogue")
    again = await owner.call("DELETE", "/catalogue")

    assert (gone.status_code, again.status_code) == (204, 404)
    assert await rows(world.services, "meta_catalogues") == []
    assert piece.id in await at_meta(world)  # what customers see is not taken from them
