"""What is kept of a visitor: told on a page, with a button to stop offers and one to forget."""

from __future__ import annotations

import psycopg

from dukani.core.database import Database
from dukani.core.store import cart_codes, consents
from tests.factories import a_customer
from tests.integration.api.test_customer_records import found_anywhere
from tests.integration.storefront.conftest import PERSON, Window, all_of
from tests.wiring import a_line


async def who_is_njeri(window: Window, database: Database) -> str:
    """The visitor has a cart, and is Njeri, who agreed to offers."""
    await window.put_in()
    (cart,) = await all_of(window, "window_carts")
    njeri = await a_customer(database, window.boutique, phone="+254722000721", name="Njeri")
    async with database.tenant_connection(window.boutique) as conn:
        await cart_codes.join_visitor(
            conn, anonymous_id=str(cart["anonymous_id"]), customer_id=njeri
        )
        await consents.record(
            conn, customer_id=njeri, purpose="marketing", granted=True, source="window"
        )
    return njeri


async def test_a_stranger_is_told_that_nobody_knows_her(window: Window) -> None:
    await window.put_in()
    shown = await window.get("/privacy")

    assert "We do not know who you are" in shown.text and "in your cart: 1" in shown.text
    assert "Stop the offers" not in shown.text and "Forget this browser" in shown.text
    assert 'href="/s/zuri/privacy"' in (await window.get()).text


async def test_a_customer_sees_her_number_in_part_and_no_name(
    window: Window, database: Database
) -> None:
    await who_is_njeri(window, database)
    shown = await window.get("/privacy")

    assert "+254 7•• ••• 721" in shown.text and "You get our offers" in shown.text
    assert "Njeri" not in shown.text and "722000721" not in shown.text


async def test_the_offers_stop_at_once(window: Window, database: Database) -> None:
    njeri = await who_is_njeri(window, database)

    stopped = await window.post("/privacy/stop")
    shown = await window.client.get(stopped.headers["location"], headers=PERSON)

    assert "You get no more offers" in shown.text and "You get no offers from us" in shown.text
    async with database.tenant_connection(window.boutique) as conn:
        assert not await consents.may_market(conn, customer_id=njeri)


async def test_a_strangers_stop_stops_nobody(window: Window, database: Database) -> None:
    njeri = await who_is_njeri(window, database)
    window.client.cookies.clear()

    await window.post("/privacy/stop")

    async with database.tenant_connection(window.boutique) as conn:
        assert await consents.may_market(conn, customer_id=njeri)


async def test_a_forgotten_browser_is_nowhere(
    window: Window, database: Database, superuser_url: str
) -> None:
    await who_is_njeri(window, database)
    await window.get("/p/DRESS")
    (cart,) = await all_of(window, "window_carts")
    visitor = str(cart["anonymous_id"])
    assert len(found_anywhere(superuser_url, visitor)) >= 3

    forgotten = await window.post("/privacy/forget")

    assert found_anywhere(superuser_url, visitor) == []
    assert "dukani_visitor" not in dict(window.client.cookies)
    shown = await window.client.get(forgotten.headers["location"], headers=PERSON)
    assert "do not know this browser any more" in shown.text
    assert "set-cookie" not in shown.headers
    # what happened stays, of nobody
    events = await all_of(window, "domain_events")
    assert [
        (one["kind"], one["customer_id"])
        for one in events
        if one["kind"] in ("add_to_cart", "view_product")
    ] == [("add_to_cart", None), ("view_product", None)]


async def test_one_shop_forgets_and_another_does_not(
    window: Window, database: Database, superuser_url: str
) -> None:
    await window.put_in()
    (cart,) = await all_of(window, "window_carts")
    other = await a_line(window.services, "twilio", "+254700000777", slug="pwani")
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "insert into window_carts (boutique_id, anonymous_id, lines) values (%s, %s, '[]')",
            (other, cart["anonymous_id"]),
        )

    await window.post("/privacy/forget")

    assert [str(one["boutique_id"]) for one in await all_of(window, "window_carts")] == [other]
