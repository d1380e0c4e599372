"""The page of a payment link: whose cart it is, it tells nobody; it is paid once."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from dukani.app import create_app
from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import orders, payments, platform_pauses
from dukani.storefront.message_codes import signed_code
from dukani.tools.cart_links import payment_link
from tests.factories import Variant, a_boutique, a_customer, a_product, put_in_cart
from tests.wiring import a_line, jobs, rows, some_services

HERS = "+254722000111"
YES = {"address": "Kilimani, Argwings Kodhek Rd", "phone": "0722 000 111"}


@dataclass
class Page:
    """A link to a cart of one blue dress in size M, at KES 4,500, and whoever opened it."""

    services: Services
    client: httpx.AsyncClient
    boutique: str
    customer: str
    piece: Variant
    path: str

    async def see(self) -> str:
        return (await self.client.get(self.path)).text

    async def post(self, what: str, **fields: object) -> httpx.Response:
        return await self.client.post(f"{self.path}/{what}", data=YES | fields)

    async def order(self, **fields: object) -> httpx.Response:
        return await self.post("order", **({"agreed_minor": 450_000} | fields))

    async def prompts(self) -> int:
        return len(await jobs(self.services, "push_payment"))


@pytest.fixture
async def page(database: Database, tmp_path: Path) -> AsyncIterator[Page]:
    async with some_services(database, tmp_path) as services:
        boutique = await a_line(
            services, "daraja", "600101", name="Zuri <b>", payment_provider="daraja"
        )
        customer = await a_customer(database, boutique, phone=HERS, name="Njeri Mwangi")
        (piece,) = await a_product(
            database, boutique, name="Amani <Dress>", stock={"blue": {"M": 2}}
        )
        await put_in_cart(database, boutique, customer, piece)
        async with database.tenant_connection(boutique) as conn:
            link = await payment_link(conn, services, customer_id=customer)
        path = "/s/pay/" + link.url.rsplit("/", 1)[1]
        transport = httpx.ASGITransport(app=create_app(services))
        async with httpx.AsyncClient(transport=transport, base_url="https://shop") as client:
            yield Page(services, client, boutique, customer, piece, path)


async def test_it_shows_the_cart_and_nobodys_name_or_number(page: Page) -> None:
    answer = await page.client.get(page.path)

    assert answer.status_code == 200
    assert "Amani &lt;Dress&gt;" in answer.text and "KES 4,500" in answer.text
    for secret in ("Njeri", "Mwangi", "722000111", "0722"):
        assert secret not in answer.text
    assert "form-action 'self'" in answer.headers["content-security-policy"]
    assert "noindex" in answer.headers["x-robots-tag"]


@pytest.mark.parametrize("token", ["x" * 22, "short", "..%2f..%2fetc", "a" * 65])
async def test_a_link_that_is_none_leads_nowhere(page: Page, token: str) -> None:
    for what in ("", "/total", "/again"):
        method = "POST" if what else "GET"
        answer = await page.client.request(method, f"/s/pay/{token}{what}", data=YES)
        assert answer.status_code in (404, 422), what


async def test_the_total_is_shown_before_anything_is_asked(page: Page) -> None:
    answer = await page.post("total")

    assert "Pay KES 4,500 by M-Pesa" in answer.text
    assert await page.prompts() == 0
    assert await rows(page.services, "orders") == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"address": "  "}, "Write where it should be brought."),
        ({"phone": "12"}, "M-Pesa cannot ask this number."),
        ({"phone": "+447700900123"}, "M-Pesa cannot ask this number."),
    ],
)
async def test_what_is_missing_is_said_and_nothing_is_lost(
    page: Page, fields: dict[str, str], said: str
) -> None:
    answer = await page.order(**fields)

    assert answer.status_code == 422
    assert said in answer.text
    assert await rows(page.services, "orders") == []


async def test_a_yes_orders_and_prompts_once_however_often_it_is_tapped(page: Page) -> None:
    for _ in range(20):
        answer = await page.order()
        assert (answer.status_code, answer.headers["location"]) == (303, page.path)

    (order,) = await rows(page.services, "orders", "*")
    assert (order["total_minor"], order["address"]) == (450_000, YES["address"])
    assert await page.prompts() == 1
    seen = await page.see()
    assert "enter your M-Pesa PIN" in seen and 'http-equiv="refresh"' in seen
    assert "722 000 111" not in seen and "722000111" not in seen


async def test_a_total_that_was_not_shown_is_not_asked_for(page: Page) -> None:
    answer = await page.order(agreed_minor=100)

    assert answer.status_code == 422
    assert "The total has changed" in answer.text
    assert "Pay KES 4,500 by M-Pesa" in answer.text
    assert await page.prompts() == 0


async def test_a_piece_sold_meanwhile_is_said(page: Page) -> None:
    async with page.services.database.tenant_connection(page.boutique) as conn:
        await conn.execute(
            """insert into stock_movements (boutique_id, variant_id, delta, reason)
               values (%s, %s, -2, 'adjustment')""",
            (page.boutique, page.piece.id),
        )
    answer = await page.order()

    assert "A piece was sold meanwhile" in answer.text
    assert await page.prompts() == 0


async def test_after_a_failure_it_is_asked_again_within_the_limits(page: Page) -> None:
    # given a prompt that failed
    await page.order()
    assert (await end_prompt(page, "failed")) == 1
    assert "It was not paid" in await page.see()

    # when it is asked again until nothing more is sent
    for _ in range(6):
        await page.post("again")
        await end_prompt(page, "failed")

    # then there were three prompts, and no more
    assert len(await rows(page.services, "payments")) == 3


async def test_a_paid_order_is_thanked_for_and_never_asked_again(page: Page) -> None:
    await page.order()
    await end_prompt(page, "succeeded")

    seen = await page.see()
    await page.post("again")

    assert "Paid. Thank you!" in seen and 'http-equiv="refresh"' not in seen
    assert len(await rows(page.services, "payments")) == 1


async def test_a_link_is_over_after_a_day(page: Page) -> None:
    async with page.services.database.system_connection() as conn:
        await conn.execute("update cart_links set expires_at = now() - interval '1 second'")

    assert "not paid in time" in await page.see()
    assert (await page.order()).status_code == 422
    assert await rows(page.services, "orders") == []


async def test_a_link_of_another_boutique_is_no_way_into_this_one(
    page: Page, database: Database
) -> None:
    other = await a_line(page.services, "twilio", "+254700000777")
    async with database.tenant_connection(other) as conn:
        found = await conn.execute("select count(*) as n from cart_links")
        assert (await found.fetchone() or {})["n"] == 0


async def end_prompt(page: Page, status: str) -> int:
    """M-Pesa's answer to the prompt that is out, some minutes ago; how many were out."""
    async with page.services.database.tenant_connection(page.boutique) as conn:
        out = await conn.execute(
            """select id::text, order_id::text from payments
               where status in ('requested', 'sending', 'pending')"""
        )
        open_ones = await out.fetchall()
        for one in open_ones:
            code = "1032" if status == "failed" else "0"
            await payments.resolve(
                conn,
                payment_id=one["id"],
                status=status,  # type: ignore[arg-type]
                result_code="1037" if status == "failed" else code,
            )
            await orders.set_payment_status(
                conn,
                order_id=one["order_id"],
                payment_status="failed" if status == "failed" else "paid",
            )
            await conn.execute(
                "update payments set created_at = created_at - %s, sent_at = now() - %s",
                (timedelta(minutes=10), timedelta(minutes=10)),
            )
    return len(open_ones)


