"""What is kept of a visitor's cart, so that a left one is seen, and that it names nobody."""

from __future__ import annotations

from typing import Any

from dukani.core.database import Database
from dukani.core.store import cart_codes, window_carts
from tests.factories import a_customer, a_product
from tests.integration.storefront.conftest import Window, all_of
from tests.integration.storefront.test_shop_window import YES
from tests.wiring import a_line


async def the_cart(window: Window) -> dict[str, Any]:
    (one,) = await all_of(window, "window_carts")
    return one


async def test_it_is_kept_with_each_change_and_has_no_price(
    window: Window, database: Database
) -> None:
    (hat,) = await a_product(database, window.boutique, sku="HAT", stock={"beige": {"ONE": 3}})

    await window.put_in()
    first = await the_cart(window)
    await window.put_in(hat)
    second = await the_cart(window)

    assert first["lines"] == [[window.dress.id, 1]] and first["version"] == 1
    assert second["lines"] == [[window.dress.id, 1], [hat.id, 1]] and second["version"] == 2
    assert second["changed_at"] > first["changed_at"]
    assert {str(one["anonymous_id"]) for one in await window.events()} == {
        str(second["anonymous_id"])
    }


async def test_one_that_is_emptied_or_ordered_has_ended(window: Window) -> None:
    await window.put_in()
    await window.post("/cart/remove", variant=window.dress.id)
    assert (await the_cart(window))["ended_at"] is not None

    await window.put_in()
    await window.post("/cart/order", **YES)

    ended = await all_of(window, "window_carts")
    assert len(ended) == 2 and all(one["ended_at"] is not None for one in ended)


async def test_an_order_that_is_refused_leaves_it_open(window: Window) -> None:
    await window.put_in()
    await window.post("/cart/order", **(YES | {"agreed_minor": "100"}))
    assert (await the_cart(window))["ended_at"] is None


async def test_what_cannot_be_bought_changes_nothing(window: Window) -> None:
    await window.put_in()
    before = await the_cart(window)
    await window.post("/cart/add", variant="11111111-1111-4111-8111-111111111111", sku="DRESS")
    assert await the_cart(window) == before


async def test_it_is_a_customers_once_she_said_who_she_is(
    window: Window, database: Database
) -> None:
    # given a visitor with a cart
    await window.put_in()
    visitor = str((await the_cart(window))["anonymous_id"])
    njeri = await a_customer(database, window.boutique)

    # when she turns out to be Njeri
    async with database.tenant_connection(window.boutique) as conn:
        nobodys = await window_carts.open_of(conn, anonymous_id=visitor)
        await cart_codes.join_visitor(conn, anonymous_id=visitor, customer_id=njeri)
        hers = await window_carts.open_of(conn, anonymous_id=visitor)
    await window.get("/p/DRESS")

    # then her cart, and what she does from now on, are Njeri's
    assert nobodys is not None and nobodys.customer_id is None
    assert hers is not None and (hers.customer_id, hers.lines) == (njeri, [(window.dress.id, 1)])
    assert [str(one["customer_id"]) for one in await window.events()] == ["None", njeri]


async def test_another_shop_sees_none_of_it(window: Window, database: Database) -> None:
    await window.put_in()
    kept = await the_cart(window)
    other = await a_line(window.services, "twilio", "+254700000777", slug="pwani")

    async with database.tenant_connection(other) as conn:
        await window_carts.end(conn, anonymous_id=str(kept["anonymous_id"]))
        assert await window_carts.get(conn, cart_id=str(kept["id"])) is None
        assert await window_carts.open_of(conn, anonymous_id=str(kept["anonymous_id"])) is None
    assert await the_cart(window) == kept
