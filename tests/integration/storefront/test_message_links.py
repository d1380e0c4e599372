"""Links of messages: who opened one, where it leads, and the order that came of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from dukani.core.database import Database
from tests.factories import a_customer, a_product
from tests.integration.storefront.a_send import RULE, a_send
from tests.integration.storefront.conftest import PERSON, Window, all_of
from tests.integration.storefront.test_shop_window import PREVIEW, YES
from tests.wiring import a_line

CODE = "Ab3dEf6hIj9k"


async def open_link(
    window: Window, code: str = CODE, method: str = "GET", **headers: str
) -> httpx.Response:
    return await window.client.request(method, f"/l/{code}", headers=PERSON | headers)


async def opened(window: Window) -> list[tuple[Any, ...]]:
    return [(one["opened_by"], one["method"]) for one in await all_of(window, "automation_clicks")]


async def clicked(window: Window) -> bool:
    (send,) = await all_of(window, "automation_sends")
    return send["clicked_at"] is not None


async def to_her(window: Window, database: Database, **values: Any) -> str:
    customer = await a_customer(database, window.boutique)
    return await a_send(database, window.boutique, customer, **values)


async def test_a_person_is_led_on_and_it_is_a_click_once(
    window: Window, database: Database
) -> None:
    await to_her(window, database, target="/s/zuri/p/DRESS?lang=sw")

    answer = await open_link(window)
    await open_link(window)

    there = urlsplit(answer.headers["location"])
    asked = parse_qs(there.query)
    assert answer.status_code == 303 and there.path == "/s/zuri/p/DRESS" and not there.netloc
    assert asked.pop("utm_message_id")[0].startswith(f"{CODE}.")
    assert asked == {
        "lang": ["sw"], "utm_source": ["whatsapp"], "utm_medium": ["automation"],
        "utm_campaign": [RULE],
    }  # fmt: skip
    assert await opened(window) == [("person", "GET")]
    assert await clicked(window)


@pytest.mark.parametrize(
    ("method", "headers", "sent_s_ago", "noted"),
    [
        ("HEAD", {}, 60, "preview"),
        ("GET", PREVIEW, 60, "preview"),
        ("GET", {"user-agent": "Googlebot/2.1"}, 60, "bot"),
        ("GET", {"sec-purpose": "prefetch"}, 60, "preview"),
        ("GET", {}, None, "preview"),  # it has not left: WhatsApp fetches under a browser's name
        ("GET", {}, 0, "preview"),  # as it leaves
    ],
)
async def test_a_machine_is_no_click(
    window: Window,
    database: Database,
    method: str,
    headers: dict[str, str],
    sent_s_ago: int | None,
    noted: str,
) -> None:
    await to_her(window, database, sent_s_ago=sent_s_ago)

    answer = await open_link(window, method=method, **headers)

    assert answer.status_code == 303
    assert await opened(window) == [(noted, method)]
    assert not await clicked(window)


@pytest.mark.parametrize(
    "target", ["", "https://evil.example/s/x", "//evil.example", "/api/x", "/s/\\evil.example"]
)
async def test_it_leads_to_our_own_pages_alone(
    window: Window, database: Database, target: str
) -> None:
    await to_her(window, database, target=target)
    assert (await open_link(window)).headers["location"].startswith("/s/zuri?")


@pytest.mark.parametrize("code", ["nothing", "0" * 12, "é", "%00", "x" * 300])
async def test_an_unknown_code_is_a_friendly_page(window: Window, code: str) -> None:
    answer = await open_link(window, code)
    assert answer.status_code == 404 and "This page is not here" in answer.text


async def test_a_closed_shops_links_lead_nowhere(window: Window, database: Database) -> None:
    await to_her(window, database)
    async with database.system_connection() as conn:
        await conn.execute("update boutiques set active = false")
    assert (await open_link(window)).status_code == 404


async def test_the_order_that_follows_says_what_it_came_of(
    window: Window, database: Database
) -> None:
    await to_her(window, database, target="/s/zuri/p/DRESS")

    led = await open_link(window)
    await window.client.get(led.headers["location"], headers=PERSON)
    await window.put_in()
    await window.post("/cart/order", **YES)

    (cart,), (order,) = await all_of(window, "window_carts"), await all_of(window, "orders")
    assert cart["utm_message_id"] == order["utm_message_id"] == CODE


@pytest.mark.parametrize("said", [CODE, f"{CODE}.", f"{CODE}.{'0' * 32}", "é.é", "." * 40])
async def test_a_forged_code_counts_for_nothing(window: Window, said: str) -> None:
    answer = await window.client.get("/s/zuri", params={"utm_message_id": said}, headers=PERSON)
    await window.put_in()
    await window.post("/cart/order", **YES)

    assert "dukani_message" not in answer.headers["set-cookie"]
    (order,) = await all_of(window, "orders")
    assert order["utm_message_id"] is None


async def test_another_shops_message_counts_for_nothing_here(
    window: Window, database: Database
) -> None:
    other = await a_line(window.services, "twilio", "+254700000777", slug="pwani")
    await a_send(database, other, await a_customer(database, other))

    led = await open_link(window)
    asked = urlsplit(led.headers["location"]).query
    answer = await window.client.get(f"/s/zuri?{asked}", headers=PERSON)

    assert led.headers["location"].startswith("/s/pwani?")
    assert "dukani_message" not in answer.headers["set-cookie"]


async def test_a_left_cart_is_there_in_whichever_browser_the_link_opens(
    window: Window, database: Database
) -> None:
    # given a cart that was left in one browser, and a message about it
    await window.put_in()
    (cart,) = await all_of(window, "window_carts")
    await to_her(window, database, target="/s/zuri/cart", subject=("window_cart", str(cart["id"])))

    # when its link is opened in another, and the piece is taken out there
    window.client.cookies.clear()
    led = await open_link(window)
    shown = await window.client.get(led.headers["location"], headers=PERSON)
    await window.post("/cart/remove", variant=window.dress.id)
    later = await window.get("/cart")

    # then it was there, and stays out
    assert "Amani &lt;Dress&gt;" in shown.text
    assert "Your cart is empty" in later.text


async def test_a_preview_of_a_left_carts_link_takes_nothing_along(
    window: Window, database: Database
) -> None:
    await window.put_in()
    (cart,) = await all_of(window, "window_carts")
    await to_her(window, database, target="/s/zuri/cart", subject=("window_cart", str(cart["id"])))
    window.client.cookies.clear()

    led = await open_link(window, **PREVIEW)
    shown = await window.client.get(led.headers["location"], headers=PREVIEW)

    assert "Your cart is empty" in shown.text and "dukani_cart" not in str(shown.headers)


async def test_what_is_in_the_browsers_cart_is_not_replaced(
    window: Window, database: Database
) -> None:
    (hat,) = await a_product(database, window.boutique, sku="HAT", name="Straw Hat")
    await window.put_in()
    (cart,) = await all_of(window, "window_carts")
    await to_her(window, database, target="/s/zuri/cart", subject=("window_cart", str(cart["id"])))
    window.client.cookies.clear()
    await window.put_in(hat)

    led = await open_link(window)
    shown = await window.client.get(led.headers["location"], headers=PERSON)

    assert "Straw Hat" in shown.text and "Amani" not in shown.text