def test_no_word_of_the_page_is_left_in_english() -> None:
    from dukani.storefront.pay_words import PAY_WORDS

    english, swahili = PAY_WORDS["en"], PAY_WORDS["sw"]
    assert english.keys() == swahili.keys()
    for key, text in english.items():
        assert re.findall(r"{(\w+)}", text) == re.findall(r"{(\w+)}", swahili[key]), key


async def test_a_shop_that_the_platform_paused_takes_no_order_and_says_so(page: Page) -> None:
    async with page.services.database.operator_connection(page.boutique) as conn:
        await platform_pauses.begin(conn, provider=None, reason="Not paid")

    answer = await page.order()

    assert "takes no new orders" in answer.text
    assert await page.prompts() == 0


@pytest.mark.parametrize("of_another_shop", [False, True])
async def test_an_order_says_of_which_message_its_link_came(
    page: Page, database: Database, of_another_shop: bool
) -> None:
    # given the link of a message, whose code was signed for this shop or for another
    signed_for = await a_boutique(database) if of_another_shop else page.boutique
    code = signed_code(page.services, boutique_id=signed_for, code="Ab3dEf6hIj9k")

    # when it is opened, and the cart is ordered there
    await page.client.get(page.path, params={"utm_message_id": code})
    await page.order()

    # then the order has the code, if it is this shop's
    (order,) = await rows(page.services, "orders")
    assert order["utm_message_id"] == (None if of_another_shop else "Ab3dEf6hIj9k")
