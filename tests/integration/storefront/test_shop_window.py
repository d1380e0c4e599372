"""The shop's window: what it shows, what it keeps of a visitor, and what it lets a stranger do."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from dukani.core.database import Database
from tests.factories import a_customer, a_product
from tests.integration.storefront.conftest import PERSON, Window, all_of
from tests.wiring import a_line, jobs, rows

PREVIEW = {"user-agent": "WhatsApp/2.24.1 A"}
YES = {"address": "Kilimani", "phone": "0722 000 111", "agreed_minor": "450000"}


async def test_it_shows_what_is_on_sale_without_a_script(
    window: Window, database: Database
) -> None:
    await a_product(database, window.boutique, name="Gone", stock={"red": {"M": 0}})
    await a_product(database, window.boutique, name="Archived", active=False)

    answer = await window.get()

    assert re.findall(r'class="name">([^<]+)<', answer.text)[-2:] == ["Amani &lt;Dress&gt;", "Gone"]
    assert "Archived" not in answer.text and "<script" not in answer.text
    assert answer.text.count("Sold out") == 1
    assert 'property="og:image" content="http' in answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("?kind=hat", ["Straw Hat"]),
        ("?q=straw", ["Straw Hat"]),
        ("?size=M&most=5000&kind=dress", ["Amani &lt;Dress&gt;"]),
        ("?most=100", []),
        ("?kind=%27%3B--&q=%00&page=-1&most=1e9", None),
    ],
)
async def test_it_can_be_searched(
    window: Window, database: Database, asked: str, found: list[str] | None
) -> None:
    await a_product(
        database, window.boutique, name="Straw Hat", category="hat", price_minor=150_000,
        stock={"beige": {"ONE": 2}},
    )  # fmt: skip
    answer = await window.get(f"/{asked}".replace("/?", "?"))

    assert answer.status_code in (200, 400)
    names = re.findall(r'<span class="name">([^<]+)<', answer.text)
    assert found is None or names == found


async def test_another_shops_pieces_are_not_in_it(window: Window, database: Database) -> None:
    other = await a_line(window.services, "twilio", "+254700000777", slug="pwani")
    (theirs,) = await a_product(database, other, sku="THEIRS", name="Pwani Kanga")

    assert "Pwani Kanga" not in (await window.get()).text
    assert (await window.get("/p/THEIRS")).status_code == 404
    await window.put_in(theirs)
    assert "Pwani Kanga" not in (await window.get("/cart")).text


@pytest.mark.parametrize("slug", ["nobody", "pay", "0123456789ab", "..%2f", "ZURI"])
async def test_no_shop_is_no_page(window: Window, slug: str) -> None:
    assert (await window.client.get(f"/s/{slug}", headers=PERSON)).status_code in (307, 404, 405)


async def test_a_closed_shop_has_no_window(window: Window) -> None:
    async with window.services.database.system_connection() as conn:
        await conn.execute("update boutiques set active = false")
    assert (await window.get()).status_code == 404


async def test_the_picture_beside_a_link_is_small_enough(window: Window) -> None:
    # given a piece with a photo full of noise, which compresses badly
    noise = Image.effect_noise((1600, 1600), 200).convert("RGB")
    written = io.BytesIO()
    noise.save(written, "JPEG", quality=95)
    path = f"{window.boutique}/products/noise.jpg"
    await window.services.media.put(path, written.getvalue(), "image/jpeg")
    async with window.services.database.tenant_connection(window.boutique) as conn:
        await conn.execute(
            "insert into product_images (boutique_id, product_id, path) values (%s, %s, %s)",
            (window.boutique, window.dress.product_id, path),
        )

    for path in ("/preview.jpg", "/p/DRESS/preview.jpg"):
        answer = await window.get(path)
        picture = Image.open(io.BytesIO(answer.content))
        assert (picture.format, picture.size) == ("JPEG", (1200, 630))
        assert len(answer.content) <= 200_000


async def test_a_visitor_is_a_number_that_only_her_browser_knows(window: Window) -> None:
    await window.get("/p/dress")
    await window.put_in()
    await window.get("/ask?sku=DRESS")

    events = await window.events()
    assert [one["kind"] for one in events] == ["view_product", "add_to_cart", "support_message"]
    assert len({one["anonymous_id"] for one in events}) == 1
    assert {one["customer_id"] for one in events} == {None}


async def test_the_page_that_says_it_is_in_the_cart_is_no_other_look(window: Window) -> None:
    await window.get("/p/dress")
    added = await window.put_in()
    await window.client.get(added.headers["location"], headers=PERSON)

    events = await window.events()
    assert [one["kind"] for one in events] == ["view_product", "add_to_cart"]


async def test_previews_bots_and_heads_are_no_visitors(window: Window) -> None:
    for agent in ("WhatsApp/2.24.1 A", "Googlebot/2.1", ""):
        answer = await window.get("/p/DRESS", **{"user-agent": agent})
        assert answer.status_code == 200 and "set-cookie" not in answer.headers
    await window.client.head("/s/zuri/p/DRESS", headers=PERSON)
    assert await window.events() == []


async def test_a_cart_has_todays_prices_whatever_the_browser_says(window: Window) -> None:
    await window.put_in()
    async with window.services.database.tenant_connection(window.boutique) as conn:
        await conn.execute("update products set price_minor = 500000")

    shown = await window.get("/cart")
    cheap = await window.post("/cart/order", **(YES | {"agreed_minor": "100"}))

    assert "KES 5,000" in shown.text
    assert cheap.status_code == 422 and "The total has changed" in cheap.text
    assert await rows(window.services, "orders") == []


async def test_what_is_sold_meanwhile_leaves_the_cart(window: Window) -> None:
    await window.put_in()
    async with window.services.database.tenant_connection(window.boutique) as conn:
        await conn.execute(
            """insert into stock_movements (boutique_id, variant_id, delta, reason)
               values (%s, %s, -3, 'adjustment')""",
            (window.boutique, window.dress.id),
        )
    shown = await window.get("/cart")
    assert "sold meanwhile" in shown.text and "Your cart is empty" in shown.text


async def test_a_stranger_pays_and_is_told_nothing_of_whose_number_it_is(window: Window) -> None:
    # given a customer of the shop with a name, an address and a cart in the chat
    database = window.services.database
    njeri = await a_customer(database, window.boutique, phone="+254722000111", name="Njeri Mwangi")
    async with database.tenant_connection(window.boutique) as conn:
        await conn.execute(
            "insert into carts (boutique_id, customer_id) values (%s, %s)",
            (window.boutique, njeri),
        )

    # when somebody orders in the window with her number
    await window.put_in()
    total = await window.post("/cart/total", address="Kilimani", phone="0722 000 111")
    ordered = await window.post("/cart/order", **YES)
    paying = await window.client.get(ordered.headers["location"], headers=PERSON)

    # then the prompt is out, and no page has her name or anything else of hers
    assert ordered.headers["location"].startswith("/s/pay/")
    assert len(await jobs(window.services, "push_payment")) == 1
    for page in (total, paying):
        assert "Njeri" not in page.text and "Mwangi" not in page.text
    assert "Njeri" not in paying.text and "722 000" not in paying.text
    carts = await rows(window.services, "carts")
    assert sorted(one["status"] for one in carts) == ["active", "checkout"]
    # and the cart in the browser is empty
    assert "Your cart is empty" in (await window.get("/cart")).text


async def test_twenty_tries_to_one_phone_make_one_prompt(window: Window) -> None:
    answers = []
    for _ in range(20):
        await window.put_in()
        answers.append(await window.post("/cart/order", **YES))

    assert len(await jobs(window.services, "push_payment")) == 1
    assert [one.status_code for one in answers] == [303] + [422] * 19
    assert "was asked a moment ago" in answers[-1].text
    assert len(await rows(window.services, "orders")) == 1


async def test_one_address_asks_a_few_phones_an_hour(window: Window, database: Database) -> None:
    await a_product(database, window.boutique, sku="MANY", stock={"red": {"M": 90}})
    sent = 0
    for n in range(12):
        await window.put_in()
        answer = await window.post("/cart/order", **(YES | {"phone": f"07220001{n:02d}"}))
        sent += answer.status_code == 303

    assert sent <= 6
    assert len(await jobs(window.services, "push_payment")) == sent


@pytest.mark.parametrize(
    "fields", [{"address": ""}, {"phone": "12"}, {"phone": "+447700900123"}, {"agreed_minor": "0"}]
)
async def test_what_is_wrong_is_said_and_nothing_is_begun(
    window: Window, fields: dict[str, str]
) -> None:
    await window.put_in()
    answer = await window.post("/cart/order", **(YES | fields))

    assert answer.status_code in (200, 422)
    assert await rows(window.services, "orders") == []
    assert await jobs(window.services, "push_payment") == []


async def test_the_cart_goes_on_in_the_chat_by_a_code(window: Window) -> None:
    await window.put_in()
    plain = await window.post("/cart/chat")
    agreed = await window.post("/cart/chat", offers="yes")

    for answer in (plain, agreed):
        assert re.fullmatch(
            r"https://wa\.me/254700000901\?text=Cart%20[2-9A-HJ-NP-Z]{6}",
            answer.headers["location"],
        )
    first, second = sorted(
        await all_of(window, "cart_codes"), key=lambda row: row["offers_words"] or ""
    )
    assert first["offers_words"] is None  # the box was not ticked
    assert "offers on WhatsApp" in second["offers_words"]
    assert first["lines"] == [[window.dress.id, 1]]


@pytest.mark.parametrize(
    "cookie", ["x", "0" * 32 + "x1", "é", ".".join(["a" * 32 + "x9"] * 50), "'; drop table"]
)
async def test_a_cookie_of_nonsense_is_an_empty_cart(window: Window, cookie: str) -> None:
    answer = await window.client.get(
        "/s/zuri/cart",
        headers={**PERSON, "cookie": f"dukani_cart={cookie.encode('ascii', 'ignore').decode()}"},
    )
    assert answer.status_code == 200 and "Your cart is empty" in answer.text


async def test_it_speaks_the_visitors_language(window: Window) -> None:
    assert "Unatafuta nini?" in (await window.get(**{"accept-language": "sw"})).text
    assert "Unatafuta nini?" in (await window.get("?lang=sw")).text
    assert "Unatafuta nini?" in (await window.get()).text  # it is kept
