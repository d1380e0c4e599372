"""Who has but a browser changes prices, numbers, shops, hosts and cookies, and gains nothing."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from dukani.core.database import Database
from tests.factories import a_boutique, a_product
from tests.integration.storefront.conftest import PERSON, Window, window  # noqa: F401 - a fixture
from tests.wiring import jobs, rows

HERS = {"address": "Kilimani, Argwings Kodhek Rd", "phone": "0722 000 111"}
EVIL = "evil.example"


async def of_another_shop(database: Database) -> str:
    (theirs,) = await a_product(
        database,
        await a_boutique(database),
        name="Theirs",
        price_minor=100,
        stock={"red": {"M": 9}},
    )
    return theirs.id


@pytest.mark.parametrize("quantity", ["-1", "0", "21", "1.5", "1e9", "9" * 400, "٣x", " "])
async def test_no_number_of_pieces_but_a_few(window: Window, quantity: str) -> None:  # noqa: F811
    answer = await window.post("/cart/add", variant=window.dress.id, sku="DRESS", quantity=quantity)

    assert answer.status_code == 422
    assert "dukani_cart" not in answer.headers.get("set-cookie", "")


@pytest.mark.parametrize("line", ["x99", "x00", "x-1", "x1" + "0" * 30, "X1"])
async def test_a_cookie_orders_no_more_than_there_is(window: Window, line: str) -> None:  # noqa: F811
    # given three dresses, and a cookie that somebody wrote
    window.client.cookies.set("dukani_cart", UUID(window.dress.id).hex + line, path="/s/zuri")

    # when she orders at the price of one
    answer = await window.post("/cart/order", agreed_minor="450000", **HERS)

    # then the total is what the pieces cost, or the cart is empty
    assert answer.status_code in (200, 422)
    assert await rows(window.services, "orders") == []


@pytest.mark.parametrize("agreed", ["1", "449999", "450001", str(2**63), "9" * 400, "-450000", "0"])
async def test_no_price_is_the_visitors(window: Window, agreed: str) -> None:  # noqa: F811
    await window.put_in()

    answer = await window.post("/cart/order", agreed_minor=agreed, **HERS)

    assert answer.status_code in (200, 422)
    assert await rows(window.services, "orders") == []
    assert await jobs(window.services, "push_payment") == []


async def test_a_piece_of_another_shop_is_none_here(
    window: Window,  # noqa: F811
    database: Database,
) -> None:
    theirs = await of_another_shop(database)

    # when it is added, waited for, and written into the cookie
    await window.post("/cart/add", variant=theirs, sku="DRESS")
    await window.post("/p/DRESS/wait", variant=theirs)
    window.client.cookies.set("dukani_cart", f"{UUID(theirs).hex}x1", path="/s/zuri")
    page = await window.get("/cart")
    ordered = await window.post("/cart/order", agreed_minor="100", **HERS)

    # then it is nowhere
    assert "Theirs" not in page.text
    assert ordered.status_code in (200, 422)
    for table in ("orders", "domain_events", "stock_waits"):
        assert [one for one in await rows(window.services, table) if theirs in str(one)] == []


@pytest.mark.parametrize(
    "said",
    [{"host": EVIL}, {"x-forwarded-host": EVIL}, {"forwarded": f"host={EVIL}"},
     {"x-forwarded-proto": "javascript"}, {"x-original-url": f"//{EVIL}"}],
    ids=str,
)  # fmt: skip
async def test_no_link_of_ours_leads_where_the_caller_says(
    window: Window,  # noqa: F811
    said: dict[str, str],
) -> None:
    for path in ("", "/", "/p/DRESS", "/p/DRESS/", "/cart", "/cart/", "/offers/", "/privacy/"):
        answer = await window.get(path, **said)

        assert EVIL not in answer.text + str(answer.headers), path
        assert not answer.headers.get("location", "/").startswith(("http", "//")), path


async def test_every_cookie_is_for_our_pages_alone(window: Window) -> None:  # noqa: F811
    """No script reads one, and no other site's form sends one along (CSRF)."""
    answers = [await window.put_in(), await window.get("?lang=sw"), await window.get("/cart")]

    cookies = [one for answer in answers for one in answer.headers.get_list("set-cookie")]
    assert {one.partition("=")[0] for one in cookies} >= {
        "dukani_visitor", "dukani_cart", "dukani_language"
    }  # fmt: skip
    for one in cookies:
        if "Max-Age=0" in one:
            continue
        assert {"httponly", "secure", "samesite=lax"} <= set(one.lower().split("; ")), one


async def test_a_form_of_another_site_orders_nothing(window: Window) -> None:  # noqa: F811
    """Its cookies stay behind, so the cart is empty."""
    await window.put_in()
    cart = window.client.cookies.get("dukani_cart")
    window.client.cookies.clear()

    await window.post("/cart/order", agreed_minor="450000", **HERS)

    assert cart and await rows(window.services, "orders") == []


@pytest.mark.parametrize(
    "name",
    [
        "\u202eDress\u202c",
        "\u200b\u200b",
        "مرحبا",
        "👩‍👩‍👧",
        "Z" + "\u0301" * 60,
        "a\r\nSet-Cookie: b=c",
    ],
)
async def test_a_name_of_any_letters_is_shown_and_stays_out_of_headers(
    window: Window,  # noqa: F811
    name: str,
) -> None:
    async with window.services.database.system_connection() as conn:
        await conn.execute("update products set name = %s", (name,))
        await conn.execute("update boutiques set name = %s", (name[:80],))

    for path in ("", "/p/DRESS", "/ask?sku=DRESS", "/cart", "/p/DRESS/preview.jpg"):
        answer = await window.client.get(f"/s/zuri{path}", headers=PERSON)

        assert answer.status_code in (200, 303), path
        assert not any(re.search(r"[\r\n]", value) for value in answer.headers.values())
        assert "b=c" not in answer.headers.get("set-cookie", "")
